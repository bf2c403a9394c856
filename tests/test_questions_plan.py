"""The plan of an answer: its steps, and queries that give the rows of the answer from the store alone."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from questions_samples import CORPUS

from graph.build import document_quads
from questions import ask

STORE = ox.Store()
for _document in CORPUS.documents():
    STORE.extend(document_quads(_document))


def solutions(query: str) -> list[dict[str, str]]:
    found = STORE.query(query, use_default_graph_as_union=True)
    names = [variable.value for variable in found.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in found]


TASKS = [
    ("Phòng Văn hóa - Xã hội phường Hòa Mai được giao những nhiệm vụ nào?", "a list by unit, which needs no words"),
    ("Ai chủ trì thay máy tính cho bộ phận một cửa ở phường Hòa Mai?", "a fact of one task"),
    ("Thay máy tính cho một cửa phường HM khi nào xong?", "its deadline"),
    ("Những nhiệm vụ nào của phường Hòa Mai phải xong trong quý I/2026?", "a list by time"),
    ("Sở Y tế được phân bổ bao nhiêu tiền năm 2026 cho số hóa bệnh án?", "money"),
]


@pytest.mark.parametrize(("question", "reason"), TASKS, ids=[reason for _, reason in TASKS])
def test_the_query_gives_the_tasks_of_the_answer(question: str, reason: str) -> None:
    answer = ask(CORPUS, question, explain=True).to_json()
    wanted = {row["iri"] for row in answer["rows"] if "iri" in row}
    assert wanted, answer["answer"]
    given = {row["task"] for query in answer["plan"]["sparql"] for row in solutions(query) if "task" in row}
    assert given == wanted


def test_a_list_by_unit_is_asked_for_without_naming_its_tasks():
    answer = ask(CORPUS, "Phòng Văn hóa - Xã hội phường Hòa Mai được giao những nhiệm vụ nào?", explain=True)
    assert answer.plan is not None
    assert "VALUES ?task" not in answer.plan.sparql[0]


def test_a_count_and_a_sum_come_out_the_same():
    count = ask(CORPUS, "Phường Hòa Mai có bao nhiêu nhiệm vụ trong phụ lục?", explain=True).to_json()
    assert [row["count"] for query in count["plan"]["sparql"] for row in solutions(query)] == [str(len(count["rows"]))]
    total = ask(CORPUS, "Tổng kinh phí năm 2026 của Sở Y tế là bao nhiêu?", explain=True)
    assert total.plan is not None
    said = solutions(total.plan.sparql[0])[0]["total"]
    assert f"{int(said) // 1_000_000:,}".replace(",", ".") in total.answer


def test_the_path_of_a_trace_is_a_path_of_the_graph():
    answer = ask(CORPUS, "Kế hoạch của phường Hòa Mai truy ngược lên nghị quyết nào của Bộ Chính trị?", explain=True)
    assert len(answer.chain) > 1
    assert answer.plan is not None
    found = {(row["from"], row["to"]) for row in solutions(answer.plan.sparql[0])}
    assert found == set(zip(answer.chain, answer.chain[1:], strict=False))
    assert answer.plan.steps[-1].does == "path"


def test_the_steps_tell_what_was_narrowed_and_what_was_asked():
    answer = ask(CORPUS, "Ai chủ trì thay máy tính cho bộ phận một cửa ở phường Hòa Mai?", explain=True)
    assert answer.plan is not None
    assert [step.does for step in answer.plan.steps] == ["filter", "match", "follow"]
    assert answer.plan.steps[-1].values == ("Chủ trì",)


def test_words_of_documents_and_questions_are_literals_of_the_query():
    answer = ask(CORPUS, 'Ai ký kế hoạch của phường Hòa Mai" } DELETE { ?s ?p ?o } #?', explain=True)
    for query in answer.plan.sparql if answer.plan else ():
        solutions(query)


def test_an_answer_has_a_plan_only_where_it_is_asked_for():
    assert "plan" not in ask(CORPUS, "Ai ký Kế hoạch số 15/KH-UBND?").to_json()
