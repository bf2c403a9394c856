"""Makes pairs of true and recognised lines: text rendered to page images and recognised as English and as Vietnamese.

    python benchmarks/recognise_pages.py TRAINING_DIR PAIRS.jsonl [--pages 300] [--held-back] [--languages eng,vie]

Needs Tesseract 5 with `eng` and `vie` and the fonts Liberation 2 (version 1 lacks Vietnamese letters), FreeSerif and DejaVu
Serif, which stand in for the Times New Roman and Arial of offices. Each page varies font, size, resolution, skew, blur and grain
with a fixed seed. One JSON object per page and language: ``{"true": [lines], "read": [lines], "language": "eng", "dpi": 200,
"noise": "clean"}``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from train_restoration import articles, held_back

FONT_FOLDER = Path("/usr/share/fonts/truetype")
FONTS = (
    *("liberation2/LiberationSerif-Regular.ttf",) * 5,
    *("freefont/FreeSerif.ttf",) * 2,
    "liberation2/LiberationSerif-Bold.ttf",
    "liberation2/LiberationSerif-Italic.ttf",
    "dejavu/DejaVuSerif.ttf",
    "liberation2/LiberationSans-Regular.ttf",
)


def wrapped(paragraphs: list[str], width: int) -> list[str]:
    """The paragraphs as lines of at most ``width`` characters, as an office prints them."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        if line:
            lines.append(line)
    return lines


RESOLUTIONS = (100, 150, 200, 300)
NOISES = ("clean", "grain", "bilevel")
"""As exported by a word processor; as scanned in shades of grey; as scanned in black and white only."""


def page_image(lines: list[str], dpi: int, noise: str, rng: random.Random) -> Image.Image:
    """A page of grey pixels, A4, scanned more or less well."""
    size = round(rng.choice((13, 13.5, 14)) * dpi / 72)
    font = ImageFont.truetype(str(FONT_FOLDER / rng.choice(FONTS)), size)
    image = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 255)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        draw.text((dpi, dpi * 0.8 + row * size * 1.35), line, font=font, fill=rng.randint(0, 60))
    if noise == "clean":
        return image
    image = image.rotate(rng.uniform(-1.0, 1.0), fillcolor=255, resample=Image.Resampling.BICUBIC)
    if rng.random() < 0.8:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.9) * dpi / 200))
    grain = np.random.default_rng(rng.randint(0, 2**31)).normal(0, rng.uniform(4, 24), (image.height, image.width))
    grey = np.clip(np.asarray(image, dtype=np.float32) + grain, 0, 255)
    if noise == "bilevel":
        grey = np.where(grey < rng.choice((110, 140, 170, 200)), 0.0, 255.0)
    return Image.fromarray(grey.astype(np.uint8))


def recognised(image: Image.Image, language: str, dpi: int, folder: Path) -> list[str]:
    """What Tesseract reads on the page when told that it is in ``language``."""
    path = folder / "page.png"
    image.save(path)
    result = subprocess.run(
        ["tesseract", str(path), "-", "-l", language, "--psm", "6", "--dpi", str(dpi)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return [line for line in result.stdout.splitlines() if line.strip()]


def sample_texts(folder: Path, rng: random.Random, kept_back: bool) -> list[str]:
    """Some of the training texts, shuffled: of those that the language model is counted on, or of those kept back from it."""
    texts = [text[:6000] for text in articles(folder) if held_back(text) == kept_back and (kept_back or rng.random() < 0.05)]
    rng.shuffle(texts)
    return texts


def main() -> None:
    """Renders and recognises the pages."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("training", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--held-back", action="store_true", help="pages of the articles kept back, to measure with")
    parser.add_argument("--languages", default="eng,vie")
    options = parser.parse_args()
    rng = random.Random(20250828)
    kinds = itertools.cycle(itertools.product(RESOLUTIONS, NOISES))
    texts = itertools.cycle(sample_texts(options.training, rng, options.held_back))
    with options.pairs.open("w", encoding="utf-8") as out, tempfile.TemporaryDirectory() as folder:
        for _ in range(options.pages):
            lines: list[str] = []
            while len(lines) < 34:
                paragraphs = [p for p in re.split(r"\n+", next(texts)) if len(p) > 20 and "{\\" not in p]
                if rng.random() < 0.12:
                    paragraphs = [p.upper() for p in paragraphs]
                lines += wrapped(paragraphs, rng.randint(66, 84))[:20]
            lines = lines[:34]
            dpi, noise = next(kinds)
            image = page_image(lines, dpi, noise, rng)
            for language in options.languages.split(","):
                read = recognised(image, language, dpi, Path(folder))
                page = {"true": lines, "read": read, "language": language, "dpi": dpi, "noise": noise}
                out.write(json.dumps(page, ensure_ascii=False) + "\n")
                out.flush()


if __name__ == "__main__":
    main()
