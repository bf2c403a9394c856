"""Versions of what makes the kept and derived parts, so that a part made by older code or knowledge is made again.

A version is a hash of the files that decide the result. Nobody has to remember to raise a number when a rule or a list changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from graph import iri

_ROOMS = Path(__file__).resolve().parent.parent
_READ_WHOLE = (".py", ".ttl", ".json", ".txt")
_SMALL = 1_000_000


def _digest(paths: Iterable[Path]) -> str:
    """A hash over files: of their content; of name and size alone for large data such as model weights."""
    total = sha256()
    for path in sorted(paths):
        size = path.stat().st_size
        total.update(f"{path.relative_to(_ROOMS).as_posix()} {size}\n".encode())
        if path.suffix in _READ_WHOLE and size < _SMALL:
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _room(name: str, pattern: str = "**/*") -> list[Path]:
    return [p for p in (_ROOMS / name).glob(pattern) if p.is_file() and "__pycache__" not in p.parts]


@cache
def reader_version() -> str:
    """The version of what turns a file into a document: reading, understanding, and the knowledge that they use."""
    return _digest(_room("documents") + _room("ontology"))


@cache
def graph_version(base: str) -> str:
    """The version of what turns a document into a graph with the IRI ``base``; see :func:`graph.iri.base`."""
    makers = [_ROOMS / "graph" / f"{name}.py" for name in ("build", "statements", "iri")]
    makers += [_ROOMS / "documents" / "identity.py", _ROOMS / "embeddings" / "passage.py"]
    return f"{_digest(makers + _room('ontology'))} {base}"


def store_version() -> str:
    """The version of the triple store as it would be made now."""
    return graph_version(iri.base())


@cache
def index_version() -> str:
    """The version of what turns a document into entries of the search index: passages, words, vectors."""
    makers = [path for path in _room("embeddings") if "train" not in path.relative_to(_ROOMS).parts]
    return _digest([*makers, _ROOMS / "documents" / "identity.py"])
