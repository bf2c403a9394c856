"""The other side of :mod:`documents.reading.worker`: reads one request per line, writes one reply per line, both JSON.

Run as a script, on its own (``python -I worker_process.py FOLDER BYTES``): FOLDER is where the package ``documents`` stands,
BYTES the address space that it may use. Replies: ``{"page": n}`` as often as the reader says so, then one of ``{"text": ...}``,
``{"refused": [reason, hint]}``, ``{"memory": true}``, ``{"failed": "..."}``.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

_GRACE_SECONDS = 10
_LARGEST_FILE = 2_000_000_000
"""Bytes of a file that a reader may write (a converter's result, an image for recognition)."""


def _bound(memory: int) -> None:
    """No more memory than that, no core files; a soft limit, so that a converter of known appetite can be given its own."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))


def _allow(seconds: float) -> None:
    """Processor time for one file. The parent ends what takes too long; should it be killed, this limit does."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + _GRACE_SECONDS, hard))


def _answer(request: dict[str, Any], out: BinaryIO) -> dict[str, Any]:
    from documents.errors import UnreadableDocument
    from documents.reading.limits import Limits
    from documents.reading.readers import reader_of

    def progress(page: int) -> None:
        _write(out, {"page": page})

    limits = Limits(**request["limits"], progress=progress)
    _allow(limits.seconds)
    try:
        return {"text": asdict(reader_of(request["format"])(Path(request["path"]), limits))}
    except UnreadableDocument as error:
        return {"refused": [error.reason, error.hint]}
    except MemoryError:
        return {"memory": True}
    except RecursionError:
        return {"refused": ["có cấu trúc lồng nhau quá sâu.", "Hãy mở bằng phần mềm gốc, lưu lại rồi nạp lại."]}
    except Exception as error:  # a library may raise anything over a damaged file; the next file must still be read
        return {"failed": type(error).__name__}


def _write(out: BinaryIO, reply: dict[str, Any]) -> None:
    out.write(json.dumps(reply).encode() + b"\n")
    out.flush()


def main(folder: str, memory: int) -> None:
    """Answer requests until standard input ends."""
    sys.path.insert(0, folder)
    # what libraries print must not stand among the replies
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _bound(memory)
    _write(out, {"ready": True})
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        for line in sys.stdin:
            try:
                reply = _answer(json.loads(line), out)
                _write(out, reply)
            except MemoryError:
                _write(out, {"memory": True})


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
