"""A folder whose contents change as a whole: generations, and a pointer to the one in force.

A new generation is written aside, forced to disk and renamed; then a one-line file that names it is replaced. Whatever
breaks off in between (a crash, a full disk) leaves the previous generation in force and untouched.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

_POINTER = "CURRENT"
_PREFIX = "generation-"


def _force(path: Path) -> None:
    """Forces a file or folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def current(folder: Path) -> Path | None:
    """The generation in force, or ``None`` when there is none yet. Raises ``ValueError`` for a damaged pointer."""
    try:
        name = (folder / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    if not name.startswith(_PREFIX) or "/" in name or not (folder / name).is_dir():
        raise ValueError(f"Chỉ mục trong {folder} bị hỏng; hãy lập lại: cancu rebuild")
    return folder / name


def _next_name(folder: Path) -> str:
    used = [int(path.name.removeprefix(_PREFIX)) for path in folder.glob(f"{_PREFIX}*") if path.name[len(_PREFIX) :].isdigit()]
    return f"{_PREFIX}{max(used, default=0) + 1:06d}"


def replace(folder: Path, write: Callable[[Path], None]) -> Path:
    """Puts a new generation in force, whose files ``write`` makes in the folder that it is given; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix="aside-", dir=folder))
    try:
        write(aside)
        for path in aside.rglob("*"):
            _force(path)
        _force(aside)
        new = folder / _next_name(folder)
        aside.rename(new)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    pointer = folder / f"{_POINTER}.new"
    pointer.write_text(new.name + "\n", encoding="utf-8")
    _force(pointer)
    pointer.replace(folder / _POINTER)
    _force(folder)
    for old in (*folder.glob(f"{_PREFIX}*"), *folder.glob("aside-*")):
        if old != new:
            shutil.rmtree(old, ignore_errors=True)
    return new
