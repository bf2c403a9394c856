"""The picture of a page made ready for recognition: grey, upright, straight, on even paper, without ruling lines.

The skew is the angle at which the rows of ink are sharpest apart (projection profiles, Postl 1986).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from documents.reading.ruling import Rules

if TYPE_CHECKING:
    from numpy import ndarray
    from PIL.Image import Image

_LARGEST_SKEW = 4.0
"""Degrees; a page that lies more askew is not straightened."""
_WORTH_TURNING = 0.08
_BRIGHT, _COLOURED = 110, 45
"""A pixel this bright in red or blue that is by so much brighter than in the other colours is of a seal or a pen."""
_MOST_COLOURED = 0.85
"""With a larger share of coloured ink the page is printed in colour."""
_MOST_INK = 0.5
"""A picture with a larger share of ink is no page."""
_PROFILE_WIDTH = 800
"""Pixels across that are enough to see the skew."""


def straightened(image: Image) -> tuple[Image, float]:
    """The grey picture turned so that its lines run level, and by how many degrees (counter-clockwise) it was turned."""
    from PIL.Image import Resampling

    angle = skew(image)
    if abs(angle) < _WORTH_TURNING:
        return image, 0.0
    return image.rotate(angle, resample=Resampling.BICUBIC, fillcolor=paper(image)), angle


def skew(image: Image) -> float:
    """By how many degrees the lines of the grey picture fall to the right; 0 where no angle is better than another."""
    import numpy

    small = image.reduce(max(1, image.width // _PROFILE_WIDTH))
    ys, xs = numpy.nonzero(numpy.asarray(small) < paper(small) * 0.7)
    if not 0 < len(ys) < _MOST_INK * small.width * small.height:
        return 0.0

    def sharpness(angle: float) -> float:
        levels = numpy.rint(ys - xs * math.tan(math.radians(angle))).astype(numpy.int64)
        profile = numpy.bincount(levels - levels.min())
        return float((numpy.diff(profile.astype(numpy.float64)) ** 2).sum())

    best, step, reach = 0.0, 1.0, _LARGEST_SKEW
    while step >= 0.06:
        count = round(reach / step)
        # among equally sharp angles the most level one wins
        best = max(sorted((best + i * step for i in range(-count, count + 1)), key=abs), key=sharpness)
        reach, step = step, step / 4
    return best if abs(best) <= _LARGEST_SKEW else 0.0


def paper(image: Image) -> int:
    """The brightness of the paper: that of most of the pixels."""
    counts = image.histogram()[:256]
    half, seen = sum(counts) * 0.35, 0
    for grey in range(255, -1, -1):
        seen += counts[grey]
        if seen >= half:
            return grey
    return 255


def without_rules(grey: ndarray[Any, Any], rules: Rules, dpi: float) -> ndarray[Any, Any]:
    """A copy of the picture in which the ruling lines are paper; letters that touch them lose a pixel or two."""
    found = grey.copy()
    value = _paper_of(grey)
    reach = max(2, round(dpi / 90))
    for rule in rules.across:
        top, bottom = max(0, round(rule.at) - reach), round(rule.at) + reach + 1
        found[top:bottom, max(0, int(rule.start) - 2) : int(rule.end) + 3] = value
    for rule in rules.down:
        left, right = max(0, round(rule.at) - reach), round(rule.at) + reach + 1
        found[max(0, int(rule.start) - 2) : int(rule.end) + 3, left:right] = value
    return found


def grey_of(image: Image) -> Image:
    """The picture in grey without the colours of seals and signatures: bright red and blue ink becomes paper, unless most of
    what the page shows is coloured; letters below it stay, being darker."""
    from PIL import Image as images

    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        return _narrowed(image)
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        whole = image.convert("RGBA")
        under = images.new("RGBA", whole.size, "white")
        under.alpha_composite(whole)
        image = under
    colours = image.convert("RGB")
    return _without_colours(colours)


def _without_colours(image: Image) -> Image:
    import numpy
    from PIL import Image as images

    grey = numpy.array(image.convert("L"))
    red, green, blue = (numpy.asarray(image.getchannel(name), dtype=numpy.int16) for name in "RGB")
    seal = (red > _BRIGHT) & (red - numpy.maximum(green, blue) > _COLOURED)
    pen = (blue > _BRIGHT) & (blue - red > _COLOURED)
    coloured = seal | pen
    ink = grey < 0.7 * paper(images.fromarray(grey))
    if coloured.any() and int((coloured & ink).sum()) < _MOST_COLOURED * int(ink.sum()):
        grey[coloured] = paper(images.fromarray(grey))
    return images.fromarray(grey)


def _narrowed(image: Image) -> Image:
    """A picture of more than 8 bits a pixel as one of 8."""
    import numpy
    from PIL import Image as images

    values = numpy.asarray(image, dtype=numpy.float32)
    low, high = float(values.min()), float(values.max())
    if high > low:
        values = (values - low) * (255.0 / (high - low))
    return images.fromarray(values.clip(0, 255).astype(numpy.uint8))


def _paper_of(grey: ndarray[Any, Any]) -> int:
    import numpy

    return int(numpy.percentile(grey[::4, ::4], 65)) if grey.size else 255
