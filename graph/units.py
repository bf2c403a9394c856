"""What lies between units: whom a group of units means, and which unit took the place of one that has ended.

"Các phòng, đơn vị" stays one addressee. Its members are the units of that kind which the document names (the same group of the
same body in another document is the same node, so the store has those of all its documents); this is an inference and marked so.
A unit that has ended stays a node of its own, as the document of its time names it, and leads to its successor.
"""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

from documents.identity import expand, is_national
from documents.model import Unit
from documents.text import fold
from graph.statements import Statements, day, decimal, text
from ontology.entries import UnitEntry
from ontology.knowledge import knowledge

SAME_KIND = "same-kind"
"""Method of a member that a group has because it is of the kind that the group names."""

_CONFIDENCE = 0.6
"""How sure it is that a unit which a document names belongs to the group of its kind: the group may reach further or less far."""

_SPLIT = re.compile(r"\s*[,;/]\s*|\s+và\s+|\s+hoặc\s+")
_OF_PLACE = re.compile(r"^(?:UBND|Ủy ban nhân dân)\s+", re.IGNORECASE)
_PLURAL = re.compile(r"^(?:(?:UBND|Ủy ban nhân dân|Công an|Đảng ủy)\s+)?các\s+", re.IGNORECASE)


def say_between_units(graph: Statements) -> None:
    """Say the members of the groups that the document names, and the successors of its units that have ended."""
    _groups(graph)
    for unit in graph.document.units:
        entry = _entry(unit)
        if entry is not None and entry.successors and _stands_where(graph, entry):
            _successors(graph, graph.unit(unit.name), entry)


def is_member(group: str, unit: Unit) -> bool:
    """Whether ``unit`` is of a kind that the group of units called ``group`` names ("Các phòng, đơn vị").

    A group that leaves open which units it means ("các đơn vị liên quan"), or whose first word is of no kind ("các cơ quan"), has
    no members that could be told; places go by their own kind ("UBND các phường" are not those of districts).
    """
    opening = _PLURAL.match(group)
    if opening is None or _PLURAL.match(unit.name) or _restricted().search(fold(group)):
        return False
    words = [piece.strip().lower() for piece in _SPLIT.split(group[opening.end() :])]
    by_word = {word: kind for kind in knowledge().unit_kinds for word in kind.group_words}
    if not words or words[0] not in by_word:
        return False
    kinds = {kind.label for kind in knowledge().unit_kinds if set(words) & set(kind.group_words)}
    place = _OF_PLACE.sub("", unit.name).lower()
    if any(place.startswith(kind + " ") for level in knowledge().levels for kind in level.places):
        return any(place.startswith(word + " ") for word in words if knowledge().level_of_place(word))
    return unit.kind in kinds


@cache
def _restricted() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in knowledge().cues["group-restricted"])
    return re.compile(rf"\b(?:{words})\b")


def _groups(graph: Statements) -> None:
    units = graph.document.units
    count = 0
    for group in units:
        for member in units:
            if not (group.lines and member.lines and is_member(group.name, member)):
                continue
            whole, part = graph.unit(group.name), graph.unit(member.name)
            if whole == part or part == graph.here:
                continue
            count += 1
            spans = sorted({(line, line) for line in (group.lines[0], member.lines[0])})
            node = graph.statement(
                f"U{count:03d}", f"{group.name} gồm {member.name}", (whole, "org:hasMember", part), *spans, method=SAME_KIND
            )
            graph.say(node, "cancu:confidence", decimal(_CONFIDENCE))


def _entry(unit: Unit) -> UnitEntry | None:
    """The entry of the list of units that a document's unit is."""
    wanted = fold(expand(unit.name))
    return next((entry for entry in knowledge().units if fold(entry.label) == wanted), None)


def _stands_where(graph: Statements, entry: UnitEntry) -> bool:
    """Whether the unit that a document names is the listed one: national, of a province, or an office of the document's level."""
    if is_national(entry.label):
        return True
    return entry.level == "sở/ngành" or entry.level == graph.document.header.level


def _successors(graph: Statements, node: ox.NamedNode, entry: UnitEntry) -> None:
    new = [graph.unit(name) for name in entry.successors]
    graph.say(node, "dcterms:isReplacedBy", *new)
    graph.say(node, "schema:validThrough", day(entry.valid_to) if entry.valid_to else None)
    change = entry.ended_by
    if change is None:
        return
    event = graph.node(ox.NamedNode(change.iri), change.label, "org:ChangeEvent")
    graph.say(event, "dcterms:date", day(change.date) if change.date else None)
    graph.say(event, "dcterms:source", *(ox.NamedNode(source) for source in change.sources))
    graph.say(node, "org:changedBy", event)
    for successor in new:
        graph.say(successor, "org:resultedFrom", event)
    if change.date is None:
        graph.say(event, "skos:note", text("Ngày cụ thể do từng tỉnh, thành phố quyết định."))
