"""Brings the documentation up to date: the modules in docs/architecture.md, the output of commands in README.md.

    .venv/bin/python docs/refresh.py [--modules]

The module tables are made from the first sentence of each module's docstring. In README.md every line of a console block that
begins with "$ " is run from the repository root over a data folder of its own, in order; what it prints (both streams) is put
below it in place of what stood there. ``--modules`` leaves README.md alone.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
MAX_LINES = 60
COLUMNS = 130


def output_of(command: str, environment: dict[str, str]) -> str:
    """What a command prints, in lines of bounded length."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = [line.rstrip() if len(line) <= COLUMNS else line[: COLUMNS - 1] + "…" for line in done.stdout.splitlines()]
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], "..."]
    return "\n".join(lines).replace(environment["CANCU_DATA"], "data")


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring, on one line."""
    words = " ".join((ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0].split())
    sentence = re.split(r"(?<=[^.]\.)\s", words, maxsplit=1)[0]
    return sentence.rstrip(".").replace("|", "/")


def module_table(room: str) -> str:
    """The modules of a room with what each is for."""
    modules = sorted(path for path in (ROOT / room).rglob("*.py") if path.name != "__init__.py")
    rows = [f"| `{path.relative_to(ROOT).as_posix()}` | {first_sentence(path)} |" for path in modules]
    return "\n".join(["| module | what it is for |", "|---|---|", *rows])


def refresh_modules() -> None:
    """Rewrites the module tables, each between its two marks."""
    page = ROOT / "docs" / "architecture.md"
    marked = re.compile(r"(<!-- modules of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
    page.write_text(marked.sub(lambda m: m[1] + module_table(m[2]) + "\n" + m[3], page.read_text("utf-8")), "utf-8")


def refresh_readme() -> None:
    """Runs the commands of README.md and writes what they print."""
    readme = ROOT / "README.md"
    with tempfile.TemporaryDirectory(prefix="cancu-readme-") as folder:
        scratch = Path(folder)
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "CANCU_DATA": str(scratch / "data"),
            "PYTHONUTF8": "1",
            "COLUMNS": str(COLUMNS),
        }

        def filled(block: re.Match[str]) -> str:
            commands = [line for line in block[0].splitlines() if line.startswith("$ ")]
            parts = []
            for command in commands:
                run = command[2:].replace(" out/", f" {scratch}/out/")
                parts.append(f"{command}\n{output_of(run, environment).replace(f'{scratch}/', '')}".rstrip())
            return "\n\n".join(parts) + "\n"

        text = BLOCK.sub(filled, readme.read_text("utf-8"))
    readme.write_text(text, "utf-8")


def main() -> None:
    """Refreshes what was asked for."""
    refresh_modules()
    if "--modules" not in sys.argv[1:]:
        refresh_readme()


if __name__ == "__main__":
    main()
