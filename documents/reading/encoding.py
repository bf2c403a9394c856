"""Bytes to text: Unicode encodings with and without a mark, the legacy Vietnamese ones, and text that was decoded wrongly before.

What cannot be told from the bytes is told by reading: the decoding wins whose words are Vietnamese syllables. Text in an old font
inside a Unicode file is found line by line: one pasted paragraph is converted and the rest stays. The tables are in
:mod:`documents.reading.legacy`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from documents.reading.legacy import LEGACY, VIQR_MARK, from_tcvn3, from_viqr, from_vni
from documents.syllables import is_syllable
from documents.text import nfc, words

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
    if text.isascii() and not VIQR_MARK.search(text):
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
    lines = text.split("\n")
    found = _old_encodings(lines)
    if not any(found):
        return Decoded(text, notes)
    names = sorted({old.name for old in found if old})
    part = "Văn bản" if sum(map(bool, found)) >= 0.5 * sum(bool(line.strip()) for line in lines) else "Một phần văn bản"
    lines = [_converted(line, old) if old else line for line, old in zip(lines, found, strict=True)]
    note = f"{part} gõ theo bảng mã cũ {', '.join(names)}, đã chuyển sang Unicode dựng sẵn."
    return Decoded("\n".join(lines), (*notes, note))


def redecoded(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a text that came as Unicode (from a Word file, a PDF), with those put right that are in an old font or were
    decoded wrongly, and notes for the officer."""
    found = _wrongly_decoded(Decoded("\n".join(lines)))
    return tuple(found.text.split("\n")), found.notes


@dataclass(frozen=True, slots=True)
class _OldEncoding:
    """The encoding that a line of a Unicode text was really typed in, with what makes it readable."""

    name: str
    convert: Callable[[str], str | None]


def _through_bytes(convert: Callable[[bytes], str]) -> Callable[[str], str | None]:
    def converted(line: str) -> str | None:
        raw = _one_byte(line)
        return None if raw is None else convert(raw)

    return converted


_OLD = (
    *(_OldEncoding(name, _through_bytes(convert)) for name, convert in LEGACY),
    _OldEncoding("VIQR", lambda line: from_viqr(line) if VIQR_MARK.search(line) else None),
)

_SURE_WORDS = 3
"""So many words with signs of the encoding prove it for a line by themselves."""


def _converted(line: str, old: _OldEncoding) -> str:
    """The line as it was meant (NFC); as it is where it has letters that the encoding has not."""
    found = old.convert(line)
    return line if found is None else nfc(found)


def _old_encoding(line: str) -> _OldEncoding | None:
    """The old encoding in which the words of the line are Vietnamese as they are not in Unicode."""
    if line.isascii() and not VIQR_MARK.search(line):
        return None
    as_it_is = _vietnamese(line)
    if as_it_is[0] > as_it_is[1]:
        return None
    best: tuple[int, int, _OldEncoding] | None = None
    for i, old in enumerate(_OLD):
        found = old.convert(line)
        if found is None or found == line:
            continue
        right, wrong = _vietnamese(nfc(found))
        if right < _SURE_WORDS or wrong > 0.2 * right or right <= as_it_is[0]:
            continue
        if best is None or (right - 2 * wrong, -i) > best[:2]:
            best = right - 2 * wrong, -i, old
    return best and best[2]


def _vietnamese(line: str) -> tuple[int, int]:
    """How many words with letters beyond ASCII are syllables, and how many are none."""
    marked = [word for word in words(line) if not word.isascii() and word.isalpha()]
    right = sum(map(is_syllable, marked))
    return right, len(marked) - right + sum(not c.isalnum() and c in _SIGNS for c in line)


_SIGNS = frozenset("\u00a1\u00a2\u00a3\u00a4\u00a6\u00a7\u00a8\u00a9\u00ac\u00ae\u00b6\u00b8\u00d7\u00f7")
"""Signs of Latin-1 that stand for letters in TCVN3: in a line of Unicode they are no letters, so they count as wrong ones."""


def _old_encodings(lines: list[str]) -> list[_OldEncoding | None]:
    """The old encoding of each line, ``None`` for most; a short line has that of the lines beside it."""
    if not any(map(_could_be_old, lines)):
        return [None] * len(lines)
    sure = [_old_encoding(line) if _could_be_old(line) else None for line in lines]
    found = list(sure)
    for step in (1, -1):
        last: _OldEncoding | None = None
        for i in range(len(lines))[::step]:
            if sure[i] or not lines[i].strip() or lines[i].isascii():
                last = sure[i] or last
            elif found[i] is None and last and _could_be_old(lines[i]):
                meant = last.convert(lines[i])
                right, wrong = _vietnamese(nfc(meant)) if meant else (0, 1)
                as_it_is = _vietnamese(lines[i])
                if right and not wrong and (as_it_is[1] or as_it_is[0] < right):
                    found[i] = last
            else:
                last = None
    return found


def _could_be_old(line: str) -> bool:
    """Whether the line has no letter that only Unicode has."""
    if line.isascii():
        return VIQR_MARK.search(line) is not None
    return not any(ord(char) > 0xFF and char not in _CP1252 for char in line if char.isalpha())


def is_wrongly_decoded(line: str) -> bool:
    """Whether the line (as Unicode) is text in an old font or encoding, or UTF-8 that was read as another code."""
    if line.isascii() and not VIQR_MARK.search(line):
        return False
    if len(_MOJIBAKE.findall(line)) >= 3 and _share(_MOJIBAKE.sub(_unmixed, line)) > _share(line):
        return True
    return _could_be_old(line) and _old_encoding(line) is not None


def from_old_font(text: str, font: str) -> str:
    """``text`` as it was meant when it was typed in ``font``: ".VnTime" and its kin show TCVN3 (".VnTimeH" all in capitals),
    "VNI-Times" and its kin VNI; text of any other font, or with letters that only Unicode has, is returned as it is.
    """
    name = font.strip().lower()
    if not name.startswith((".vn", "vni-")) or not _could_be_old(text):
        return text
    raw = _one_byte(text)
    if raw is None:
        return text
    if name.startswith("vni-"):
        return nfc(from_vni(raw))
    meant = nfc(from_tcvn3(raw))
    return meant.upper() if font.strip().endswith("H") else meant
