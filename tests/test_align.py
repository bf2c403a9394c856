"""Alignment: which tasks are one duty, symmetric and deterministic, explained; and how well it does on the annotated plans."""

from __future__ import annotations

import random

import numpy as np
import pytest
from trace_samples import SHARED, cite, gold_document, needs_shared, plan, task

from documents.identity import document_key
from documents.model import Section
from graph import alignment_weights as weights
from graph.align import Aligner, align, common_words, duplicates
from graph.alignment_model import Logistic, fit
from graph.article_alignment import ArticleAligner, align_articles
from graph.duty import articles_of
from graph.similarity import clauses_of, describe, likeness, share_of_best
from graph.subject_index import FEATURES
from graph.works import work_labels, works_in

WARD = "Ủy ban nhân dân phường Hòa Bình"
CITY = "Ủy ban nhân dân thành phố Cần Thơ"

WARD_TASKS = (
    "Lắp đặt camera giám sát tại các ngã tư đông người qua lại và kết nối về trung tâm điều hành",
    "Mở lớp hướng dẫn người cao tuổi dùng điện thoại thông minh để nộp hồ sơ trực tuyến",
    "Sao lưu dữ liệu hộ tịch hằng tuần ra thiết bị để riêng, không nối mạng",
    "Trồng thêm cây xanh dọc tuyến đường mới mở",
    "Số hóa sổ đăng ký kết hôn lưu tại kho của bộ phận một cửa",
)
CITY_TASKS = (
    "Sao lưu dữ liệu hộ tịch định kỳ hằng tuần ra thiết bị để riêng không nối mạng",
    "Đầu tư trạm bơm chống ngập khu vực trung tâm",
    "Tổ chức lớp hướng dẫn người cao tuổi dùng điện thoại thông minh nộp hồ sơ trực tuyến cho người dân các phường",
    "Nghiên cứu giá thuê nhà ở xã hội",
)


def make(source, issuer, texts, **more):
    tasks = tuple(task(f"T{n:03d}", text, n, topic=more.get("topic", "khac")) for n, text in enumerate(texts, 1))
    return plan(
        source, texts, type="Kế hoạch", number="7/KH-UBND", issuer=issuer, date="2026-01-05", title="Việc năm 2026", tasks=tasks
    )


@pytest.fixture
def documents():
    return [make("a.txt", WARD, WARD_TASKS), make("b.txt", CITY, CITY_TASKS)]


def ends(pairs):
    return {frozenset(((p.a.source, p.a.lines[0]), (p.b.source, p.b.lines[0]))) for p in pairs}


def test_the_same_duty_is_found_and_other_duties_are_not(documents):
    found = align(documents, at_least=0.5)
    assert ends(found) == {frozenset((("a.txt", 3), ("b.txt", 1))), frozenset((("a.txt", 2), ("b.txt", 3)))}
    assert all(pair.grade == 2 for pair in found)
    assert 0 <= min(pair.score for pair in align(documents)) <= max(pair.score for pair in align(documents)) <= 1


def test_the_order_of_documents_changes_nothing(documents):
    more = [*documents, make("c.txt", "Ủy ban nhân dân phường Sao Mai", WARD_TASKS[1:4])]
    first = [pair.record() for pair in align(more)]
    for seed in range(3):
        shuffled = more[:]
        random.Random(seed).shuffle(shuffled)
        assert [pair.record() for pair in align(shuffled)] == first


def test_only_pairs_about_one_document(documents):
    more = [*documents, make("c.txt", "Ủy ban nhân dân phường Sao Mai", WARD_TASKS[1:4])]
    about = align(more, about=more[2])
    assert about
    assert all("c.txt" in (pair.a.source, pair.b.source) for pair in about)
    assert [p.record() for p in about] == [p.record() for p in align(more) if "c.txt" in (p.a.source, p.b.source)]


def test_reasons_are_said():
    one = make("a.txt", WARD, (WARD_TASKS[2],), topic="an-toan")
    other = make("b.txt", CITY, (CITY_TASKS[0],), topic="an-toan")
    why = align([one, other], at_least=0.0)[0].why
    assert "hằng tuần ra thiết bị để riêng không nối mạng" in why
    assert "an toàn" in why


def test_repeats_inside_a_document(documents):
    doubled = make("a.txt", WARD, (*WARD_TASKS, WARD_TASKS[2] + " và ghi sổ"))
    found = duplicates([doubled, documents[1]])
    assert ends(found) == {frozenset((("a.txt", 3), ("a.txt", 6)))}
    assert duplicates([documents[0]]) == []


def test_nothing_to_align():
    assert align([]) == duplicates([]) == align_articles([]) == []
    assert align([make("a.txt", WARD, WARD_TASKS)]) == []


