"""Duties and targets of small documents in many styles: every task on its lines, with who leads and helps, until when, for how
much and with what result; no other tasks.

The documents are those of ``test_small_documents.py`` whose expected JSON tells their tasks. A field that a task leaves out is
not compared; a deadline is given by its kind and days, a budget by its amounts, a target by its lines, comparator and value.
"""

from __future__ import annotations

from typing import Any

import pytest
from scoring import plain
from test_small_documents import FOLDER, expected_of, found_in

WITH_TASKS = sorted(path.stem for path in FOLDER.glob("*.json") if "tasks" in expected_of(path.stem))


def shown(task: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """The fields of a found task that the expected one, ``like``, tells, in its form."""
    deadline = task["deadline"]
    return {
        **{field: task[field] for field in like},
        "deadline": [deadline["kind"], deadline["start"], deadline["end"]] if deadline else None,
        **({"text": plain(task["text"])} if "text" in like else {}),
        **({"budget": [amount["amount_vnd"] for amount in task["budget"]]} if "budget" in like else {}),
    }


def test_there_are_documents_with_tasks() -> None:
    assert len(WITH_TASKS) >= 8


@pytest.mark.parametrize("stem", WITH_TASKS)
def test_every_task_stands_on_its_lines_and_there_is_no_other(stem: str) -> None:
    assert [t["lines"] for t in found_in(stem)["tasks"]] == [t["lines"] for t in expected_of(stem)["tasks"]]


@pytest.mark.parametrize("stem", WITH_TASKS)
def test_what_a_task_says(stem: str) -> None:
    for task, expected in zip(found_in(stem)["tasks"], expected_of(stem)["tasks"], strict=True):
        like = {**expected, "text": plain(expected["text"])} if "text" in expected else expected
        assert shown(task, expected) == like


@pytest.mark.parametrize("stem", [stem for stem in WITH_TASKS if "targets" in expected_of(stem)])
def test_targets(stem: str) -> None:
    assert [[t["lines"], t["comparator"], t["value"]] for t in found_in(stem)["targets"]] == expected_of(stem)["targets"]
