"""The controlled lists: complete, without doubles, the same on every run, and fit for the names that documents use."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from documents.model import RELATIONS
from ontology import lists
from ontology.knowledge import knowledge
from ontology.namespaces import CANCU, LISTS
from ontology.turtle import concepts

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
SKOS = "http://www.w3.org/2004/02/skos/core#"
NAMES = sorted(path.stem for path in (ROOT / "ontology" / "lists").glob("*.ttl"))
KNOWN = knowledge()


def doubles(words):
    return sorted(word for word, count in Counter(words).items() if count > 1)


@pytest.mark.parametrize("name", NAMES)
def test_no_notation_and_no_label_stands_twice(name):
    entries = list(concepts(name))
    assert entries
    assert not doubles(code for entry in entries for code in entry.all(SKOS + "notation"))
    # Abbreviations may stand for the same words; every other label names one entry.
    if name != "abbreviations":
        assert not doubles(label.casefold() for entry in entries for label in entry.all(SKOS + "prefLabel", "vi"))
    for entry in entries:
        own = entry.all(SKOS + "prefLabel", "vi") + entry.all(SKOS + "altLabel", "vi")
        assert not doubles(own), entry.iri


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_belongs_to_its_list(name):
    for entry in concepts(name):
        assert entry.iri.startswith(f"{LISTS}{name}/") or name == "cues"


def test_the_lists_are_the_same_on_every_run():
    code = "from ontology.knowledge import knowledge; print(knowledge())"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_document_types_know_the_administrative_documents_of_the_decree():
    """The 29 types of Nghị định 30/2020/NĐ-CP, Điều 7."""
    listed = """
        biên bản; báo cáo; bản ghi nhớ; bản thỏa thuận; chương trình; chỉ thị; công văn; công điện; dự án; giấy giới thiệu;
         giấy mời; giấy nghỉ phép; giấy ủy quyền; hướng dẫn; hợp đồng; kế hoạch; nghị quyết; phiếu báo; phiếu chuyển;
         phiếu gửi; phương án; quy chế; quy định; quyết định; thông báo; thông cáo; thư công; tờ trình; đề án
    """
    names = [" ".join(name.split()) for name in listed.split(";")]
    assert len(names) == 29
    assert not [name for name in names if KNOWN.document_type(name) is None]


@pytest.mark.parametrize(
    ("name", "code", "role"),
    [
        ("Kế hoạch", "KH", "plan"),
        ("Kế hoạch hành động", "KH", "plan"),
        ("chương trình hành động", "CTr", "plan"),
        ("Nghị quyết", "NQ", "directive"),
        ("Chỉ thị", "CT", "directive"),
        ("Luật", "LCT", "directive"),
        ("Công văn", "CV", "other"),
        ("Báo cáo", "BC", "other"),
    ],
)
def test_document_type(name, code, role):
    found = KNOWN.document_type(name)
    assert (found.code, found.role) == (code, role)
    assert found.is_directive is (role == "directive")


def test_the_topics_are_the_thirteen():
    assert " ".join(topic.id for topic in KNOWN.topics) == (
        "lanh-dao the-che ha-tang nhan-luc du-lieu an-toan chinh-quyen-so "
        "kinh-te-so xa-hoi-so nhan-thuc nen-tang doanh-nghiep khac"
    )
    assert all(len(topic.keywords) >= 15 for topic in KNOWN.topics)


def test_a_keyword_speaks_for_one_topic_only():
    assert not doubles(word.casefold() for topic in KNOWN.topics for word in topic.keywords)


def test_keywords_and_head_words_come_longest_first():
    for words in (*(t.keywords for t in KNOWN.topics), *(k.head_words for k in KNOWN.unit_kinds), *KNOWN.cues.values()):
        assert list(words) == sorted(words, key=lambda word: (-len(word), word))


def test_an_unknown_topic_is_an_error():
    with pytest.raises(KeyError):
        KNOWN.topic("khong-co")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sở Khoa học và Công nghệ", "sở/ngành"),
        ("Văn phòng HĐND và UBND", "phòng/ban"),
        ("Văn phòng Ủy ban nhân dân thành phố", "sở/ngành"),
        ("Ban Chỉ đạo chuyển đổi số", "ban chỉ đạo"),
        ("Ban Quản lý di tích", "đơn vị trực thuộc"),
        ("Ban Quản lý dự án", "phòng/ban"),
        ("Tổ dân phố số 5", "tổ dân phố"),
        ("Tổ Công nghệ số cộng đồng", "tổ công tác"),
        ("Thuế cơ sở 5", "cơ quan ngành dọc"),
        ("Các phòng, đơn vị", "nhóm đơn vị"),
        ("Các Tổ dân phố", "tổ dân phố"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG", "ủy ban nhân dân"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam phường", "mặt trận/đoàn thể"),
        ("Thủ tướng Chính phủ", "cơ quan trung ương"),
        ("Bộ Chính trị", "cấp ủy"),
        ("Bộ Công an", "bộ, cơ quan ngang bộ"),
        ("Bộ Chỉ huy Quân sự tỉnh", "sở/ngành"),
        ("Công an phường", "công an"),
        ("Hội đồng nhân dân phường", "hội đồng nhân dân"),
        ("Phó Chủ tịch UBND phường", "lãnh đạo"),
    ],
)
def test_kind_of_a_unit(name, kind):
    assert KNOWN.unit_kind(name).label == kind


def test_a_head_word_is_a_whole_word():
    assert KNOWN.unit_kind("Sởi") is None


def test_a_head_word_names_one_kind():
    assert not doubles(head.casefold() for kind in KNOWN.unit_kinds for head in kind.head_words)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated plans are not here")
def test_kinds_of_the_annotated_units():
    for path in sorted(GOLD.glob("*.json")):
        for unit in json.loads(path.read_text("utf-8"))["units"]:
            assert KNOWN.unit_kind(unit["name"]).label == unit["kind"], unit["name"]


def test_provinces():
    assert len(KNOWN.places) == 34
    assert Counter(place.kind for place in KNOWN.places) == {"tỉnh": 28, "thành phố": 6}
    assert len(KNOWN.former_places) == 29
    assert sum(len(place.predecessors) for place in KNOWN.places) == 29
    for place in KNOWN.former_places:
        assert place.until == "2025-06-30"
        assert len(place.successors) == 1


def test_a_merged_city():
    city = next(place for place in KNOWN.places if place.label == "Hải Phòng")
    assert city.full_name == "thành phố Hải Phòng"
    assert (city.predecessors, city.since) == (("Hải Dương",), "2025-07-01")


def test_units_know_what_they_came_from():
    units = {unit.label: unit for unit in KNOWN.units}
    assert units["Bộ Khoa học và Công nghệ"].predecessors == ("Bộ Thông tin và Truyền thông",)
    assert units["Sở Thông tin và Truyền thông"].successors == ("Sở Khoa học và Công nghệ",)
    assert units["Bộ Thông tin và Truyền thông"].valid_to == "2025-02-28"
    assert units["Phòng Văn hóa - Xã hội"].valid_from == "2025-07-01"
    assert "SKHCN" in units["Sở Khoa học và Công nghệ"].abbreviations


def test_what_replaces_a_unit_is_not_itself_replaced():
    units = {unit.label: unit for unit in KNOWN.units}
    for unit in units.values():
        assert not any(units[label].successors for label in unit.successors)


def test_a_changed_unit_names_the_event_and_the_event_its_source():
    org = "http://www.w3.org/ns/org#"
    from ontology.turtle import FOLDER, read_nodes

    for name in ("units", "places"):
        nodes = read_nodes(FOLDER / "lists" / f"{name}.ttl")
        changed = [n for n in nodes.values() if n.all("http://purl.org/dc/terms/isReplacedBy")]
        assert changed
        for node in changed:
            events = node.all(org + "changedBy")
            assert events and all(nodes[event].all("http://purl.org/dc/terms/source") for event in events), node.iri


@pytest.mark.parametrize(
    ("short", "words"),
    [
        ("CNTT", "công nghệ thông tin"),
        ("CĐS", "chuyển đổi số"),
        ("HĐND", "Hội đồng nhân dân"),
        ("ATTT", "an toàn thông tin"),
        ("TTHC", "thủ tục hành chính"),
        ("DVCTT", "dịch vụ công trực tuyến"),
        ("KH&CN", "khoa học và công nghệ"),
        ("VH-XH", "văn hóa - xã hội"),
        ("trđ", "triệu đồng"),
        ("QPPL", "quy phạm pháp luật"),
    ],
)
def test_abbreviation(short, words):
    assert KNOWN.abbreviations[short] == words


def test_the_relations_are_those_of_documents():
    assert tuple(relation.id for relation in KNOWN.relations) == RELATIONS
    for relation in KNOWN.relations:
        assert CANCU.iri + relation.graph_property in set(CANCU)


def test_levels_and_roles():
    assert [level.label for level in KNOWN.levels] == ["trung ương", "thành phố", "sở/ngành", "quận/huyện", "phường/xã"]
    assert [role.id for role in KNOWN.roles] == ["lead", "coordinate", "support"]


def test_the_places_of_each_level():
    assert {level.id: level.places for level in KNOWN.levels if level.places} == {
        "tinh-thanh-pho": ("thành phố", "tỉnh"),
        "huyen": ("thị xã", "huyện", "quận"),
        "phuong-xa": ("thị trấn", "đặc khu", "phường", "xã"),
    }
    assert set(KNOWN.cues["area"]) == {kind for level in KNOWN.levels for kind in level.places}
    assert KNOWN.level_of_place("đặc khu") == KNOWN.level_with_id("phuong-xa")
    assert KNOWN.level_of_place("nước") is None
    assert [level.label for level in KNOWN.levels if KNOWN.below_province(level.label)] == ["sở/ngành", "quận/huyện", "phường/xã"]
    assert not KNOWN.below_province(None)


def test_a_list_that_is_not_there_is_empty():
    assert list(concepts("khong-co")) == []
    assert lists.cues() is lists.cues()