def test_a_document_kept_twice_is_not_its_own_neighbour(documents):
    again = make("z.txt", WARD, WARD_TASKS)
    assert document_key(again) == document_key(documents[0])
    assert align([documents[0], again]) == []


ARTICLES = (
    "Điều 1. Phạm vi điều chỉnh",
    "Quyết định này quy định việc lưu giữ dữ liệu của các cơ quan.",
    "Điều 2. Sao lưu dữ liệu",
    "1. Cơ quan sao lưu dữ liệu hằng tuần ra thiết bị để riêng, không nối mạng.",
    "2. Bản sao được giữ ít nhất một năm.",
    "Điều 3. Kinh phí",
    "Kinh phí lấy từ ngân sách giao hằng năm.",
)


@pytest.fixture
def directive():
    sections = (
        Section("article", "1", "Phạm vi điều chỉnh", "1", (1, 2)),
        Section("article", "2", "Sao lưu dữ liệu", "2", (3, 5)),
        Section("clause", "1", "Cơ quan sao lưu dữ liệu hằng tuần", "2.1", (4, 4), 1),
        Section("clause", "2", "Bản sao được giữ ít nhất một năm", "2.2", (5, 5), 1),
        Section("article", "3", "Kinh phí", "3", (6, 7)),
    )
    return plan("q.txt", ARTICLES, type="Quyết định", number="9/2024/QĐ-TTg", issuer="Thủ tướng Chính phủ", date="2024-02-01",
                title="Lưu giữ dữ liệu", sections=sections)  # fmt: skip


def test_articles_and_their_clauses(directive):
    found = articles_of(directive)
    assert [(one.number, one.lines, len(one.provisions)) for one in found] == [
        ("1", (1, 2), 1),
        ("2", (3, 5), 2),
        ("3", (6, 7), 1),
    ]
    assert found[1].node == f"{document_key(directive)}#dieu-2"


def test_a_task_is_led_to_the_article_of_its_duty(directive, documents):
    found = align_articles([directive, documents[0]], at_least=0.0)
    best = next(pair for pair in found if pair.a.lines == (3, 3))
    assert (best.b.source, best.b.lines) == ("q.txt", (3, 5))
    assert best.b.text == "Điều 2. Sao lưu dữ liệu"
    assert "Điều 2" in best.why
    most = max(sum(pair.a.node == one.a.node for pair in found) for one in found)
    assert most <= 4


def test_common_words_are_quoted_as_the_first_writes_them():
    assert common_words("Sao lưu Dữ liệu hộ tịch nhé", "việc sao luu du lieu ho tich") == "Sao lưu Dữ liệu hộ tịch"
    assert common_words("một hai ba", "bốn năm sáu") == ""


class Letters:
    """A stand-in for the embedding model: which letters a text has."""

    name = "letters"
    fingerprint = "letters"
    dimension = 26

    def encode(self, texts):
        table = np.array([[text.lower().count(chr(97 + n)) for n in range(26)] for text in texts], dtype=np.float32)
        return table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)

    def encode_query(self, query):
        return self.encode([query])[0]


def test_what_few_texts_say_counts_more():
    a = describe(["triển khai camera", "triển khai trạm bơm", "triển khai sao lưu"], Letters())
    b = describe(["triển khai nhà kho", "lắp đặt camera mới"], Letters())
    words = likeness(a, b)["words"]
    assert words[0, 1] > words[0, 0] > 0
    assert words[1, 1] == 0


def test_likeness_does_not_depend_on_the_side():
    a, b = (describe(texts, Letters()) for texts in (WARD_TASKS, CITY_TASKS))
    one, other = likeness(a, b), likeness(b, a)
    for name in one.features:
        assert np.allclose(one[name], other[name].T), name


def test_nothing_is_like_itself_inside_a_document():
    a = describe(WARD_TASKS, Letters())
    assert all(not np.diag(matrix).any() for matrix in likeness(a, a).features.values())


def test_texts_without_words_are_unlike_everything():
    a, b = describe(["...", "sao lưu"], Letters()), describe(["sao lưu dữ liệu"], Letters())
    assert likeness(a, b)["words"][0, 0] == 0
    assert np.isfinite(likeness(a, b)["alike"]).all()


def test_clauses():
    assert clauses_of("Sao lưu dữ liệu hằng tuần; giữ bản sao ở nơi khác. Báo cáo kết quả hằng quý.") == [
        "Sao lưu dữ liệu hằng tuần", "giữ bản sao ở nơi khác", "Báo cáo kết quả hằng quý",
    ]  # fmt: skip
    assert clauses_of("Sao lưu") == ["Sao lưu"], "what is too short to be cut stays whole"


