"""The encodings of Vietnamese before Unicode, as tables: VISCII, TCVN3 ("ABC"), VNI, windows-1258, VIQR.

VISCII and VIQR are from RFC 1456; TCVN3 from TCVN 5712:1993, whose fonts show capitals with the codes of small letters; VNI from
the character set of the VNI-Windows fonts (a letter followed by its mark); windows-1258 is Python's own codec.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from documents.text import nfc

_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII = {**_VISCII_LOW, **{0x80 + i: char for i, char in enumerate(_VISCII_HIGH)}}

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ".encode("latin-1"),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)


@lru_cache(maxsize=1)
def _vni() -> tuple[dict[str, str], re.Pattern[str]]:
    """Letters written as in VNI fonts → letters, and the pattern that finds them, pairs before single codes."""
    tones = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
    hats = {
        "â": "\u0302",
        "à": "\u0302\u0300",
        "á": "\u0302\u0301",
        "å": "\u0302\u0309",
        "ã": "\u0302\u0303",
        "ä": "\u0302\u0323",
    }
    breves = {
        "ê": "\u0306",
        "è": "\u0306\u0300",
        "é": "\u0306\u0301",
        "ú": "\u0306\u0309",
        "ü": "\u0306\u0303",
        "ë": "\u0306\u0323",
    }
    table = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for written, base, marks in [
        *((letter, letter, tones) for letter in "aeouy"),
        ("ô", "ơ", tones),
        ("ö", "ư", tones),
        *((letter, letter, hats) for letter in "aeo"),
        ("a", "a", breves),
    ]:
        table.update({written + mark: nfc(base + combining) for mark, combining in marks.items()})
    for small, letter in list(table.items()):
        table[small.upper()] = letter.upper()
        table[small[0].upper() + small[1:]] = letter.upper()
    return table, re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))


def _from_viscii(data: bytes) -> str:
    return "".join(_VISCII.get(byte, chr(byte)) for byte in data)


def from_tcvn3(data: bytes) -> str:
    """The text that ``data`` is in TCVN3; lines and words typed in capitals get accented capitals, which the code has not."""
    text = "".join(_TCVN3.get(byte, chr(byte)) for byte in data)
    return "\n".join(_capitals(line) for line in text.split("\n"))


_WORD_OF_CAPITALS = re.compile(r"[^\W\d_]*[A-Z](?:(?![a-z])[^\W\d_])*[A-Z](?:(?![a-z])[^\W\d_])*(?![a-z])")


def _capitals(line: str) -> str:
    """A line typed in capitals has capitals for its accented letters too; so has a word with two capitals and no small letter."""
    if not re.search("[a-z]", line) and len(re.findall("[A-Z]", line)) > 1:
        return line.upper()
    return re.sub(
        r"[^\W\d_]+", lambda found: found.group().upper() if _WORD_OF_CAPITALS.fullmatch(found.group()) else found.group(), line
    )


def from_vni(data: bytes) -> str:
    """The text that ``data`` is in the code of the VNI fonts."""
    table, pattern = _vni()
    return pattern.sub(lambda found: table[found.group()], data.decode("cp1252", "replace"))


def _from_1258(data: bytes) -> str:
    return nfc(data.decode("cp1258", "replace"))


_VIQR = {
    "a^": "â",
    "e^": "ê",
    "o^": "ô",
    "a(": "ă",
    "o+": "ơ",
    "u+": "ư",
    "dd": "đ",
}
_VIQR |= {written.upper(): letter.upper() for written, letter in _VIQR.items()} | {"Dd": "Đ"}
_VIQR_TONES = dict(zip("`'?~.", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_VIQR_LETTER = re.compile(r"(dd|DD|Dd|(?:[aeoAEO]\^|[aA]\(|[ouOU]\+|[aeiouyAEIOUY]))([`'?~.](?=[^\W\d_])|[`'?~.](?!\w))?")
VIQR_MARK = re.compile(r"[aeoAEO]\^|[aA]\([`'?~.a-z]|[ouOU]\+")
"""A letter of VIQR that no other text has; stops and question marks alone say nothing."""


def from_viqr(text: str) -> str:
    """Text written in VIQR. Before a small letter a stop or question mark is a tone ("hoc. sinh" goes on: học), at the end of a
    sentence it is what it is, unless the letter has a hat."""

    def toned(found: re.Match[str]) -> str:
        letter, tone = _VIQR.get(found[1], found[1]), found[2] or ""
        if not tone or letter in "đĐ":
            return letter + tone
        ends = tone in ".?" and re.match(r"\s*(?:$|\n|[A-ZĐ])", text[found.end() : found.end() + 3]) is not None
        return letter + tone if ends and letter.isascii() else nfc(letter + _VIQR_TONES[tone])

    return _VIQR_LETTER.sub(toned, text)


LEGACY: tuple[tuple[str, Callable[[bytes], str]], ...] = (
    ("windows-1258", _from_1258),
    ("TCVN3 (ABC)", from_tcvn3),
    ("VNI", from_vni),
    ("VISCII", _from_viscii),
)
"""The legacy encodings with their names for the officer."""
