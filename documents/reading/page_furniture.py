"""What stands on pages and is not their text: page numbers, headers and footers, and the lines that digital signatures leave.

Page numbers stand in the middle of the upper margin (Nghị định 30/2020/NĐ-CP, appendix I) or below the text; headers and footers
are the lines that pages repeat there. A digital signature shows its fields ("Người ký: ...", "Thời gian ký: ...") one below the
other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.cue import opens
from documents.reading.page_lines import BLANK, Line
from documents.text import collapse, fold

_MARGIN = 0.1
"""Share of the page's height, at its top and at its bottom, in which headers and footers stand."""
_EDGE_LINES = 3
"""So many lines at most are a header or footer."""
_NUMBER = re.compile(
    r"[-–—_.\s]*\d{1,4}[-–—_.\s]*|(?:trang|page|tr\.)\s*\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4}", re.I
)
_REPEATED = 0.5
"""A header stands on so many of the pages at least."""
_ONE_HEIGHT = 0.6
"""Line heights within which footers of two pages stand as far from the lower edge."""
_FIELDS = 2
"""So many fields below each other are a digital signature."""
_NEAR = 2.2
"""Line heights between the fields of a digital signature."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number, its lines, how high it is in the units of their boxes."""

    number: int
    lines: tuple[Line, ...]
    height: float

    def scaled(self, by: float) -> Page:
        """The page with all places in other units: times ``by``."""
        lines = tuple(
            line
            if line.box is None
            else replace(line, box=(line.box[0] * by, line.box[1] * by, line.box[2] * by, line.box[3] * by))
            for line in self.lines
        )
        return Page(self.number, lines, self.height * by)


def without_furniture(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without what is not their text, and that, once each, in the order of the pages."""
    repeated = _repeated(pages)
    apart: list[str] = []
    found = []
    for page in pages:
        edges = {
            i for i in _edge(page) if _NUMBER.fullmatch(page.lines[i].text.strip()) or _shape(page.lines[i].text) in repeated
        }
        out = edges | _signatures(page.lines)
        apart += [page.lines[i].text for i in sorted(out)]
        kept = [line for i, line in enumerate(page.lines) if i not in out]
        while kept and kept[0] is BLANK:
            del kept[0]
        found.append(Page(page.number, tuple(kept), page.height))
    return found, list(dict.fromkeys(apart))


def _edge(page: Page) -> list[int]:
    """The indexes of the lines in the upper and lower margin."""
    shown = [i for i, line in enumerate(page.lines) if line.box is not None and not line.cells]

    def at(i: int) -> float:
        box = page.lines[i].box
        return (box[1] + box[3]) / 2 if box else 0.0

    by_height = sorted(shown, key=at)
    top = [i for i in by_height[:_EDGE_LINES] if at(i) <= _MARGIN * page.height]
    bottom = [i for i in by_height[-_EDGE_LINES:] if at(i) >= (1 - _MARGIN) * page.height]
    return sorted({*top, *bottom})


def _shape(text: str) -> str:
    """The text as headers repeat it: figures may differ."""
    return re.sub(r"\d+", "0", collapse(fold(text)))


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """What headers and footers say: lines that many pages show in their margins, or that pages show at one height of the lower
    one (a first page often has a footer of its own, and so have lying pages)."""
    counts = Counter(shape for page in pages for shape in {_shape(page.lines[i].text) for i in _edge(page)})
    least = max(3, _REPEATED * len(pages)) if len(pages) > 3 else 2
    # a letterhead or a title stands once; two pages that begin alike prove a header only where there are no more pages
    found = {shape for shape, count in counts.items() if count >= least and len(pages) > 1}
    feet: dict[str, list[float]] = {}
    for page in pages:
        for i in _edge(page):
            box = page.lines[i].box
            if box is not None and box[1] > page.height / 2:
                feet.setdefault(_shape(page.lines[i].text), []).append((page.height - box[3]) / (box[3] - box[1]))
    for shape, heights in feet.items():
        if any(abs(a - b) <= _ONE_HEIGHT for a, b in pairwise(sorted(heights))):
            found.add(shape)
    return frozenset(shape for shape in found if shape.strip("0 "))


def _signatures(lines: Sequence[Line]) -> set[int]:
    """The indexes of the lines of digital signatures: runs of fields, at least one of which says who signed or when."""
    found: set[int] = set()
    run: list[int] = []
    for i, line in enumerate([*lines, Line("", (0, 0, 0, 0))]):
        if line is BLANK:
            continue
        folded = fold(line.text).strip()
        if i < len(lines) and not line.cells and (_is_field(folded) or (run and _goes_on(lines[run[-1]], line, folded))):
            run.append(i)
            continue
        fields = [n for n in run if _is_field(fold(lines[n].text).strip())]
        if len(fields) >= _FIELDS and any(opens("digital-signature", fold(lines[n].text).strip()) for n in fields):
            found.update(run)
        elif any(opens("digitally-signed", fold(lines[n].text).strip()) for n in run):
            found.update(fields)
        run = []
    return found


def _is_field(folded: str) -> bool:
    return any(
        (cue := opens(name, folded)) and (name == "digitally-signed" or folded[len(cue) :].lstrip().startswith(":"))
        for name in ("digital-signature", "digital-signature-field", "digitally-signed")
    )


def _goes_on(before: Line, line: Line, folded: str) -> bool:
    """Whether a line is the wrapped rest of a field: right below it, as far left, and no sentence of the text."""
    if before.box is None or line.box is None or len(folded) > 60 or ":" in folded:
        return False
    height = before.box[3] - before.box[1]
    below = line.box[1] - before.box[3]
    return (
        -height < below < 0.8 * height
        and abs(line.box[0] - before.box[0]) < _NEAR * height
        and line.box[3] - line.box[1] <= 1.3 * height
    )