WORKS = [
    ("Mở lớp tập huấn cho công chức", "đào tạo, bồi dưỡng", "the word of plans"),
    ("Tổ chức đào tạo ngắn hạn", "đào tạo, bồi dưỡng", "the words of laws"),
    ("Mo lop tap huan", "đào tạo, bồi dưỡng", "without accents"),
    ("Lập hồ sơ đề xuất cấp độ", "cấp độ an toàn hệ thống thông tin", "the security level"),
]


@pytest.mark.parametrize(("text", "work", "reason"), WORKS, ids=[case[2] for case in WORKS])
def test_works_are_known_by_their_words(text, work, reason):
    assert works_in(text)[work_labels().index(work)] > 0, reason


def test_words_inside_other_words_show_no_work():
    assert not works_in("trồng cây xanh dọc đường").any()


def test_share_of_best():
    assert share_of_best(np.array([[1.0, 0.5], [0.25, 0.5]])).tolist() == [[1.0, 0.5], [0.25, 1.0]]


def test_the_model_learns_what_parts_the_examples():
    chance = np.random.default_rng(3)
    likeness, noise = chance.random(400), chance.random(400)
    yes = (likeness + 0.05 * chance.standard_normal(400) > 0.7).astype(float)
    bias, weights = fit({"likeness": likeness, "noise": noise}, yes, penalty=1.0)
    model = Logistic(bias, weights, 0.5)
    said = model.probability({"likeness": likeness, "noise": noise}) >= 0.5
    assert (said == (yes > 0)).mean() > 0.95
    assert weights["likeness"] > 10 * abs(weights["noise"])


@needs_shared
def test_annotated_pairs_are_found():
    import json

    gold = [json.loads(line) for line in (SHARED / "gold" / "alignments.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = [gold_document("000"), gold_document("002")]
    sources = {document.source for document in documents}
    wanted = {frozenset((pair[side]["source"], pair[side]["task"]) for side in "ab") for pair in gold
              if {pair["a"]["source"], pair["b"]["source"]} == sources and pair["grade"] == 2}  # fmt: skip
    found = {frozenset((end.source, end.node.partition("#")[2]) for end in (pair.a, pair.b)) for pair in align(documents)
             if pair.grade == 2}  # fmt: skip
    right = len(wanted & found)
    assert right / len(wanted) >= 0.75, "recall of the same duty"
    assert right / len(found) >= 0.75, "precision of the same duty"


def test_citations_are_named_as_a_reason():
    one, other = make("a.txt", WARD, (WARD_TASKS[2],)), make("b.txt", CITY, (CITY_TASKS[0],))
    import dataclasses

    number = cite("85/2016/NĐ-CP", "Nghị định", "Chính phủ").number
    with_base = [dataclasses.replace(d, tasks=(dataclasses.replace(d.tasks[0], cites=(number,)),)) for d in (one, other)]
    assert "cùng căn cứ 85/2016/NĐ-CP" in align(with_base, at_least=0.0)[0].why


def test_the_weights_ask_for_the_features_that_there_are(directive, documents):
    aligner = Aligner()
    of_tasks = set(aligner.features(documents[0], documents[1]))
    for model in (weights.PART, weights.SAME, weights.PART_WITHIN, weights.SAME_WITHIN):
        assert set(model.weights) == of_tasks and 0 < model.threshold < 1
    of_articles = set(ArticleAligner(aligner).features(documents[0], directive))
    for model in (weights.ARTICLE, weights.ARTICLE_SAME):
        assert set(model.weights) == of_articles - set(FEATURES) and 0 < model.threshold < 1
    for model in (weights.INDEXED, weights.INDEXED_SAME):
        assert set(model.weights) == of_articles and 0 < model.threshold < 1


def test_only_the_best_of_both_ends(documents):
    a, b = make("a.txt", WARD, [WARD_TASKS[2]] * 3), make("b.txt", CITY, [CITY_TASKS[0]] * 3)
    everything = Aligner().between("a", a, "b", b)
    best = Aligner().between("a", a, "b", b, most=1)
    assert len(everything) == 9
    assert [(one.a.node, one.b.node) for one in best] == [("a#T001", "b#T001")], "of equals the first"


@needs_shared
def test_annotated_repetitions_are_found():
    import json

    gold = [json.loads(line) for line in (SHARED / "gold" / "duplicates.jsonl").read_text(encoding="utf-8").splitlines()]
    document = gold_document("002")
    wanted = {frozenset((pair["a"]["task"], pair["b"]["task"])) for pair in gold}
    found = {frozenset(end.node.partition("#")[2] for end in (pair.a, pair.b)) for pair in duplicates([document])}
    right = len(wanted & found)
    assert right / len(wanted) >= 0.45, "recall of repetitions"
    assert right / len(found) >= 0.7, "precision of repetitions"
