"""Bytes to text: Unicode encodings with and without a mark, the legacy Vietnamese ones, and text that was decoded wrongly before.

What cannot be told from the bytes is told by reading: the decoding wins whose words are Vietnamese syllables. Tables: VISCII from
RFC 1456; TCVN3 ("ABC") from TCVN 5712:1993, whose fonts show capitals with the codes of small letters; VNI from the character
set of the VNI-Windows fonts (a letter followed by its mark); windows-1258 is Python's own codec.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from documents.syllables import is_syllable
from documents.text import nfc, words

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


def _from_tcvn3(data: bytes) -> str:
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


def _from_vni(data: bytes) -> str:
    table, pattern = _vni()
    return pattern.sub(lambda found: table[found.group()], data.decode("cp1252", "replace"))


def _from_1258(data: bytes) -> str:
    return nfc(data.decode("cp1258", "replace"))


LEGACY: tuple[tuple[str, Callable[[bytes], str]], ...] = (
    ("windows-1258", _from_1258),
    ("TCVN3 (ABC)", _from_tcvn3),
    ("VNI", _from_vni),
    ("VISCII", _from_viscii),
)
"""The legacy encodings with their names for the officer."""

_SAMPLE = 60_000
"""Bytes or characters that decide which encoding it is."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, and what to tell the officer about how it was decoded (Vietnamese)."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded | None:
    """The text in ``data`` (no binary format); ``None`` when no encoding gives readable text."""
    found = _by_mark(data) or _wide(data)
    if found is None and b"\0" in data and data.count(b"\0") > len(data) // 1000 and b"\0" in data.rstrip(b"\0"):
        return None
    found = found or _utf8(data) or _eight_bit(data)
    return None if found is None else _wrongly_decoded(found)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec, name in (
        (b"\xef\xbb\xbf", "utf-8", ""),
        (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
        (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
        (b"\xff\xfe", "utf-16-le", "UTF-16"),
        (b"\xfe\xff", "utf-16-be", "UTF-16"),
    ):
        if data.startswith(mark):
            if codec == "utf-8":
                return _utf8(data[3:])
            return Decoded(
                data[len(mark) :].decode(codec, "replace"), (f"Tệp dùng bảng mã {name}, đã chuyển sang Unicode dựng sẵn.",)
            )
    return None


_HIGH_BYTES = frozenset((0x00, 0x01, 0x03, 0x1E, 0x20, 0x22, 0x25))
"""First bytes of the Unicode blocks that Vietnamese text uses."""


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 and UTF-32 without a mark, told by where the bytes of the blocks stand."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    for codec, width, high in (("utf-32-le", 4, 3), ("utf-32-be", 4, 0), ("utf-16-le", 2, 1), ("utf-16-be", 2, 0)):
        tops = sample[high::width]
        rest = sample[(1 if high == 0 else 0) :: width]
        if width == 4 and any(tops):
            continue
        if sum(byte in _HIGH_BYTES for byte in tops) < 0.97 * len(tops) or (rest.count(0) > 0.2 * len(rest) and width == 2):
            continue
        whole = len(data) - len(data) % width
        try:
            text = data[:whole].decode(codec)
        except UnicodeDecodeError:
            continue
        if _readable(text):
            name = "UTF-32" if width == 4 else "UTF-16"
            return Decoded(text, (f"Tệp dùng bảng mã {name} không có dấu nhận biết, đã chuyển sang Unicode dựng sẵn.",))
    return None


def _readable(text: str) -> bool:
    """Whether nearly all characters are ones that texts have."""
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and char not in "\t\n\r\f\v" for char in sample)
    return odd <= 0.03 * len(sample)


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also cut off in its last letter, with surrogates written as such, or with a few damaged bytes."""
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            note = "Tệp bị cắt ở giữa chữ cuối cùng; có thể thiếu phần cuối, hãy kiểm tra bản gốc."
            before = _utf8(data[: error.start])
            return before and Decoded(before.text, (*before.notes, note))
    try:
        paired = data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return Decoded(paired, ("Tệp có ký tự UTF-8 ghi sai quy tắc (surrogate), đã chuyển lại.",))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(ord(char) > 0x7F for char in text) - bad
    if bad <= 0.05 * good or (bad <= 2 and good >= 2):
        return Decoded(text, (f"Tệp có {bad} chỗ hỏng không đọc được (hiện là dấu \ufffd).",))
    return None


def _share(text: str) -> tuple[float, float]:
    """Of the words with a letter beyond ASCII: the share that are syllables; and such words as a share of all words.

    Fewer than three such words prove nothing.
    """
    found = [word for word in words(text) if word.isalpha()]
    marked = [word for word in found if not word.isascii()]
    if len(marked) < 3:
        return 0.0, 0.0
    return sum(map(is_syllable, marked)) / max(len(marked), 1), len(marked) / max(len(found), 1)


def _best_legacy(sample: bytes) -> tuple[str, Callable[[bytes], str]] | None:
    """The legacy encoding in which the sample reads as Vietnamese, if any."""
    best: tuple[float, str, Callable[[bytes], str]] | None = None
    for name, convert in LEGACY:
        valid, marked = _share(convert(sample))
        if valid >= 0.75 and marked >= 0.4 and (best is None or valid * marked > best[0]):
            best = valid * marked, name, convert
    return best and best[1:]


def _eight_bit(data: bytes) -> Decoded | None:
    """Text in a code of one byte per sign."""
    sample = data[:_SAMPLE]
    low = sum(byte < 0x20 and byte not in b"\t\n\v\f\r" for byte in sample)
    if low > 0.02 * len(sample):
        return None
    if legacy := _best_legacy(sample):
        name, convert = legacy
        return Decoded(nfc(convert(data)), (f"Tệp dùng bảng mã cũ {name}, đã chuyển sang Unicode dựng sẵn.",))
    high = sum(byte >= 0x80 for byte in sample)
    if high <= 0.15 * len(sample):
        note = "Không nhận ra bảng mã của tệp; đã đọc theo windows-1252, các chữ có dấu có thể sai."
        return Decoded(data.decode("cp1252", "replace"), (note,))
    return None


# UTF-8 that was once read as windows-1252: a lead byte and its followers, each shown as a sign of that code page
_CP1252 = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(0x80, 0x100)}
_CP1252.update({chr(b): b for b in range(0x80, 0xA0)})
_FOLLOW = "".join(re.escape(char) for char, byte in _CP1252.items() if byte < 0xC0)
_MOJIBAKE = re.compile(f"[Â-ß][{_FOLLOW}]|[à-ï][{_FOLLOW}]{{2}}|[ð-ô][{_FOLLOW}]{{3}}")


def _one_byte(text: str) -> bytes | None:
    """The text as bytes of windows-1252 (or Latin-1), ``None`` when it has other letters."""
    try:
        return bytes(_CP1252.get(char) or ord(char) for char in text)
    except ValueError:
        return None


def _unmixed(found: re.Match[str]) -> str:
    raw = bytes(_CP1252[char] for char in found.group())
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return found.group()


def _wrongly_decoded(decoded: Decoded) -> Decoded:
    """Repairs text that somebody decoded wrongly and saved so: UTF-8 read as windows-1252, legacy codes saved as Unicode."""
    text, notes = decoded.text, decoded.notes
    if text.isascii():
        return decoded
    for _ in range(2):
        if len(_MOJIBAKE.findall(text[:_SAMPLE])) < 3:
            break
        repaired = _MOJIBAKE.sub(_unmixed, text)
        if repaired == text or _share(repaired[:_SAMPLE]) <= _share(text[:_SAMPLE]):
            break
        text = repaired
        notes = (
            *(n for n in notes if "giải mã sai" not in n),
            "Chữ tiếng Việt trong tệp từng bị giải mã sai (UTF-8 đọc nhầm), đã khôi phục.",
        )
    if any(ord(char) > 0xFF for char in text[:2000] if char.isalpha() and char not in "ŒœŠšŸŽžƒ"):
        return Decoded(text, notes)
    raw = _one_byte(text[:_SAMPLE])
    if raw is not None and _share(text[:_SAMPLE])[0] < 0.7 and (legacy := _best_legacy(raw)):
        name, convert = legacy
        lines = [nfc(convert(raw)) if (raw := _one_byte(line)) is not None else line for line in text.split("\n")]
        return Decoded("\n".join(lines), (*notes, f"Văn bản gõ theo bảng mã cũ {name}, đã chuyển sang Unicode dựng sẵn."))
    return Decoded(text, notes)
