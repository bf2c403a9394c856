"""Damaged documents: what happens to texts on their way, made from whole ones by a seeded random generator."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

_ODD = (0x00, 0x09, 0x0A, 0x0B, 0x1F, 0x300, 0x202E, 0xFFFD, 0x1F600, 0x28, 0x29, 0x2A, 0x2E, 0x3B, 0x23, 0x3C, 0x7C)
"""Control characters, marks without a letter, signs of markup and of tables."""
_MARKS = ("- ", "+ ", "I. ", "1. ", "a) ", "1.1. ", "# ", "Điều 1. ", "Phụ lục ", "\t", "| ", "**", "<b>", "STT\t")


def mutations(texts: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """``count`` damaged pieces of ``texts``, the same ones for the same ``seed``."""
    rng = random.Random(seed)
    for _ in range(count):
        lines = rng.choice(texts).split("\n")
        first = rng.randrange(len(lines))
        yield "\n".join(_damaged(lines[first : first + rng.randrange(3, 60)], rng))


def _damaged(lines: list[str], rng: random.Random) -> list[str]:
    match rng.randrange(8):
        case 0:
            rng.shuffle(lines)
        case 1:
            lines = [line[: rng.randrange(len(line) + 1)] for line in lines]
        case 2:
            lines = lines * rng.randrange(1, 6)
        case 3:
            lines = ["".join(c if rng.random() > 0.03 else chr(rng.choice(_ODD)) for c in line) for line in lines]
        case 4:
            lines = [" ".join(lines)]
        case 5:
            lines = [" ".join(lines) * rng.randrange(1, 8)]
        case 6:
            lines = [rng.choice(_MARKS) * rng.randrange(1, 30) + line for line in lines]
        case _:
            lines = [line.replace(" ", rng.choice(("", "  ", "\t"))) for line in lines]
    return lines


def worst_cases(size: int) -> dict[str, str]:
    """Texts of about ``size`` letters that make careless patterns explode, by name."""
    repeated = {
        "one letter": "A",
        "digits": "1",
        "blanks": " ",
        "points": "1.",
        "stars": "*a ",
        "hashes": "#",
        "angle brackets": "<",
        "open tags": "<p ",
        "brackets": "(",
        "quotes": "“",
        "tabs": "a\t",
        "dollars": "$a",
        "dashes": "- ",
        "semicolons": "a; ",
        "numbers": "12/KH-UBND ",
        "endless number": "KH-",
        "types": "Kế hoạch ",
        "laws": "Luật An ",
        "dates": "ngày 12 tháng 1 ",
        "congress": "Nghị quyết Đại hội Đảng bộ ",
        "labels": "Đơn vị chủ trì: ",
        "partners": "phối hợp với Sở Nội vụ và ",
        "percentages": "100% ",
        "titles": "về việc ",
        "issuers": "của Ủy ban nhân dân ",
        "nested plans": "thực hiện Kế hoạch của UBND về ",
        "heads": "Sở ",
        "years": "năm 2025 ",
        "bullets": "- a b c\n",
        "lines that go on": "các\n",
        "initials": "- Làm việc này\n+ Chủ trì: Phòng Văn hóa TTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTTx\n",
        "lines that end with a type": "Quyết định số\n",
        "lines of numbers": "số 57/NQ CP\n",
        "headings": "1. Sở Nội vụ:\n",
        "parts": "I. Nhiệm vụ\n- làm việc này và việc kia\n",
        "rows": "1\tlàm việc kia\tSở Y tế\n",
        "tables": "STT\tNhiệm vụ\tChủ trì\n1\tlàm việc kia\tSở Y tế\n",
        "misspelt": "Chuyên đổi số nhận tạo ",
        "committees": "Ban Chỉ đạo về ",
    }
    return {name: piece * (size // len(piece)) for name, piece in repeated.items()}
