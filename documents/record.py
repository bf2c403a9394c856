"""The JSON forms of a document: the lossless record that the data folder keeps, and the form of the shared gold schema."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from documents import model
from documents.model import Document

FORMAT = 2
"""Version of the record form; a record of another version is read from its original again."""


def to_record(document: Document) -> dict[str, Any]:
    """The document as plain JSON values, nothing lost. The inverse is :func:`from_record`."""
    return {"format": FORMAT, "document": _plain(document)}


def from_record(record: dict[str, Any]) -> Document:
    """The document that :func:`to_record` wrote. Raises ``ValueError`` for another format version or a broken record."""
    if record.get("format") != FORMAT:
        raise ValueError(f"bản ghi có định dạng {record.get('format')!r}, cần {FORMAT}")
    try:
        found = _build(Document, record["document"])
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"bản ghi hỏng: {error!r}") from error
    assert isinstance(found, Document)
    return found


def to_gold(document: Document) -> dict[str, Any]:
    """The document in the form of the shared gold schema (``gold/SCHEMA.md``)."""
    header = _plain(document.header)
    head = {
        k: header[k]
        for k in ("type", "number", "number_note", "title", "issuer", "level", "date", "date_note", "place", "signer", "period")
    }
    return {
        "source": document.source,
        "document": head,
        "citations": [
            {
                "number": c.number,
                "type": c.type,
                "issuer": c.issuer,
                "date": c.date,
                "other_dates": list(c.other_dates),
                "title": c.title,
                "as_written": list(c.as_written),
                "lines": list(c.lines),
                "relation": c.relation,
            }
            for c in document.citations
        ],
        "units": [{"name": u.name, "as_written": list(u.as_written), "kind": u.kind} for u in document.units],
        "tasks": [_plain(t) for t in document.tasks],
        "targets": [{k: v for k, v in _plain(t).items() if k not in ("id", "section")} for t in document.targets],
        "defects": [_plain(d) for d in document.defects],
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value


_HINTS: dict[type, dict[str, Any]] = {}


def _build(kind: Any, value: Any) -> Any:
    """The value of type ``kind`` from plain JSON values."""
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _build(next(a for a in get_args(kind) if a is not type(None)), value)
    if origin is tuple:
        args = get_args(kind)
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_build(args[0], v) for v in value)
        return tuple(_build(a, v) for a, v in zip(args, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _HINTS.setdefault(kind, get_type_hints(kind, vars(model)))
        return kind(**{f.name: _build(hints[f.name], value[f.name]) for f in fields(kind)})
    return value
