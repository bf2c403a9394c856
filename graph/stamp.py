"""What a derived part was made from: the version of its maker, and for each document the record and a count.

The stamp is taken away before a change and written after it, so a part whose change was cut short is known as such.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from graph.record_store import write_whole

Present = dict[str, tuple[str, int]]
"""Key of each document in a part → the name of its record, and how many triples or passages it has there."""


class Stamp:
    """The stamp of one derived part."""

    def __init__(self, path: Path, version: str) -> None:
        """The stamp at ``path`` of a part that the maker ``version`` makes."""
        self._path = path
        self._version = version

    def read(self) -> Present | None:
        """What the part holds; ``None`` when it must be made from nothing."""
        try:
            content = json.loads(self._path.read_bytes())
            if content["version"] != self._version:
                return None
            return {key: (str(record), int(count)) for key, (record, count) in content["documents"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def clear(self) -> None:
        """Say that the part is being changed."""
        self._path.unlink(missing_ok=True)

    def write(self, documents: Mapping[str, tuple[str, int]]) -> None:
        """Say that the part is complete for ``documents``."""
        content = {"version": self._version, "documents": dict(sorted(documents.items()))}
        write_whole(self._path, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
