"""The register of directives: complete, consistent, and in agreement with the texts that show its facts."""

import json
import re
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from ontology.knowledge import knowledge
from ontology.numbers import issuer_of_number, normal_number, number_key, number_parts

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
ENTRIES = list(knowledge().directives.values())
LINKS = ("implements", "based_on", "amends", "replaces", "replaced_by")


def test_there_are_enough_and_none_stands_twice():
    assert len(ENTRIES) >= 60
    assert len({number_key(entry.number) for entry in ENTRIES}) == len(ENTRIES)
    aliases = [number_key(form) for entry in ENTRIES for form in entry.cited_as]
    assert len(set(aliases)) == len(aliases)
    assert not set(aliases) & {number_key(entry.number) for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.number)
def test_entry(entry):
    assert entry.sources and all(source.strip() for source in entry.sources), "every entry names what shows it"
    assert normal_number(entry.number) == entry.number, "numbers are in official form"
    assert entry.type and entry.issuer
    for day in (entry.date, entry.in_force_from, entry.in_force_until):
        assert day is None or date.fromisoformat(day)
    parts = number_parts(entry.number)
    if parts.year and entry.date:
        assert entry.date.startswith(parts.year), "the year of the number is the year of issue"
    if entry.date and entry.in_force_from:
        assert entry.date <= entry.in_force_from
    proved = issuer_of_number(entry.number)
    assert proved is not None
    if proved.proves:
        assert entry.issuer == proved.name
    if entry.title:
        assert not entry.title.casefold().startswith(entry.type.casefold() + " "), "titles come without the type"


def test_links_lead_to_entries_and_never_back():
    numbers = {entry.number for entry in ENTRIES}
    ways = nx.DiGraph()
    for entry in ENTRIES:
        for name in LINKS:
            assert set(getattr(entry, name)) <= numbers - {entry.number}
        ways.add_edges_from(
            (entry.number, other) for name in ("implements", "based_on", "amends", "replaces") for other in getattr(entry, name)
        )
    assert nx.is_directed_acyclic_graph(ways)


def test_a_directive_comes_after_what_it_speaks_of():
    issued = {entry.number: entry.date for entry in ENTRIES}
    for entry in ENTRIES:
        for other in (*entry.implements, *entry.based_on, *entry.amends, *entry.replaces):
            assert not (entry.date and issued[other]) or issued[other] <= entry.date, (entry.number, other)


@pytest.mark.parametrize(
    ("number", "status", "why"),
    [
        ("73/2019/NĐ-CP", "replaced", "by 45/2026/NĐ-CP"),
        ("86/2015/QH13", "replaced", "by the Law on Cybersecurity of 2025"),
        ("42/2022/NĐ-CP", "expired", "its last day is known"),
        ("179/2025/NĐ-CP", "in-force", "its first day is known"),
        ("57-NQ/TW", None, "the sources are silent"),
    ],
)
def test_status_follows_from_the_facts(number, status, why):
    assert knowledge().directive(number).status == status


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("85/2016/ND-CP", "85/2016/NĐ-CP"),
        ("71-NQ/CP", "71/NQ-CP"),
        ("06/CP", "06/QĐ-TTg"),
        ("2323/BTTTT-THH", "2323/QĐ-BTTTT"),
        ("4577/BKH-CN-CĐSQG", "4577/BKHCN-CĐSQG"),
        ("3/NQ-CP", "03/NQ-CP"),
    ],
)
def test_a_directive_is_found_in_whatever_spelling(written, number):
    assert knowledge().directive(written).number == number


def test_numbers_without_year_hold_for_their_year_only():
    assert knowledge().directive("09/CT-TTg", 2024).date == "2024-02-23"
    assert knowledge().directive("09/CT-TTg", 2019) is None
    assert knowledge().directive("9999/QĐ-TTg") is None


def test_the_way_from_the_government_to_the_party():
    assert knowledge().directive("71/NQ-CP").implements == ("57-NQ/TW",)
    assert knowledge().directive("02-KH/BCĐTW").implements == ("57-NQ/TW",)
    assert knowledge().directive("50/NQ-CP").implements == ("52-NQ/TW",)


TEXTS = sorted((SHARED / "directives").glob("*-*.txt")) if SHARED.is_dir() else []


@pytest.mark.skipif(not TEXTS, reason="the codified texts are not here")
@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_the_register_agrees_with_the_codified_texts(path):
    head = [line.strip() for line in path.read_text("utf-8").splitlines()[:12] if line.strip()]
    number = head[1].removeprefix("Số: ")
    day = re.search(r"ngày (\d+) tháng (\d+) năm (\d+)", head[2])
    entry = knowledge().directive(number)
    assert entry.number == number
    assert entry.date == "{2}-{1:0>2}-{0:0>2}".format(*day.groups())
    assert entry.title.casefold().removeprefix("về ").removeprefix("quy định ") == head[4].casefold().removeprefix(
        "về "
    ).removeprefix("quy định ")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated plans are not here")
def test_the_register_notices_a_wrong_date():
    """Every date of the annotated citations agrees with the register, but for the one decree that a plan dates wrongly."""
    wrong = set()
    for path in sorted((SHARED / "gold").glob("*.json")):
        for citation in json.loads(path.read_text("utf-8"))["citations"]:
            entry = knowledge().directive(citation["number"]) if citation["number"] else None
            if entry and entry.date and citation["date"] and entry.date != citation["date"]:
                wrong.add((citation["number"], citation["date"]))
    assert wrong == {("85/2016/NĐ-CP", "2025-07-01")}
