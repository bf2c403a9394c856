"""An appendix in a file of its own is a part of its plan; only another version of the plan is left out."""

import pytest
from graph_samples import plan_text

from graph.corpus import Corpus
from graph.inquiry import Inquiry
from questions.catalogue import catalogue_of

NUMBER = "47/KH-UBND"
PLAN = plan_text("Tân Hòa", "47")
TABLE = """| TT | Nội dung nhiệm vụ | Chủ trì | Thời hạn |
| 1 | Lắp đặt camera an ninh tại các tổ dân phố | Công an phường | Quý IV/2026 |
| 2 | Trang bị máy tính cho bộ phận một cửa | Văn phòng HĐND và UBND phường | Quý II/2026 |
"""
ATTACHED = f"(Kèm theo Kế hoạch số {NUMBER} ngày 09/01/2026 của UBND phường Tân Hòa)"
APPENDIX = f"ỦY BAN NHÂN DÂN PHƯỜNG TÂN HÒA\n\nPHỤ LỤC I\nDANH MỤC NHIỆM VỤ NĂM 2026\n{ATTACHED}\n\n{TABLE}"


@pytest.fixture
def kept(tmp_path):
    """A data folder with the plan and whatever else is written beside it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ke-hoach.txt").write_text(PLAN, "utf-8")

    def ingest(name, text):
        (tmp_path / "in" / name).write_text(text, "utf-8")
        corpus = Corpus.open(tmp_path / "data", create=True)
        return corpus, corpus.ingest([tmp_path / "in"])

    return ingest


@pytest.mark.parametrize(
    ("text", "attached", "reason"),
    [
        (APPENDIX, True, "letterhead, heading, whose appendix it is, table"),
        (f"PHỤ LỤC\n{ATTACHED}\n\n{TABLE}", True, "without letterhead"),
        (f"DANH MỤC NHIỆM VỤ NĂM 2026\n{ATTACHED}\n\n{TABLE}", True, "a list that does not call itself an appendix"),
        (PLAN + "\n", False, "the plan in other bytes"),
        (f"{PLAN}\nPHỤ LỤC\n{ATTACHED}\n\n{TABLE}", False, "the plan with its appendix"),
    ],
)
def test_an_appendix_is_no_other_version(kept, text, attached, reason):
    corpus, report = kept("phu-luc.txt", text)
    with corpus:
        other = corpus.entry("phu-luc.txt")
        assert (other.is_appendix, other.number) == (attached, NUMBER), reason
        assert bool(report.duplicates) is not attached, reason
        assert len(corpus.documents()) == (2 if attached else 1), reason


def test_its_tasks_are_known_and_its_chain_goes_through_the_plan(kept):
    corpus, _ = kept("phu-luc.txt", APPENDIX)
    with corpus:
        assert corpus.entry(NUMBER).source == "ke-hoach.txt"
        catalogue = catalogue_of(corpus)
        assert "Lắp đặt camera an ninh tại các tổ dân phố" in {item.text for item in catalogue.items}
        line = next(task.lines[0] for task in corpus.document("phu-luc.txt").tasks if "camera" in task.text)
        (whole, *_) = Inquiry(corpus).trace(f"phu-luc.txt:{line}")["chains"]
        through = Inquiry(corpus).trace(NUMBER)["chains"][0]
        assert whole["documents"] == through["documents"]
        assert whole["hops"][0]["evidence"]["text"] == ATTACHED
        assert whole["hops"][1:] == through["hops"]
        plan = corpus.entry(NUMBER).iri
        query = (
            f"PREFIX cancu: <https://w3id.org/cancu/ontology#> ASK {{ ?a cancu:partOf <{plan}> ; cancu:source 'phu-luc.txt' }}"
        )
        assert corpus.sparql(query).results["boolean"]
