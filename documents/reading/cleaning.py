"""Characters that are no part of the words are taken out of every text, whatever its format: invisible ones, controls, blanks
of odd width, look-alikes of Vietnamese letters. What was changed is said in Vietnamese notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from documents.errors import MAX_LINE_CHARACTERS
from documents.text import nfc

# blanks of every width are one blank; separators within a line too
_BLANK = dict.fromkeys(
    [
        0x0B,
        0x0C,
        0x0D,
        0x1C,
        0x1D,
        0x1E,
        0x1F,
        0x85,
        0xA0,
        0x1680,
        *range(0x2000, 0x200B),
        0x2028,
        0x2029,
        0x202F,
        0x205F,
        0x3000,
    ],
    " ",
)
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF, 0x180E]
)
_CONTROL = dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xFFF9, 0xFFFC)])
_LOOKALIKE = {
    0xD0: "Đ",  # Icelandic and African capitals that look like Đ
    0x189: "Đ",
    0xF0: "đ",
    0xF0B7: "•",  # bullets of the Symbol and Wingdings fonts
    0xF0A7: "•",
    0xF0D8: "•",
    0xF0FC: "•",
    0xF02D: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
}
_SURROGATE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

_CLEANING: tuple[tuple[dict[int, str | None], str], ...] = (
    ({**_CONTROL}, "ký tự điều khiển đã bỏ"),
    ({**_INVISIBLE}, "ký tự ẩn (độ rộng bằng không, gạch nối mềm, hướng viết) đã bỏ"),
    ({**_LOOKALIKE}, "ký tự trông giống chữ Việt hoặc dấu đầu dòng đã thay bằng ký tự đúng"),
    ({**_SURROGATE}, "ký tự hỏng đã thay bằng \ufffd"),
)


def _class_of(table: dict[int, str | None]) -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(chr(code)) for code in table) + "]")


_PATTERNS = tuple((_class_of(table), table, what) for table, what in _CLEANING)


def clean_text(text: str) -> tuple[list[str], list[str]]:
    """The lines of a decoded text, composed and cleaned, and notes on what was cleaned.

    Lines are separated by line feeds only, so that line numbers are those of every editor and of ``grep -n``; other separators
    (vertical tab, form feed, NEL, U+2028) become blanks within their line. A text whose only line ends are carriage returns (old
    Macintosh files) is parted at these.
    """
    notes: list[str] = []
    text = text.replace("\r\n", "\n")
    if "\n" not in text and text.count("\r") > 1:
        text = text.replace("\r", "\n")
        notes.append("Tệp ngắt dòng bằng CR (kiểu máy Macintosh cũ); số dòng tính theo các CR này.")
    lines = text.split("\n")
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()
    cleaned, more = clean_lines(lines)
    return cleaned, [*notes, *more]


def clean_lines(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """As many lines as given, composed and cleaned, and notes on what was cleaned."""
    notes: list[str] = []
    given = [line.replace("\n", " ") for line in lines]
    if not given:
        return [], notes
    text = "\n".join(given)
    for pattern, table, what in _PATTERNS:
        if count := len(pattern.findall(text)):
            text = text.translate(table)
            notes.append(f"Có {count} {what}.")
    found = nfc(text.translate(_BLANK)).split("\n")
    for i, line in enumerate(found):
        if len(line) > MAX_LINE_CHARACTERS:
            found[i] = line[:MAX_LINE_CHARACTERS]
            notes.append(f"Dòng {i + 1} quá dài, chỉ đọc {MAX_LINE_CHARACTERS} ký tự đầu.")
    return found, notes
