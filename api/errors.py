"""What went wrong, said to whom is asking: one form for both doors.

Bad input and our own defects are different things. Bad input is one of the known exceptions of the rooms below; it becomes a
:class:`Problem` with a Vietnamese explanation, an exit status and an HTTP status. Anything else is a defect of the program and
is left alone: the command line shows its traceback, the HTTP interface answers 500.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

EXIT_FAILED = 1
"""Some input failed or was refused; the rest was done."""

EXIT_UNUSABLE = 2
"""Unusable arguments or missing data."""

PROBLEM_MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as both doors show it (RFC 9457 on the HTTP side).

    ``kind`` is a stable word for programs ("not-found"), ``title`` says in Vietnamese what kind of problem it is, ``detail``
    what is wrong this time, ``hint`` what to do next (may be empty).
    """

    kind: str
    title: str
    detail: str
    hint: str = ""
    http_status: int = 400
    exit_status: int = EXIT_UNUSABLE

    def as_json(self) -> dict[str, Any]:
        """The members of a problem+json body."""
        body: dict[str, Any] = {
            "type": f"urn:cancu:problem:{self.kind}",
            "title": self.title,
            "status": self.http_status,
            "detail": self.detail,
        }
        if self.hint:
            body["hint"] = self.hint
        return body

    def as_text(self) -> str:
        """The lines that the command line prints."""
        return f"Lỗi: {self.detail}" + (f"\n{self.hint}" if self.hint else "")


class Refused(Exception):
    """A request that a door itself refuses; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def unusable(detail: str, hint: str = "") -> Refused:
    """An argument that cannot be used, as an exception to raise."""
    return Refused(Problem("unusable", "Tham số không dùng được", detail, hint, 400, EXIT_UNUSABLE))
