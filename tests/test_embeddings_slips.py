"""Slips in a query: what is guessed, how surely, and what is left alone."""

from __future__ import annotations

import pytest

from embeddings.slips import MOST_CHECKED, Guess, corrected, guesses, pairs_meant

PAIRS = {
    "ho_so": 300,
    "so_cap": 40,
    "cap_do": 200,
    "ho_si": 0,
    "si_cap": 0,
    "nhac_si": 5,
    "ban_do": 30,
    "can_bo": 500,
    "bo_xa": 50,
}
KNOWN = {"ho": 400, "so": 900, "cap": 500, "do": 600, "si": 20, "nhac": 8, "ban": 90, "can": 700, "bo": 800, "xa": 300, "dao": 5}


def texts_with(token: str) -> int:
    return PAIRS.get(token, KNOWN.get(token, 0))


def guessed(query: str) -> list[Guess]:
    return guesses(query.split(), KNOWN, texts_with)


@pytest.mark.parametrize(
    ("query", "meant", "reason"),
    [
        ("ho si cap do", {1: "so"}, "a known syllable that never stands here"),
        ("ho soo cap do", {1: "so"}, "a letter too many"),
        ("can b xa", {}, "single letters say too little"),
        ("can bp xa", {1: "bo"}, "no syllable at all"),
        ("ho so cap do", {}, "nothing wrong"),
        ("nhac si", {}, "rare, but it does stand there"),
        ("215 2026", {}, "numbers are never slips"),
        ("zzzz", {}, "nothing near it is known"),
    ],
)
def test_what_is_guessed(query: str, meant: dict[int, str], reason: str) -> None:
    best: dict[int, str] = {}
    for guess in guessed(query):
        best.setdefault(guess.place, guess.meant)
    assert best == meant, reason


def test_what_is_sure_is_corrected_and_its_pairs_count() -> None:
    found = guessed("ho si cap do")
    assert corrected(["hồ", "si", "cấp", "độ"], found) == "hồ so cấp độ"
    assert pairs_meant(["ho_si"], found) == ["ho_si", "ho_so", "so_cap"]


def test_a_guess_without_neighbours_is_not_sure() -> None:
    found = guessed("bp")
    assert {guess.meant for guess in found} == {"bo"}
    assert not any(guess.sure for guess in found)
    assert corrected(["bp"], found) == "bp"


def test_a_long_text_is_no_query() -> None:
    assert guessed("soo " * (MOST_CHECKED + 1)) == []
