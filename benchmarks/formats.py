"""Whether a document reads the same in every format: header, citations and tasks against those of the text file.

    .venv/bin/python benchmarks/formats.py [FILE...] [--formats docx,pdf,...] [--keep FOLDER] [--differences] [--word-styles]

Each text (default: the samples in examples/) is laid out as a clerk would in Word, and from that LibreOffice and PDFium make
.odt, .html, a PDF with text, a 300 dpi scan and a bad 200 dpi scan (turned, blurred, grainy, JPEG; seeded). Prints for each
format the share of equal header fields, the F1 of citations and tasks, and seconds per page. Needs LibreOffice and Tesseract
with ``vie``. With --word-styles the Word document has automatic numbers in hanging position, a footer, merged headings that pages
repeat and units in paragraphs of their own; without, all is typed. Exit status 1 when a format stays below its aim.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "tests")]


@dataclass
class Figures:
    """What was counted for one format."""

    header: list[float] = field(default_factory=list)
    citations: list[float] = field(default_factory=list)
    tasks: list[float] = field(default_factory=list)
    seconds: float = 0.0
    pages: int = 0

    def row(self, form: str, aim: float) -> str:
        """The line of the table."""
        mean = [sum(values) / max(1, len(values)) for values in (self.header, self.citations, self.tasks)]
        worst = min(self.tasks, default=0.0)
        pace = f"{self.seconds / self.pages:.2f}" if self.pages else "-"
        return f"| {form} | {mean[0]:.3f} | {mean[1]:.3f} | {mean[2]:.3f} | {worst:.3f} | {aim:.2f} | {pace} |"


def compare(
    paths: Sequence[Path], forms: Sequence[str], folder: Path, differences: bool, word_styles: bool = False
) -> dict[str, Figures]:
    """Read every text in every format; returns the figures by format."""
    from equivalence import comparison
    from office_documents import word_document

    from documents.reading.readers import read_source

    made = importlib.import_module("equivalence").made
    read = importlib.import_module("documents").read
    figures = {form: Figures() for form in forms}
    for path in paths:
        expected = read(path)
        if word_styles and not (laid_out := folder / f"{path.stem}.docx").is_file():
            word_document(path.read_text("utf-8").split("\n"), laid_out, word_styles=True)
        for form in forms:
            file = made(path, form, folder)
            begin = time.monotonic()
            document = read(file)
            took = time.monotonic() - begin
            found = comparison(expected, document)
            counted = figures[form]
            counted.header.append(found.header)
            counted.citations.append(found.citations)
            counted.tasks.append(found.tasks)
            counted.seconds += took
            counted.pages += max((page or 0 for page in read_source(file)[0].pages), default=0) if form == "pdf" else 0
            print(f"{path.name} {form}: {found.header:.3f} {found.citations:.3f} {found.tasks:.3f} {took:.1f} s", file=sys.stderr)
            if differences:
                for line in found.differences:
                    print(f"    {line}", file=sys.stderr)
    pages = figures["pdf"].pages if "pdf" in figures else 0
    for counted in figures.values():
        counted.pages = pages
    return figures


def main() -> int:
    """Measure as the command line asks; the exit status."""
    from equivalence import AIMS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--formats", default=",".join(AIMS))
    parser.add_argument("--keep", type=Path, help="folder that the made files stay in")
    parser.add_argument("--differences", action="store_true", help="print what differs")
    parser.add_argument("--word-styles", action="store_true", help="lay out with automatic numbers, footers, merged headings")
    arguments = parser.parse_args()
    files = arguments.files or sorted(
        p for p in (ROOT / "examples").iterdir() if p.suffix in {".txt", ".md"} and p.name != "README.md"
    )
    forms = arguments.formats.split(",")
    with tempfile.TemporaryDirectory() as folder:
        kept = arguments.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        figures = compare(files, forms, kept, arguments.differences, arguments.word_styles)
    machine = importlib.import_module("startup").machine
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
    print(f"machine: {machine()}\ntexts: {len(files)}, hash {digest}\ncommand: {' '.join(sys.argv)}\n")
    print("| format | header | citations | tasks | worst | aim | s/page |\n|---|---:|---:|---:|---:|---:|---:|")
    low = []
    for form in forms:
        print(figures[form].row(form, AIMS[form]))
        tasks = figures[form].tasks
        if sum(tasks) / max(1, len(tasks)) < AIMS[form]:
            low.append(form)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
