"""A task while it is being put together, before the names of all units are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.model import Deadline, Money, Span
from documents.structure.label import Label
from documents.tasks import deadline
from documents.tasks.unit import split_units
from documents.tasks.unit_names import UnitNames
from documents.tasks.wording import roles_in_list

ROLES = ("lead", "coordinate", "support")


@dataclass(slots=True)
class Draft:
    """A task: ``items`` are the indexes of the items that it stands in; ``units`` holds for each of :data:`ROLES` keys of
    :class:`documents.tasks.unit_names.UnitNames`; ``blocked`` says that a block of labels already serves it; ``group`` is the
    text of the group row above a table row."""

    items: list[int]
    lines: Span
    kind: str
    section: int | None
    text: str
    units: dict[str, list[str]] = field(default_factory=lambda: {role: [] for role in ROLES})
    deadline: Deadline | None = None
    product: str | None = None
    budget: tuple[Money, ...] = ()
    blocked: bool = False
    group: str | None = None

    def give(self, role: str, written: Sequence[str], names: UnitNames, line: int) -> None:
        """Write down the units, as written on ``line``, that have ``role`` in the task; those before are dropped."""
        self.units[role] = [names.learn(unit, (line,)) for unit in written]

    def carry_on(self, item: int, last: int) -> None:
        """The task goes on in one more item, up to the line ``last``."""
        self.items.append(item)
        self.lines = (self.lines[0], last)


def apply_labels(labels: Sequence[Label], served: Sequence[Draft], names: UnitNames, line: int, year: int | None) -> None:
    """Give the tasks ``served``, nearest first, what a block of labels on ``line`` says; ``year`` is the plan's, for times
    without one."""
    for label in labels:
        if label.name == "lead" and (both := roles_in_list(label.value)):
            for draft in served:
                draft.give("lead", both[0], names, line)
                draft.give("coordinate", both[1], names, line)
        elif label.name in ROLES:
            keys = [names.learn(unit, (line,)) for unit in split_units(label.value)]
            for draft in served:
                draft.units[label.name] = list(keys)
        elif label.name == "deadline":
            parsed = deadline.parse(label.value, year)
            for n, draft in enumerate(served):
                if n == 0 or draft.deadline is None:  # the block stands below the first; the others' own words go before it
                    draft.deadline = parsed
        elif label.name == "product":
            for draft in served:
                draft.product = label.value or None
