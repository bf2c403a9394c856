"""The search index: results, facets, updates, crashes, strange queries, what is loaded."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from embeddings_samples import SyllableModel, department_passages, plan_passages

from embeddings import generations, passage_store
from embeddings.frame import PART_NAMES
from embeddings.model import load_model
from embeddings.parts import encoded, parts
from embeddings.passage import Passage
from embeddings.passage_store import UnknownFacet
from embeddings.search import DamagedSearchIndex, Hit, SearchIndex
from embeddings.tokens import Abbreviations
from embeddings.vector_index import OtherModel

SHORT = Abbreviations.of({"CNTT": "công nghệ thông tin", "SCT": "Sở Công Thương"})
MODEL = SyllableModel()
QUERIES = (
    "hồ sơ cấp độ",
    "may chu het han",
    "văn phòng",
    "nhiệm vụ an toàn thông tin cấp phường",
    "cơ sở dữ liệu",
    "zalo",
    "năm 2025",
)


def build(folder: Path, *parts: tuple[Passage, ...]) -> SearchIndex:
    return SearchIndex.build(folder, [p for part in parts for p in part], MODEL, SHORT)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return build(tmp_path_factory.mktemp("index"), plan_passages(), department_passages())


def best(index: SearchIndex, query: str, **facets: object) -> Hit:
    return index.search(query, 5, facets)[0]


@pytest.mark.parametrize(
    ("query", "words", "reason"),
    [
        ("hồ sơ đề xuất cấp độ hệ thống thông tin", "đề xuất cấp độ", "as written"),
        ("ho so de xuat cap do", "đề xuất cấp độ", "without accents"),
        ("công an phường chủ trì việc gì", "lừa đảo", "by the unit that leads"),
        ("máy chủ hết hạn bảo hành", "máy chủ", "the other document"),
        ("cụm công nghiệp và chợ", "cụm công nghiệp", "the other document"),
    ],
)
def test_the_best_hit(index: SearchIndex, query: str, words: str, reason: str) -> None:
    assert words in best(index, query).passage.text, reason


def test_hits_are_ranked_and_apart(index: SearchIndex) -> None:
    hits = index.search("phường", 20)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for i, hit in enumerate(hits):
        for other in hits[:i]:
            a, b = hit.passage, other.passage
            assert a.source != b.source or a.lines[1] < b.lines[0] or b.lines[1] < a.lines[0]


@pytest.mark.parametrize(
    ("query", "source", "said", "reason"),
    [
        ("nhiệm vụ của phường Hoa Sữa", "phuong.txt", "cơ quan ban hành", "the ward is named"),
        ("nhiệm vụ phường HS", "phuong.txt", "cơ quan ban hành", "the ward's initials"),
        ("nhiệm vụ của SCT", "so.txt", "cơ quan ban hành", "the department's abbreviation"),
        ("nhiệm vụ cấp phường", "phuong.txt", "cấp: phường/xã", "the level"),
        ("nhiệm vụ năm 2025", "so.txt", "năm: 2025", "the year"),
        ("nhiệm vụ theo kế hoạch 7/KH-SCT", "so.txt", "số văn bản: 7/KH-SCT", "the number"),
    ],
)
def test_the_frame_of_the_query_raises_and_is_named(index: SearchIndex, query: str, source: str, said: str, reason: str) -> None:
    hit = best(index, query)
    assert hit.passage.source == source, reason
    assert any(said in part for part in hit.matched), hit.matched
    without = index.search(query, 5, framed=False)
    assert not any(said in part for other in without for part in other.matched)


@pytest.mark.parametrize(
    ("query", "ignored", "said", "reason"),
    [
        ("nhiệm vụ cấp phường", (), [("level", "phường/xã"), ("kind", "nhiệm vụ")], "both are understood"),
        ("nhiệm vụ cấp phường", ("level",), [("kind", "nhiệm vụ")], "the level is switched off"),
        ("nhiệm vụ năm 2025", ("kind",), [("year", "2025")], "the kind is switched off"),
        ("chỉ tiêu của Công an phường", (), [("unit", "Công an phường"), ("kind", "chỉ tiêu")], "a unit"),
        ("kế hoạch 7/KH-SCT", ("number", "issuer"), [], "a number switched off"),
    ],
)
def test_parts_of_the_frame_can_be_switched_off(
    index: SearchIndex, query: str, ignored: tuple[str, ...], said: list[tuple[str, str]], reason: str
) -> None:
    assert index.frame(query).without(ignored).described(index.passages.documents) == said, reason
    names = {f"{PART_NAMES[part]}: " for part in ignored}
    hits = index.search(query, 10, ignored=ignored)
    assert hits
    assert not any(matched.startswith(name) for hit in hits for matched in hit.matched for name in names)


def test_an_unknown_part_is_refused(index: SearchIndex) -> None:
    with pytest.raises(UnknownFacet, match="phần"):
        index.search("phường", 5, ignored=["color"])


@pytest.mark.parametrize(
    ("query", "words", "sentence", "reason"),
    [
        ("đề xuất cấp độ", ["đề xuất cấp độ"], "Lập hồ sơ đề xuất cấp độ", "as written"),
        ("de xuat cap do", ["đề xuất cấp độ"], "Lập hồ sơ đề xuất cấp độ", "in the text's own spelling"),
        ("lua dao tren mang", ["lừa đảo trên mạng"], "Tập huấn kỹ năng", "a common syllable between others"),
        ("đề xuât cấp đọ", ["đề xuất cấp độ"], "Lập hồ sơ", "wrong accents"),
        ("đề xuatt cấp độ", ["đề xuất cấp độ"], "Lập hồ sơ", "a slip"),
    ],
)
def test_matching_words_are_shown_as_written(
    index: SearchIndex, query: str, words: list[str], sentence: str, reason: str
) -> None:
    hit = best(index, query)
    text = hit.passage.text
    assert [text[start:end] for start, end in hit.highlights] == words, reason
    assert hit.sentence is not None
    assert text[slice(*hit.sentence)].startswith(sentence)


@pytest.mark.parametrize(
    ("facets", "holds"),
    [
        ({"kind": "task"}, lambda p: p.kind == "task"),
        ({"level": "phường"}, lambda p: p.source == "phuong.txt"),
        ({"unit": "công an phường"}, lambda p: "Công an phường" in p.units),
        ({"year": 2026}, lambda p: p.source == "phuong.txt"),
        ({"year": "2025", "kind": "task"}, lambda p: p.source == "so.txt" and p.kind == "task"),
        ({"document": "7/KH-SCT"}, lambda p: p.source == "so.txt"),
        ({"document": "phuong.txt"}, lambda p: p.source == "phuong.txt"),
        ({"topic": None, "unit": None}, lambda p: True),
    ],
)
def test_facets_restrict(index: SearchIndex, facets: dict[str, object], holds: object) -> None:
    hits = index.search("công nghệ thông tin của phường và sở", 50, facets)
    assert hits
    assert all(holds(hit.passage) for hit in hits)  # type: ignore[operator]


def test_a_facet_that_nothing_has_gives_no_hits(index: SearchIndex) -> None:
    assert index.search("phường", 5, {"topic": "không-có"}) == []


def test_an_unknown_facet_is_refused(index: SearchIndex) -> None:
    with pytest.raises(UnknownFacet, match="bộ lọc"):
        index.search("phường", 5, {"color": "red"})


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "empty"),
        ("   \t\n\u00a0", "blanks only"),
        ("?!…", "punctuation only"),
        ("“”()[]{}*+~^", "quotes, brackets and operators only"),
        ("\0", "NUL"),
        ("\x01\x07\x1b[31m\x7f\x85", "control characters with an escape sequence"),
        ("\u202e\u200b\ufeff\u2066", "directions and characters without width"),
        ("từ " * 10_000, "ten thousand words"),
        ("phường " + "x" * 10_000, "a word of ten thousand letters"),
        ("9" * 5_000, "a number of five thousand digits"),
        ("1/" * 3_000 + "KH-UBND", "what may begin a document number, over and over"),
        ("AND OR NOT (", "operators of a query language, a bracket left open"),
        ("a:b^2 ~3 [* TO *]", "a query language's fields, weights and ranges"),
        ('"hồ sơ cấp độ', "a quotation mark left open"),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT 1", "SPARQL"),
        ("'; DROP TABLE hits; --", "SQL"),
        ("<script>alert(1)</script> &amp; %00 ../..", "markup and paths"),
        (".*(x+)+$", "a regular expression that backtracks for ever"),
        ("[a-", "a regular expression left open"),
        ("公文", "Chinese"),
        ("Кабинет министров", "Cyrillic"),
        ("ราชการ สำนักงาน", "Thai, whose vowels are marks"),
        ("مرسوم", "Arabic, from right to left"),
        ("\ud800", "half a character"),
        ("🙂", "a picture"),
    ],
)
@pytest.mark.parametrize("k", [-1, 0, 1, 1000])
def test_queries_of_any_kind_give_a_list(index: SearchIndex, query: str, reason: str, k: int) -> None:
    hits = index.search(query, k)
    assert len(hits) <= max(k, 0), reason
    index.frame(query)
    if not any(c.isalnum() for c in query):
        assert hits == [], reason


@pytest.mark.parametrize(
    ("query", "plain", "reason"),
    [
        ("\0hồ sơ cấp độ\0", "hồ sơ cấp độ", "NUL about the words"),
        ("hồ\x07 sơ\x1f cấp\tđộ\r\n", "hồ sơ cấp độ", "control characters between them"),
        ("(hồ sơ) +cấp* độ~2^", "hồ sơ cấp độ 2", "operators are no words"),
        ('"hồ sơ cấp độ"', "hồ sơ cấp độ", "quotation marks"),
        ("公文 hồ sơ cấp độ", "hồ sơ cấp độ", "a word that no text has"),
    ],
)
def test_what_is_no_word_changes_nothing(index: SearchIndex, query: str, plain: str, reason: str) -> None:
    best_two = [[hit.passage.id for hit in index.search(text, 2)] for text in (query, plain)]
    assert best_two[0] == best_two[1], reason
    assert len(best_two[0]) == 2


def results(index: SearchIndex) -> list[list[tuple[str, float, tuple[str, ...]]]]:
    return [[(h.passage.id, h.score, h.matched) for h in index.search(query, 20)] for query in QUERIES]


def test_an_update_is_the_same_as_a_fresh_build(tmp_path: Path) -> None:
    updated = build(tmp_path / "updated", plan_passages()).update([], department_passages())
    fresh = build(tmp_path / "fresh", department_passages(), plan_passages())
    assert results(updated) == results(fresh)
    key = plan_passages()[0].document
    assert results(updated.update([key], [])) == results(build(tmp_path / "one", department_passages()))


def test_a_document_that_is_added_again_replaces_its_passages(tmp_path: Path) -> None:
    index = build(tmp_path / "a", plan_passages(), department_passages())
    shorter = tuple(p for p in department_passages() if "máy chủ" not in p.text)
    assert results(index.update([], shorter)) == results(build(tmp_path / "b", plan_passages(), shorter))


def test_vectors_of_parts_are_those_of_their_texts() -> None:
    """A static model adds them up without cutting anything twice."""
    model = load_model()
    found = [*plan_passages(), replace(plan_passages()[0], text=" ".join(f"Câu số {i} nói về hạ tầng số." for i in range(12)))]
    vectors, counts = encoded(found, model)
    texts = [text for passage in found for text in parts(passage)]
    assert counts.tolist() == [len(parts(passage)) for passage in found]
    assert counts[-1] > 2
    assert min((vectors * model.encode(texts)).sum(axis=1)) > 0.98, "only words across the joints may be cut otherwise"


def test_an_update_makes_vectors_only_of_new_texts(tmp_path: Path) -> None:
    class Counting(SyllableModel):
        seen = 0

        def encode(self, texts: list[str]) -> object:  # type: ignore[override]
            self.seen += len(texts)
            return super().encode(texts)

    model = Counting()
    index = SearchIndex.build(tmp_path, plan_passages(), model, SHORT)
    before = model.seen
    index = index.update([], department_passages())
    assert 0 < model.seen - before < before + len(index.vectors)
    before = model.seen
    index.update([department_passages()[0].document], [])
    assert model.seen == before


def test_opening_gives_the_same_results(index: SearchIndex) -> None:
    assert results(SearchIndex.open(index.folder, MODEL, SHORT)) == results(index)


def test_all_documents_can_be_removed(tmp_path: Path) -> None:
    index = build(tmp_path, plan_passages()).update([plan_passages()[0].document], [])
    assert len(index) == 0
    assert index.search("phường") == []
    assert len(index.update([], plan_passages())) == len(plan_passages())


def test_a_crash_while_writing_leaves_the_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = results(build(tmp_path, plan_passages()))

    def full(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(passage_store, "save", full)
        with pytest.raises(OSError, match="disk full"):
            build(tmp_path, department_passages())
    assert results(SearchIndex.open(tmp_path, MODEL, SHORT)) == before


def test_a_crash_before_the_pointer_leaves_the_old_index(tmp_path: Path) -> None:
    index = build(tmp_path, plan_passages())
    (tmp_path / "generation-000009").mkdir()
    (tmp_path / "aside-x").mkdir()
    (tmp_path / "CURRENT.new").write_text("generation-000009\n", encoding="utf-8")
    assert results(SearchIndex.open(tmp_path, MODEL, SHORT)) == results(index)
    build(tmp_path, department_passages())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["CURRENT", "generation-000010"]


def test_another_models_index_is_refused(index: SearchIndex) -> None:
    other = SearchIndex.open(index.folder, SyllableModel("other"), SHORT)
    with pytest.raises(OtherModel):
        other.search("phường")
    with pytest.raises(OtherModel):
        other.update([], department_passages())


def test_no_index_yet(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Chưa có chỉ mục"):
        SearchIndex.open(tmp_path)


@pytest.mark.parametrize(
    "file",
    [
        "index.json",
        "passages.jsonl",
        "columns.npz",
        "lists.json",
        "words/starts.npy",
        "words/syllables.txt",
        "part_ids.npy",
    ],
)
def test_a_damaged_index_is_named_and_can_be_built_again(tmp_path: Path, file: str) -> None:
    build(tmp_path, plan_passages())
    generation = generations.current(tmp_path)
    assert generation is not None
    (generation / file).write_bytes(b"\x00damaged")
    with pytest.raises(DamagedSearchIndex, match="rebuild"):
        SearchIndex.open(tmp_path, MODEL, SHORT).search("phường")
    assert build(tmp_path, plan_passages()).search("phường")


def test_a_damaged_pointer_is_named(tmp_path: Path) -> None:
    build(tmp_path, plan_passages())
    (tmp_path / "CURRENT").write_text("../elsewhere", encoding="utf-8")
    with pytest.raises(DamagedSearchIndex, match="rebuild"):
        SearchIndex.open(tmp_path, MODEL, SHORT)


def test_searching_loads_no_heavy_library(tmp_path: Path) -> None:
    """The command line starts a process per search: torch, rdflib and sentence_transformers would cost seconds."""
    SearchIndex.build(tmp_path, plan_passages())
    program = (
        "import sys; from pathlib import Path; from embeddings.search import SearchIndex\n"
        f"assert SearchIndex.open(Path({str(tmp_path)!r})).search('hồ sơ cấp độ')\n"
        "print(sorted({'torch', 'rdflib', 'sentence_transformers', 'transformers', 'bm25s', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
