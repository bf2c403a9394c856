"""Duties × units: who has which tasks for which duty of a directive or plan, from what coverage found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any


def matrix(duties: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Duties × units, from the records of :func:`graph.coverage.coverage`: which unit has which tasks for which duty.

    ``units`` are the leads of the tasks with the body that they belong to (the body alone where a task has no lead), those with
    the most duties first; each of ``rows`` is a duty with ``cells``: unit → its tasks with place and deadline.
    """
    rows = []
    load: dict[str, int] = defaultdict(int)
    for duty in duties:
        cells: dict[str, list[dict[str, Any]]] = {}
        for task in duty["tasks"]:
            body = task["issuer"] or task["source"]
            for name in [f"{lead} ({body})" for lead in task["lead"]] or [body]:
                told = {part: task[part] for part in ("source", "lines", "deadline", "grade", "score")}
                cells.setdefault(name, []).append(told)
        for name in cells:
            load[name] += 1
        rows.append({"source": duty["source"], "lines": duty["lines"], "text": duty["text"], "cells": cells})
    units = sorted(load, key=lambda name: (-load[name], name))
    return {"units": units, "rows": rows}
