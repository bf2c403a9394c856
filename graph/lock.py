"""One owner of a data folder at a time, and many readers or one writer inside that owner.

Oxigraph's on-disk store belongs to one process: a second open fails, and reading beside a writer is not safe. The whole data
folder is therefore locked. The lock is the operating system's (``flock``), so it is free the moment its holder ends, however
it ends; the file only says who holds it and, for a running server, at which address commands can speak to it.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import DataFolderBusy

LOCK_NAME = "lock"
_LOOKS, _LOOK_SECONDS = 10, 0.02


@dataclass(frozen=True, slots=True)
class Holder:
    """Who owns a data folder: process, machine, command line, since when (ISO, UTC), and the server's address if it serves."""

    pid: int
    host: str
    command: str
    since: str
    address: str | None = None

    def __str__(self) -> str:
        """The holder in words, for messages."""
        where = f", địa chỉ {self.address}" if self.address else ""
        return f"“{self.command}” (tiến trình {self.pid} trên máy {self.host}, từ {self.since}{where})"


def _read_holder(descriptor: int) -> Holder | None:
    """What the lock file says; ``None`` while it is empty or half written."""
    try:
        return Holder(**json.loads(os.pread(descriptor, 65536, 0).decode("utf-8")))
    except (ValueError, TypeError):
        return None


def _acquire(descriptor: int, mode: int) -> bool:
    try:
        fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _acquire_soon(descriptor: int) -> bool:
    """Take the lock; a process that merely looks who holds it (:func:`holder`) is waited for, an owner is not."""
    for _ in range(_LOOKS):
        if _acquire(descriptor, fcntl.LOCK_EX):
            return True
        if _read_holder(descriptor):
            return False
        time.sleep(_LOOK_SECONDS)
    return False


class FolderLock:
    """The ownership of a data folder, held from construction to :meth:`release`."""

    def __init__(self, folder: Path, command: str) -> None:
        """Take ``folder`` for the process that runs ``command``; raises :class:`DataFolderBusy` naming the holder."""
        self._descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if not _acquire_soon(self._descriptor):
            holder = _read_holder(self._descriptor)
            os.close(self._descriptor)
            raise DataFolderBusy(f"Thư mục dữ liệu {folder} đang được dùng bởi {holder or 'một tiến trình khác'}.", holder)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        self._holder = Holder(os.getpid(), socket.gethostname(), command, since)
        self._write()

    def _write(self) -> None:
        text = json.dumps(asdict(self._holder), ensure_ascii=False).encode("utf-8")
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text, 0)

    def announce(self, address: str | None) -> None:
        """Say in the lock file at which address this process serves the folder (``None``: no longer)."""
        self._holder = replace(self._holder, address=address)
        self._write()

    def release(self) -> None:
        """Give the folder back. The file stays, empty: deleting it would let two processes lock two different files."""
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1


def holder(folder: Path) -> Holder | None:
    """Who owns ``folder`` now; ``None`` when nobody does. What a dead process left in the file does not count."""
    try:
        descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return None if _acquire(descriptor, fcntl.LOCK_SH) else _read_holder(descriptor)
    finally:
        os.close(descriptor)


def running_server(folder: Path | str) -> str | None:
    """The address of the server that owns ``folder``; ``None`` when no server does."""
    owner = holder(Path(folder))
    return owner.address if owner else None


class ReadWriteLock:
    """Many readers or one writer among the threads of a process; a waiting writer goes before new readers.

    A thread that writes may read as well; a thread that only reads must not ask to write (it would wait for itself).
    """

    def __init__(self) -> None:
        """Nobody reads, nobody writes."""
        self._state = threading.Condition()
        self._readers: dict[int, int] = {}
        self._writer: int | None = None
        self._depth = 0
        self._waiting = 0

    @contextmanager
    def read(self) -> Iterator[None]:
        """Hold the lock for reading."""
        me = threading.get_ident()
        with self._state:
            if self._writer != me and me not in self._readers:
                self._state.wait_for(lambda: self._writer is None and not self._waiting)
            self._readers[me] = self._readers.get(me, 0) + 1
        try:
            yield
        finally:
            with self._state:
                self._readers[me] -= 1
                if not self._readers[me]:
                    del self._readers[me]
                self._state.notify_all()

    @contextmanager
    def write(self) -> Iterator[None]:
        """Hold the lock for writing, alone."""
        me = threading.get_ident()
        with self._state:
            if self._writer != me:
                if me in self._readers:
                    raise RuntimeError("a reader asked to write: it would wait for itself")
                self._waiting += 1
                try:
                    self._state.wait_for(lambda: self._writer is None and not self._readers)
                finally:
                    self._waiting -= 1
                self._writer = me
            self._depth += 1
        try:
            yield
        finally:
            with self._state:
                self._depth -= 1
                if not self._depth:
                    self._writer = None
                self._state.notify_all()
