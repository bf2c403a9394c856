"""The words of a damaged text: what is kept whole, what may be put right, and what may stand in each place.

A slot is a word in its line together with its candidates. Numbers, dates, document numbers, percentages, addresses and
abbreviations in capitals are slots that stay as they are and serve as context only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from documents.restoration.channel import recognition_channel
from documents.restoration.syllable_model import NUMBER, OTHER, STEP, SyllableModel, syllable_model
from documents.structure.side_by_side import column_bars
from documents.syllables import is_bare_syllable, is_syllable
from documents.text import fold, fold_same_length, tone_marks

CAPITAL_WEIGHT = 0.8
"""How much it counts whether a word usually bears a capital inside a sentence (chosen on held-back text)."""

STRANGER_COST = 4.0
"""Per letter: the cost of a word outside the list standing for itself."""

NO_WORD_COST = 3.0
"""Added when it has signs or digits in it, or no vowel: then it is no foreign word either."""

SHORT_WORD_COST = 4.0
"""Cost of a unit of measure or short foreign word ("mg") standing for itself: short syllables are often read so."""

MOST_ACCENTED = 24
"""Most words considered for one accentless form."""


@dataclass(slots=True)
class Slot:
    """A word in its line: where, as read, how it was printed ("lower", "title", "upper"), and what may stand there.

    ``options`` are word ids with their costs; ``fixed`` says that the word stays; ``small`` are candidates whose first letter
    is a small one that was read as a capital.
    """

    line: int
    start: int
    end: int
    read: str
    case: str
    options: tuple[tuple[int, float], ...]
    fixed: bool = False
    small: frozenset[int] = frozenset()

    def printed(self, word: str, number: int) -> str:
        """``word`` (its id is ``number``) in the letters, small or capital, that the slot has."""
        if self.case == "upper":
            return word.upper()
        return word[0].upper() + word[1:] if self.case == "title" and number not in self.small else word


_KEPT = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+"  # addresses
    r"|^.*\.(?:docx?|xlsx?|pptx?|pdf|rar|zip|jpe?g|png)\b"  # names of files, which are typed without accents on purpose
    r"|\d[\w.]*\s?(?:/[\wĐ.]+)*[/-][^\W\d_][\wĐ-]*(?:[-/][^\W\d_][\wĐ]*)*"  # document numbers
    r"|(?<!\w)\d{1,2}[hg]\d\d(?!\w)"  # times
    r"|(?<!\w)[kcdm]?m[23](?!\w)"  # square and cubic metres
    r"|(?<!\w)(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?!\w)"  # Roman numbers (where nothing speaks against them: see below)
    r"|\d[\d.,:/%-]*\d%?|\d+%?"  # dates, amounts, percentages
)
_NUMBERED = re.compile(
    r"(?:^\W*|\b(?:ph[^\W\d_]n|ch[^\W\d_]{1,3}ng|kh[^\W\d_]{1,2}a|l[^\W\d_]n|th[^\W\d_]{1,2}|qu[^\W\d_]|l[^\W\d_]c|m[^\W\d_]c)\s)$",
    re.I,
)
"""What stands before a Roman number that reads like a syllable ("VI", "XI"): nothing, or phần, chương, khóa, lần, thứ, quý, mục,
misread in whatever way."""

_TAIL = re.compile(r"[a-zđA-ZĐ](?![\w&¢€'’‘])")
"""The letter of a point behind its number ("12b"), of a standard ("5G")."""

_WORD = re.compile(
    r"[&¢€@£©]?[^\W_](?:[¢€$@&'’‘!§£©]*[^\W_])*(?:[¢€&§£©]|(?<=[OoUu])['’‘])?"
    r"|(?<!\S)[¢€](?!\S)|(?<!\S)&(?= [a-zđà-ỹ])"  # "ở phường" read as "& phường"; "HĐND & UBND" has no small letter
)

_BEFORE_LA = re.compile(r"[a-zà-ỹ](?<!i[eéêề]u)(?<!ho[aáả]n)(?<!m[uụ]c)(?<!m[aáãâ]u) $", re.I)
"""A word, but none of those that number what follows: in "Điều 1a", "khoản 1a", "mục 1a", "mẫu 1a" nothing was misread."""

_DIGITS_FOR_LETTERS = (
    (re.compile(r"\d{1,2}"), re.compile(r"[^\W_]*[a-zà-ỹ]$"), re.compile(r"")),  # "s6", "th6ng"
    (re.compile(r"\d"), re.compile(r"[^\W\d_]$"), re.compile(r"[^\W\d_]")),  # "H6i"
    (re.compile(r"\d"), re.compile(r"(?<![\w.,])$"), re.compile(r"[a-zà-ỹ]{2}")),  # "1ap", "6ng"
    (
        re.compile(r"\d{1,2}"),
        re.compile(r"(?<![\w.,])$"),
        re.compile(r"[nipuo](?!\w)"),
    ),  # "16i", "6n"; "10m", "5g" are amounts, "5c" a point
    (re.compile(r"1"), re.compile(r"(?<![\w.,])$"), re.compile(r"[&¢€](?!\w)")),  # "1& phi"
    (re.compile(r"1"), _BEFORE_LA, re.compile(r"[aàáâdyé](?= [a-z])")),  # "1a" is "là"
    (re.compile(r"6"), re.compile(r"(?<!\w)[BCDHKLMNSTVX]$"), re.compile(r" [^\W\d_]{2}|$")),  # "T6 chuc": tổ; not "A4", "H1"
    (re.compile(r"1"), _BEFORE_LA, re.compile(r"là(?!\w)")),  # "1là"
)
"""Digits that are letters read wrong: which digits, after what, before what."""


def pieces(line: str) -> list[tuple[re.Match[str], bool]]:
    """The words of a line in order, with whether each is something that is kept whole."""
    found: list[tuple[re.Match[str], bool]] = []
    at = 0
    for kept in [*_KEPT.finditer(line), None]:
        if kept and (kept.start() < at or _inside_word(line, kept) or _no_number(line, kept)):
            continue
        found += [(word, False) for word in _WORD.finditer(line, at, kept.start() if kept else len(line))]
        if kept:
            found.append((kept, True))
            at = kept.end()
            if kept.group()[-1].isdigit() and (tail := _TAIL.match(line, at)):
                found.append((tail, True))
                at = tail.end()
    return found


def _no_number(line: str, kept: re.Match[str]) -> bool:
    """Whether what looks like a Roman number is a word in capitals ("VI PHẠM")."""
    if kept.group() not in ("VI", "XI"):
        return False
    return _NUMBERED.search(line, 0, kept.start()) is None or re.match(r" [A-ZĐ]{2}", line[kept.end() :]) is not None


def _inside_word(line: str, kept: re.Match[str]) -> bool:
    before = line[max(0, kept.start() - 8) : kept.start()]
    return any(
        digits.fullmatch(kept.group()) and left.search(before) and right.match(line, kept.end())
        for digits, left, right in _DIGITS_FOR_LETTERS
    )


def _fixed(line: int, found: re.Match[str], model: SyllableModel, word: int | None = None) -> Slot:
    read = found.group()
    if word is None:
        word = model.ids.get(tone_marks(read.lower()), OTHER)
    return Slot(line, found.start(), found.end(), read, "lower", ((word, 0.0),), fixed=True)


def accent_slots(number: int, line: str, model: SyllableModel) -> list[Slot]:
    """The words of line ``number`` typed without accents: each may be any word with the same letters.

    Words with an accent, with a capital inside ("VNeID") and abbreviations stay.
    """
    slots = []
    for found, kept in pieces(line):
        read = found.group()
        bare = read.lower()
        options = model.by_fold.get(bare, ()) if fold(read) == bare else ()
        shouted = len(read) > 1 and read.isupper()
        abbreviation = read.isupper() and not line.isupper() and (len(read) < 2 or not is_bare_syllable(read))
        if kept or any(c.isdigit() for c in read):
            slots.append(_fixed(number, found, model, NUMBER))
        elif not options or abbreviation or not (shouted or read[1:] == bare[1:]):
            slots.append(_fixed(number, found, model))
        else:
            case = "upper" if shouted else "title" if read[0].isupper() else "lower"
            ids = tuple((i, 0.0) for i in options[:MOST_ACCENTED])
            slots.append(Slot(number, found.start(), found.end(), read, case, ids))
    return slots


def recognition_slots(number: int, line: str, model: SyllableModel) -> list[Slot]:
    """The words of line ``number`` that was recognised as English: each may be what the channel says.

    A line that is good Vietnamese (a digital signature below the scan) stays whole, as does a word with letters that an English
    recogniser does not know.
    """
    found_pieces = pieces(line)
    words = [found.group() for found, kept in found_pieces if not kept]
    shouted = iter(_shouted(words))
    good = _is_good(words)
    named = _in_product(line, model)
    slots = []
    for found, kept in found_pieces:
        read = found.group()
        loud = not kept and next(shouted)
        if kept or read.isdigit():
            options = () if good else _number_or_word(line, found, model)
            if options:
                slots.append(Slot(number, found.start(), found.end(), read, "lower", options))
            else:
                slots.append(_fixed(number, found, model, NUMBER))
        elif good or named(found) or any(ord(c) > 0xFF and c.isalpha() for c in read) or _stays(line, found, loud):
            slots.append(_fixed(number, found, model))
        else:
            case = "upper" if loud and len(read) > 1 else "title" if read[0].isupper() else "lower"
            options, small = _options(read, case)
            slots.append(Slot(number, found.start(), found.end(), read, case, options, False, small))
    return slots


def is_legible(line: str) -> bool:
    """Whether a line of a badly recognised text is good Vietnamese all the same: a digital signature below the scan."""
    return _is_good([found.group() for found, kept in pieces(line) if not kept])


def _is_good(words: list[str]) -> bool:
    accented = [word for word in words if fold_same_length(word) != word.lower()]
    beyond = any(ord(c) > 0xFF for word in accented for c in word)
    return beyond and len(words) > 1 and len(accented) >= 0.5 * len(words) and sum(map(is_syllable, words)) >= 0.9 * len(words)


def _shouted(words: list[str]) -> list[bool]:
    """Which words stand in a run of words in capitals ("UY BAN NHAN DAN"); abbreviations among small words do not."""
    capital = [sum(c.isupper() for c in word) > 0.5 * len(word) for word in words]
    shouted = [False] * len(words)
    begin = 0
    for i in range(len(words) + 1):
        if i < len(words) and capital[i]:
            continue
        run = words[begin:i]
        if len(run) > 1 and sum(len(word) > 1 and is_bare_syllable(word) for word in run) >= 0.5 * len(run):
            shouted[begin:i] = [True] * len(run)
        begin = i + 1
    return shouted


_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]{2} )\d{1,2}(?= [a-zà-ỹ]{2})")
_A_NUMBER = 1.0
"""Cost of a number standing for itself, where it stands between words."""


def _number_or_word(line: str, found: re.Match[str], model: SyllableModel) -> tuple[tuple[int, float], ...]:
    """The candidates of a number of one or two digits between words that may be a word misread: "14" for "là", "6" for "ở".

    The number itself is among them; no candidate is another number.
    """
    if not _BETWEEN_WORDS.match(line, found.start()):
        return ()
    words = recognition_channel().candidates(found.group(), "lower", guess=False)
    return (*words, (NUMBER, _A_NUMBER)) if words else ()


_PRODUCT = re.compile(r"[(“\"](?P<first>[A-Z][a-z]{2,})(?: [A-Z][A-Za-z]+)+[)”\"]")
"""A name in brackets or quotation marks of which all words bear capitals, none an accent: "(Smart Hai Phong)"."""


def _in_product(line: str, model: SyllableModel) -> Callable[[re.Match[str]], bool]:
    """What says whether a word stands in the name of a product that begins with a foreign word of the list: such names are
    written without accents on purpose."""
    names = [
        found.span()
        for found in _PRODUCT.finditer(line)
        if found["first"].lower() in model.ids and not is_bare_syllable(found["first"].lower())
    ]
    return lambda word: any(begin < word.start() < end for begin, end in names)


_BO = re.compile("[BST][OGS0]")
"""Two capitals before a small word: more often Bộ, Số, Tổ than an abbreviation ("BO luat")."""

_MARK_AFTER = re.compile(r"[).\]]")
"""After a single letter: it is the mark of a point ("b)"), no word."""


def _stays(line: str, found: re.Match[str], shouted: bool) -> bool:
    """Abbreviations in capitals are not guessed at, nor single capitals, nor the marks of points."""
    read = found.group()
    if len(read) == 1:
        return not (read.islower() or read in "¢€&") or _MARK_AFTER.match(line, found.end()) is not None
    if _BO.fullmatch(read) and re.match(r" (?:[a-zà-ỹ]{2}|[A-ZĐ][a-zà-ỹ])", line[found.end() :]):
        return False
    letters = [c for c in read if c.isalpha()]
    return not shouted and len(letters) > 1 and all(c.isupper() for c in letters) and "’" not in read and "'" not in read


@lru_cache(maxsize=32768)
def _options(read: str, case: str) -> tuple[tuple[tuple[int, float], ...], frozenset[int]]:
    """The candidates of a word as read, the word itself as a stranger among them; and those that begin with a small letter."""
    channel, model = recognition_channel(), syllable_model()
    options = dict(channel.candidates(read, case))
    small: set[int] = set()
    if case == "title":  # a small accented letter is often read as a capital: "Ap dung", "TAm", "Iy"
        for word, cost in channel.candidates(read, "lower", guess=False):
            if cost < options.get(word, 99.0) - 1:
                options[word] = cost
                small.add(word)
    ranked = sorted(options.items(), key=lambda pair: pair[1] - 0.5 * float(model.log1[pair[0]]))[:20]
    own = model.ids.get(read.lower())
    if own is not None and own not in options and not is_syllable(read):
        ranked.append((own, 0.5 if len(read) > 3 else SHORT_WORD_COST))  # a foreign word of the list, read right
    wordlike = read.isalpha() and any(c in "aeiouy" for c in fold(read))
    stranger = STRANGER_COST * len(read) + (0.0 if wordlike else NO_WORD_COST)
    return (*ranked, (OTHER, stranger)), frozenset(small)


_BULLET = re.compile(r"^\s*([-+•*–]|\(?[0-9a-zđ]{1,2}[.)]|[IVX]+\.)\s")
_STOP = re.compile(r"[.;:!?]")
_SHORT_WRAP = 0.62
"""A line shorter than this share of the longest ones ends its paragraph."""


def sentences(slots: list[Slot], lines: Sequence[str]) -> list[list[Slot]]:
    """The words grouped into sentences: a sentence runs over wrapped lines, and ends at a stop, a bullet or a blank line.

    Where the rule between the columns of a table was read as "|", each column has its own sentences.
    """
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
    found: list[list[Slot]] = []
    columns: dict[int, list[Slot]] = {}  # the sentence that each column is at
    at = -1
    bars: tuple[int, ...] = ()
    for slot in slots:
        if slot.line != at:
            at, bars = slot.line, column_bars(lines[slot.line])
            columns = {column: sentence for column, sentence in columns.items() if column <= len(bars)}
        column = sum(bar < slot.start for bar in bars)
        sentence = columns.get(column)
        if sentence is None or _parted(sentence[-1], slot, lines, usual):
            sentence = columns[column] = []
            found.append(sentence)
        sentence.append(slot)
    return found


def _parted(previous: Slot, slot: Slot, lines: Sequence[str], usual: int) -> bool:
    if previous.line == slot.line:
        return bool(_STOP.search(lines[slot.line], previous.end, slot.start))
    if slot.line != previous.line + 1 or _STOP.search(lines[previous.line], previous.end):
        return True
    bars = [bar for bar in column_bars(lines[slot.line]) if bar < slot.start]
    if lines[slot.line][bars[-1] + 1 if bars else 0 : slot.start].strip() or _BULLET.match(lines[slot.line]):
        return True
    if bars or column_bars(lines[slot.line]) or column_bars(lines[previous.line]):
        return False  # the lines of a column are as short as the column is narrow
    return len(lines[previous.line].strip()) < _SHORT_WRAP * usual


def weigh_capitals(grouped: list[list[Slot]], model: SyllableModel) -> None:
    """Adds to the costs how unusual the word's first letter, capital or small, is inside a sentence.

    A text without capitals (a question typed fast) says nothing by small letters.
    """
    inside = [slot for sentence in grouped for slot in sentence[1:] if not slot.fixed and slot.case != "upper"]
    if not any(slot.case == "title" for slot in inside):
        return
    with_capital, without = (row.astype(float) / STEP * CAPITAL_WEIGHT for row in model.capital)
    for slot in inside:
        table = with_capital if slot.case == "title" else without
        slot.options = tuple(
            (word, cost + float(without[word] if word in slot.small else table[word]) if word > OTHER else cost)
            for word, cost in slot.options
        )
