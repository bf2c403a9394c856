"""The process in which files made by others are read: bounded in time and memory, and ended when it exceeds either.

Libraries that open Word, PDF or images work on what anybody may have put together, and none of them has a time-out. One warm
process serves file after file (starting one takes longer than reading most files); it is ended, with everything that it
started, when a page or a file takes too long, and after a number of files, because libraries leak.
:mod:`documents.reading.worker_process` is the other side.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from documents.errors import UnreadableDocument
from documents.reading.limits import Limits
from documents.reading.source_text import SourceText

_START_SECONDS = 60.0
_FILES = 200
"""Files after which the process is replaced."""

_LARGEST_REPLY = 200_000_000


class _TooSlow(Exception):
    """Nothing came from the process in time."""


class _Gone(Exception):
    """The process ended by itself."""


class Worker:
    """One process that reads files, started when first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._memory = 0
        self._read = 0
        self._turn = threading.Lock()

    def read(self, path: Path, format_id: str, limits: Limits) -> SourceText:
        """The text of the file at ``path``, which is in the format ``format_id``.

        Raises :class:`UnreadableDocument` for what the reader refuses, for a reader that takes more time or memory than the
        ``limits`` allow, and for one that fails over a damaged file.
        """
        with self._turn:
            try:
                reply = self._ask(path, format_id, limits)
            except _TooSlow:
                self._end()
                hint = "Tệp quá nặng hoặc bị hỏng; hãy chia nhỏ tệp, hoặc lưu lại bằng phần mềm gốc rồi nạp lại."
                raise UnreadableDocument(path.name, "đọc quá lâu nên đã bị dừng.", hint) from None
            except _Gone:
                self._end()
                raise _out_of_memory(path, limits) from None
            except BaseException:
                self._end()
                raise
        return _text_of(reply, path, limits)

    def close(self) -> None:
        """End the process and what it started."""
        process = self._process
        if process:
            _kill(process)
        with self._turn:
            self._end()

    def _ask(self, path: Path, format_id: str, limits: Limits) -> dict[str, Any]:
        process = self._started(limits)
        bounds = {name: value for name, value in asdict(limits).items() if name != "progress"}
        request = {"path": str(path.absolute()), "format": format_id, "limits": bounds}
        self._read += 1
        end = time.monotonic() + limits.seconds
        assert process.stdin
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
        except BrokenPipeError:
            raise _Gone from None
        while True:
            reply = _reply(process, min(end, time.monotonic() + limits.page_seconds))
            if "page" not in reply:
                return reply
            limits.progress(reply["page"])

    def _started(self, limits: Limits) -> subprocess.Popen[bytes]:
        if self._process and (self._read >= _FILES or self._memory != limits.memory_bytes or self._process.poll() is not None):
            self._end()
        if self._process is None:
            script = Path(__file__).with_name("worker_process.py")
            command = [sys.executable, "-I", str(script), str(script.parents[2]), str(limits.memory_bytes)]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,
                # libraries of linear algebra reserve address space per thread, which counts as memory
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "2"},
            )
            self._memory, self._read = limits.memory_bytes, 0
            atexit.register(self._end_at_exit)
            if "ready" not in _reply(self._process, time.monotonic() + _START_SECONDS):
                raise _Gone
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            _kill(process)
            process.communicate()
            atexit.unregister(self._end_at_exit)

    def _end_at_exit(self) -> None:
        if self._process:
            _kill(self._process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started (they are one process group)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _reply(process: subprocess.Popen[bytes], end: float) -> dict[str, Any]:
    """The next reply. Raises :class:`_TooSlow` after ``end``, :class:`_Gone` when the process is."""
    assert process.stdout
    output = select.poll()
    output.register(process.stdout, select.POLLIN | select.POLLHUP)
    chunks: list[bytes] = []
    size = 0
    while not (chunks and chunks[-1].endswith(b"\n")):
        if not output.poll(max(0.0, end - time.monotonic()) * 1000):
            raise _TooSlow
        chunk = process.stdout.read(1 << 20)
        size += len(chunk or b"")
        if not chunk or size > _LARGEST_REPLY:
            raise _Gone
        chunks.append(chunk)
    # progress may have been told several times since the last look: the last line counts
    return dict(json.loads(b"".join(chunks).splitlines()[-1]))


def _out_of_memory(path: Path, limits: Limits) -> UnreadableDocument:
    megabytes = limits.memory_bytes // 1_000_000
    hint = "Hãy chia nhỏ tệp, hoặc lưu lại bằng phần mềm gốc rồi nạp lại."
    return UnreadableDocument(path.name, f"đọc cần hơn {megabytes} MB bộ nhớ, hoặc tệp bị hỏng.", hint)


def _text_of(reply: dict[str, Any], path: Path, limits: Limits) -> SourceText:
    if "refused" in reply:
        raise UnreadableDocument(path.name, *reply["refused"])
    if "memory" in reply:
        raise _out_of_memory(path, limits)
    if "failed" in reply:
        hint = "Tệp có thể bị hỏng; hãy mở bằng phần mềm gốc, lưu lại rồi nạp lại."
        raise UnreadableDocument(path.name, "không đọc được nội dung.", hint)
    text = reply["text"]
    return SourceText(
        lines=tuple(text["lines"]),
        format=text["format"],
        pages=tuple(text["pages"]),
        regions=tuple(region and tuple(region) for region in text["regions"]),
        tables=tuple((first, last) for first, last in text["tables"]),
        recognised=tuple(text["recognised"]),
        apart=tuple(text["apart"]),
        notes=tuple(text["notes"]),
    )


_WORKER = Worker()


def read_apart(path: Path, format_id: str, limits: Limits) -> SourceText:
    """The text of a file, read in the process that this program keeps for it; see :meth:`Worker.read`."""
    return _WORKER.read(path, format_id, limits)


def close() -> None:
    """End the process that :func:`read_apart` keeps; the next file starts another one."""
    _WORKER.close()
