"""The tokenizer of the static model: syllables, learned multi-syllable words, and their accent-free twins.

Vietnamese writes every syllable apart, so the words that carry meaning ("công nghệ thông tin") span several of them. They are
mined from the training text as frequent, cohesive runs of syllables (normalised pointwise mutual information, Bouma 2009) and
become pieces of a unigram language model (Kudo 2018) whose Viterbi path cuts a text into the likeliest words. Each piece also
has written twins (without accents; with the tone mark in the other usual place): a twin that can mean only one piece
shares that piece's vector, an ambiguous one gets a vector of its own.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from documents.text import fold

BLANK = "▁"
UNKNOWN = "[UNK]"
LONGEST_WORD = 4
"""Syllables of the longest learned word."""

SURE = 0.8
"""A folded twin shares a vector when at least this part of its occurrences is one piece."""

_SYLLABLE = re.compile(r"[^\W_]+")
_STOP = -1


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``pieces`` with their log probabilities, and for each the row of its vector; ``rows`` counts the distinct rows."""

    pieces: tuple[tuple[str, float], ...]
    mapping: tuple[int, ...]
    rows: int

    def tokenizer(self) -> Tokenizer:
        """The tokenizer over these pieces; texts need no preparation, letters and digits are all that count."""
        tokenizer = Tokenizer(models.Unigram(list(self.pieces), unk_id=0))
        tokenizer.normalizer = normalizers.Sequence(
            [
                normalizers.NFC(),
                normalizers.Lowercase(),
                normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " "),
                normalizers.Strip(),
            ]
        )
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=BLANK, prepend_scheme="always", split=False)
        return tokenizer


def syllable_counts(texts: Iterable[str]) -> tuple[Counter[str], list[list[str]]]:
    """The syllables of the texts counted, and the texts as lists of syllables (lower case)."""
    counts: Counter[str] = Counter()
    cut = []
    for text in texts:
        syllables = _SYLLABLE.findall(text.lower())
        counts.update(syllables)
        cut.append(syllables)
    return counts, cut


