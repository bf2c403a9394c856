"""Faults planted into the examples are all found, and the examples without any fault have no finding of severity error."""

from __future__ import annotations

from functools import cache

import pytest
from planted_faults import FAULTS, NAMES, Fault, clean, planted

import documents
from documents.model import Document
from graph.align import Aligner
from graph.check import check
from graph.finding import Finding
from ontology.rules import check_rules


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("planted")


@cache
def aligner() -> Aligner:
    return Aligner()


def read(folder, name: str, text: str) -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return documents.read(path, name)


@pytest.fixture(scope="module")
def originals(folder) -> dict[str, Document]:
    return {name: read(folder, name, clean(name)) for name in NAMES}


@pytest.fixture(scope="module")
def before(originals) -> list[Finding]:
    return check(list(originals.values()), aligner=aligner())


def said(finding: Finding) -> tuple[object, ...]:
    """What a finding says, so that one that was there before can be told from a new one."""
    return finding.source, finding.code, finding.message


def test_the_examples_without_faults_have_no_error(before):
    assert [one for one in before if one.severity == "error"] == []


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{fault.code}: {fault.reason} [{n}]" for n, fault in enumerate(FAULTS)])
def test_a_planted_fault_is_found(fault: Fault, folder, originals, before):
    changed = read(folder, fault.base, planted(fault))
    where = fault.found_in or fault.base
    known = {said(one) for one in before}
    found = check([changed, *(one for name, one in originals.items() if name != fault.base)], sources=[where], aligner=aligner())
    new = [one for one in found if said(one) not in known]
    assert [one for one in new if one.code == fault.code], f"{fault.reason}: {[(one.code, one.message) for one in new]}"


def test_there_are_sixty_of_twenty_kinds():
    assert len(FAULTS) >= 60
    codes = {fault.code for fault in FAULTS}
    assert codes <= set(check_rules())
    assert len(codes) >= 20


def test_no_fault_is_planted_twice():
    assert len({(fault.base, fault.old, fault.new) for fault in FAULTS}) == len(FAULTS)
