"""The house: which room may import which, how long a file may be, what no file may say."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("api", "questions", "graph", "embeddings", "documents", "ontology")
"""Each room imports only the rooms to its right."""

MAX_LINES = 450

# Written so that this file does not find itself.
FORBIDDEN = {
    "a folder of a developer's machine": r"/(?:wor[k]|roo[t]|hom[e]/\w+|tm[p]/bas[h]_jobs)/\w",
    "the address of a package registry": r"py[p]i\.org|python[h]osted\.org|download\.pytorc[h]\.org",
    "a key": r"\b(?:sk|ghp|hf)_[A-Za-z0-9]{20,}\b",
    "work left for later": r"\b(?:TOD[O]|FIXM[E]|XX[X])\b",
}


def tracked_files() -> list[Path]:
    """The files of the project: what git tracks or would, else (without git) everything outside hidden folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)]
    return sorted(path for path in files if path.is_file())


FILES = tracked_files()
PYTHON = [path for path in FILES if path.suffix == ".py"]


def rooms_imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every room that a file imports from, wherever the import stands, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        else:
            continue
        for name in names:
            room = name.partition(".")[0]
            if room in ROOMS:
                yield room, node.lineno


def test_rooms_import_only_rooms_to_their_right():
    wrong = []
    for path in PYTHON:
        room = path.relative_to(ROOT).parts[0]
        if room not in ROOMS:
            continue
        allowed = ROOMS[ROOMS.index(room) :]
        for imported, line in rooms_imported(ast.parse(path.read_text("utf-8"))):
            if imported not in allowed:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {imported}")
    assert not wrong


def test_the_guard_of_imports_sees_them_wherever_they_stand():
    source = (
        "def f():\n    from api.backend import Backend\nif 1:\n    import graph.lock as lock\nfrom . import api\nimport apiary\n"
    )
    assert [room for room, _ in rooms_imported(ast.parse(source))] == ["api", "graph"]


def test_every_room_is_there_and_packaged():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in PYTHON if path.name == "__init__.py"}
    assert set(ROOMS) <= packages
    found = project["tool"]["setuptools"]["packages"]["find"]
    installed = {name for name in packages if any(fnmatch(name, pattern) for pattern in found["include"])}
    assert packages == installed, "pyproject.toml installs every package"
    folders = {path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in PYTHON if path.parts[-2] != ROOT.name}
    inside = {name for name in folders if name.split(".")[0] in ROOMS}
    assert inside == packages, "a folder of modules without __init__.py would not be installed"


def test_no_file_is_too_long():
    long = {str(path.relative_to(ROOT)): count for path in PYTHON if (count := path.read_text("utf-8").count("\n")) > MAX_LINES}
    assert not long


def text_of(path: Path) -> str:
    """The text of a file; nothing for one that is no text, or too large to be written by hand."""
    if path.stat().st_size > 3_000_000:
        return ""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_says(what):
    pattern = re.compile(FORBIDDEN[what])
    found = []
    for path in FILES:
        text = text_of(path)
        found += [f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, hit.start()) + 1}" for hit in pattern.finditer(text)]
    assert not found


WORDS = re.compile(r"[^\W\d_]+")
RUN = 30
FORMULAS = 6
"""A directive's official title with its date and issuer makes a few runs of thirty common words; a copied passage makes more."""


def runs_of_words(text: str) -> Iterator[int]:
    """A hash for each run of words."""
    words = WORDS.findall(text.lower())
    return (hash(tuple(words[i : i + RUN])) for i in range(len(words) - RUN + 1))


def test_no_file_copies_the_shared_texts():
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        pytest.skip("../shared is missing")
    known = {
        run
        for folder in ("corpus", "directives")
        for path in (shared / folder).glob("*.txt")
        for run in runs_of_words(text_of(path))
    }
    common = {path.relative_to(ROOT).as_posix(): sum(run in known for run in runs_of_words(text_of(path))) for path in FILES}
    copies = {path: count for path, count in common.items() if count > FORMULAS}
    assert not copies


@pytest.mark.parametrize("name", ["run", "test", ".ci/run"])
def test_the_scripts_can_be_run(name):
    assert (ROOT / name).stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", ROOT / name], check=False).returncode == 0