def words_of(cut: Sequence[Sequence[str]], counts: Counter[str], at_most: int, at_least: int = 25) -> dict[str, int]:
    """The ``at_most`` best runs of 2 to ``LONGEST_WORD`` syllables and how often each occurs (at least ``at_least`` times).

    Runs are ranked by occurrences × normalised pointwise mutual information of their best split, so that neither frequent
    chance neighbours ("của các") nor rare fixed names win alone.
    """
    names = [s for s, n in counts.most_common() if n >= at_least and not s.isdigit()]
    ids = {s: i for i, s in enumerate(names)}
    base = len(names) + 1
    if base**3 >= 2**63:
        raise ValueError("too many different syllables to count runs of them")
    flat = np.array([i for line in cut for i in (*(ids.get(s, _STOP) for s in line), _STOP)], dtype=np.int64)
    total = int((flat >= 0).sum())
    known: dict[tuple[int, ...], int] = {(ids[s],): counts[s] for s in names}
    scored: dict[tuple[int, ...], float] = {}
    previous = flat.copy()  # run number of the (n-1)-gram that starts at each place, or _STOP
    keys: list[tuple[int, ...]] = [(i,) for i in range(len(names))]
    for length in range(2, LONGEST_WORD + 1):
        last = flat[length - 1 :]
        first = previous[: len(last)]
        valid = (first >= 0) & (last >= 0)
        packed = np.where(valid, first * base + last, _STOP)
        unique, inverse, number = np.unique(packed, return_inverse=True, return_counts=True)
        kept = (unique >= 0) & (number >= at_least)
        renumber = np.full(len(unique), _STOP, dtype=np.int64)
        renumber[kept] = np.arange(int(kept.sum()))
        grams = [keys[int(u) // base] + (int(u) % base,) for u in unique[kept]]
        for gram, n in zip(grams, number[kept].tolist(), strict=True):
            known[gram] = n
            parts = [(known[gram[:k]], known.get(gram[k:], n)) for k in range(1, length)]
            information = min(math.log(n * total / (a * b)) for a, b in parts)
            cohesion = information / -math.log(n / total)
            if cohesion > 0.25:
                scored[gram] = n * cohesion**2
        previous, keys = renumber[inverse], grams
    best = sorted(scored, key=lambda gram: (-scored[gram], gram))[:at_most]
    return {" ".join(names[i] for i in gram): known[gram] for gram in best}


_TONES = {"o": "òóỏõọ", "u": "ùúủũụ", "a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
_ON_FIRST = {_TONES[a][tone] + b: a + _TONES[b][tone] for a, b in ("oa", "oe", "uy") for tone in range(5)}
_ON_SECOND = {other: one for one, other in _ON_FIRST.items()}
_ENDS_ON_FIRST = re.compile(rf"(?<!q)(?:{'|'.join(_ON_FIRST)})(?!\w)")
_GOES_ON = re.compile(rf"(?<!q)(?:{'|'.join(_ON_SECOND)})(?=\w)")


def _other_tone_place(word: str) -> str:
    """The word with its tone marks where others put them, rightly or not: "hòa" → "hoà", "toàn" → "tòan"."""
    word = _ENDS_ON_FIRST.sub(lambda found: _ON_FIRST[found.group()], word)
    return _GOES_ON.sub(lambda found: _ON_SECOND[found.group()], word)


def build(counts: dict[str, int]) -> Vocabulary:
    """The vocabulary over words and syllables with their counts (blank-separated syllables), twins and letters included."""
    weight: dict[str, float] = {word: float(n) for word, n in counts.items()}
    rows = {word: number + 1 for number, word in enumerate(counts)}  # row 0 is the unknown piece
    meanings: dict[str, Counter[str]] = defaultdict(Counter)
    for word, n in counts.items():
        meanings[fold(word)][word] += n
    row_of: dict[str, int] = dict(rows)
    for folded, meant in meanings.items():
        if folded in row_of:
            continue
        word, n = meant.most_common(1)[0]
        weight[folded] = float(meant.total())
        row_of[folded] = row_of[word] if n >= SURE * meant.total() else len(set(row_of.values())) + 1
    for word, n in counts.items():
        twin = _other_tone_place(word)
        if twin != word and twin not in row_of:
            weight[twin], row_of[twin] = float(n), row_of[word]
    total = sum(weight.values())
    pieces = [(UNKNOWN, 0.0)]
    mapping = [0]
    for word in sorted(weight, key=lambda w: (-weight[w], w)):
        pieces.append((BLANK + word.replace(" ", BLANK), math.log(weight[word] / total)))
        mapping.append(row_of[word])
    # Letters and digits, with and without the blank before, spell what is no known syllable; they cost more than any word.
    spelling = min(score for _, score in pieces[1:]) - 2.0
    taken = {piece for piece, _ in pieces}
    rows_used = max(mapping)
    for piece in (BLANK, *sorted({c for w in counts for c in w + fold(w) if c != " "})):
        if piece not in taken:
            rows_used += 1
            pieces.append((piece, spelling))
            mapping.append(rows_used)
    return Vocabulary(tuple(pieces), tuple(mapping), rows_used + 1)


def learn(texts: Sequence[str], size: int, passes: int = 2, sample: int = 4) -> Vocabulary:
    """Mines the words of ``texts`` and keeps about ``size`` syllables and words that the best cutting really uses.

    ``passes`` times the texts (every ``sample``-th of them) are cut with the present pieces and each is counted as often as
    it was used: hard expectation-maximisation, which starves fragments such as "định tại" of "quy định tại".
    """
    counts, cut = syllable_counts(texts)
    candidates = words_of(cut, counts, at_most=2 * size)
    syllables = {s: n for s, n in counts.items() if _worth_a_piece(s, n)}
    kept = {**syllables, **candidates}
    for done in range(passes):
        vocabulary = build(kept)
        tokenizer, times = vocabulary.tokenizer(), np.zeros(len(vocabulary.pieces), dtype=np.int64)
        for start in range(0, len(texts) // sample, 4096):
            batch = texts[start * sample : (start + 4096) * sample : sample]
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                np.add.at(times, encoding.ids, 1)
        used = {piece: sample * int(n) for (piece, _), n in zip(vocabulary.pieces, times, strict=True)}
        found = {word: used[BLANK + word.replace(" ", BLANK)] for word in kept}
        room = size - len(syllables) if done == passes - 1 else len(candidates)
        best = sorted((w for w in candidates if found.get(w, 0) >= 20), key=lambda w: (-found[w], w))[:room]
        kept = {s: max(1, found[s]) for s in syllables} | {w: found[w] for w in best}
    return build(dict(sorted(kept.items(), key=lambda item: (-item[1], item[0]))))


def _worth_a_piece(syllable: str, count: int) -> bool:
    """Whether a syllable gets a piece: seen often enough, and a number only when it is short or a year."""
    if syllable.isdigit():
        return count >= 50 and (len(syllable) <= 2 or (len(syllable) == 4 and syllable[:2] in ("19", "20")))
    return count >= 20 and len(syllable) <= 12
