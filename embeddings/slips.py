"""Slips of the keyboard in a query: which syllables look mistyped, and what they may have been meant to be.

A syllable is judged by its neighbours (a noisy channel, Kernighan, Church and Gale 1990): the texts themselves say which
syllables stand beside each other. Some text may well have "si", but none has "hồ si", and many have "hồ sơ". What was written
always counts as well, so a rare name that looks like a slip is still found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from embeddings.tokens import PAIR

GUESS_WEIGHT, SURE_WEIGHT = 0.4, 0.8
"""Weight of a syllable that may be meant, and of one that is surely meant because nothing else makes sense."""

MOST_GUESSES = 3
"""Syllables that one slip may stand for."""

MOST_CHECKED = 60
"""Syllables of a query that are looked at: beyond that it is a text, and one slip in it decides nothing."""

LONGEST = 20
"""Letters of a word that is looked at: a syllable has seven at most, and few foreign words more than this."""

SLIP = math.log(100)
"""How much likelier than what is written a guess must be: about one syllable in a hundred is mistyped."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Guess:
    """The syllable at ``place`` of the query may be ``meant``; ``tokens`` are it and its pairs that some text has."""

    place: int
    meant: str
    tokens: tuple[str, ...]
    sure: bool

    @property
    def weight(self) -> float:
        """The weight of its tokens in a search."""
        return SURE_WEIGHT if self.sure else GUESS_WEIGHT


def corrected(syllables: Sequence[str], guessed: Iterable[Guess]) -> str:
    """The query with what was surely meant in place of what was written."""
    meant = {guess.place: guess.meant for guess in guessed if guess.sure}
    return " ".join(meant.get(place, syllable) for place, syllable in enumerate(syllables))


def pairs_meant(pairs: Iterable[str], guessed: Iterable[Guess]) -> list[str]:
    """The ``pairs`` of a query and those that were surely meant."""
    return [*pairs, *(token for guess in guessed if guess.sure for token in guess.tokens if PAIR in token)]


def one_edit_away(word: str) -> set[str]:
    """Every string one slip away: a letter lost, doubled or added, changed, or two swapped (Norvig 2007)."""
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in halves if b),
        *(a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1),
        *(a + c + b[1:] for a, b in halves if b for c in _LETTERS),
        *(a + c + b for a, b in halves for c in _LETTERS),
    } - {word}


def guesses(syllables: Sequence[str], known: Mapping[str, int], texts_with: Callable[[str], int]) -> list[Guess]:
    """The guesses for a query's folded ``syllables``, at most ``MOST_GUESSES`` for each, the likeliest first.

    ``known`` are the syllables of the texts with their occurrences; ``texts_with`` says how many texts hold a token.
    """
    found: list[Guess] = []
    if len(syllables) > MOST_CHECKED:
        return found
    for i, written in enumerate(syllables):
        if not written.isascii() or not written.isalpha() or not 2 <= len(written) <= LONGEST:
            continue
        before = syllables[i - 1] + PAIR if i else ""
        after = PAIR + syllables[i + 1] if i + 1 < len(syllables) else ""

        def likely(syllable: str, before: str = before, after: str = after) -> tuple[float, tuple[str, ...]]:
            """How well a syllable fits between the neighbours, as a logarithm, and its pairs with them that texts have."""
            pairs = [pair for pair in (before and before + syllable, after and syllable + after) if pair]
            counts = [texts_with(pair) for pair in pairs]
            fit = sum(math.log1p(count) for count in counts) + 0.1 * math.log1p(known.get(syllable, 0))
            return fit, tuple(pair for pair, count in zip(pairs, counts, strict=True) if count)

        as_written, pairs_written = likely(written)
        if written in known and len(pairs_written) == bool(before) + bool(after) and as_written >= 2 * SLIP:
            continue
        needed = as_written + (SLIP if written in known else 0.0)
        ranked = sorted((-fit, meant, pairs) for meant, fit, pairs in _fitting(written, known, likely) if fit >= needed)
        supported = [entry for entry in ranked if entry[2]]
        for rank, (_, meant, pairs) in enumerate((supported or ranked)[:MOST_GUESSES]):
            sure = rank == 0 and bool(pairs) and (len(supported) == 1 or -ranked[0][0] + ranked[1][0] >= SLIP / 4)
            found.append(Guess(i, meant, (meant, *pairs), sure))
    return found


def _fitting(
    written: str, known: Mapping[str, int], likely: Callable[[str], tuple[float, tuple[str, ...]]]
) -> list[tuple[str, float, tuple[str, ...]]]:
    """The known syllables an edit away, how well each fits, and its pairs."""
    return [(meant, *likely(meant)) for meant in sorted(one_edit_away(written) & known.keys())]
