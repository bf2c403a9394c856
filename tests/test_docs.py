"""The documentation is kept true: what it names exists, and what exists is named."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from canned_backend import CannedBackend

from api.__main__ import main
from api.http import create_app

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ontology", "documents", "embeddings", "graph", "questions", "api")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "benchmarks" / "README.md"]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")

MODULES = sorted(
    path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py") if path.name != "__init__.py"
)


def code_in(text: str) -> list[str]:
    """What stands in back quotes, and every line of a code block."""
    blocks = re.findall(r"```[a-z]*\n(.*?)```", text, re.DOTALL)
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)) + [
        line for b in blocks for line in b.splitlines()
    ]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_is_named_in_the_architecture(module):
    assert f"`{module}`" in ARCHITECTURE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_that_a_page_names_exists(page):
    text = page.read_text("utf-8")
    named = {
        code for code in code_in(text) if re.fullmatch(r"(?:[\w.-]+/)+[\w.-]+\.(?:py|ttl|md|sh|npz|json|jsonl|txt|ipynb)", code)
    }
    missing = [name for name in sorted(named) if not (ROOT / name).exists() and not (page.parent / name).exists()]
    assert not missing
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert not [link for link in links if not (page.parent / link).exists()]


def commands_in(text: str) -> list[list[str]]:
    """Every call of ``cancu`` in the code of a page, as arguments."""
    calls = []
    for code in code_in(text):
        found = re.search(r"(?:^|\s|/)cancu ([a-z][^|>]*)", code)
        if found:
            try:
                calls.append(shlex.split(found[1]))
            except ValueError:
                continue
    return calls


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_in_the_pages_exist_with_their_options(page):
    for name, *arguments in commands_in(page.read_text("utf-8")):
        assert name in main.commands, name
        options = {option for parameter in main.commands[name].params for option in parameter.opts} | {"--help"}
        assert {a for a in arguments if a.startswith("-")} <= options, (name, arguments)


@pytest.mark.parametrize("name", list(main.commands))
def test_every_command_is_in_the_readme(name):
    assert name in {call[0] for call in commands_in(README)}


def test_the_readme_shows_the_output_of_every_console_command():
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
            command, _, output = part.partition("\n")
            assert not command or output.strip(), f"no output below: {command}"


def test_the_table_of_addresses_is_that_of_the_interface():
    described = create_app(CannedBackend()).openapi()["paths"]
    actual = {(method.upper(), path) for path, operations in described.items() for method in operations}
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(GET|POST|DELETE|PUT) (/[^`?]*)", text, re.MULTILINE)) == actual
