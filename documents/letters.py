"""Capital and small letters of Vietnamese as character classes for patterns (ranges of code points mix the two)."""

from __future__ import annotations

import unicodedata

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_ACCENTED = "".join(
    letter for vowel in _VOWELS for tone in _TONES if not (letter := unicodedata.normalize("NFC", vowel + tone)).isascii()
)

SMALL = f"a-zđ{_ACCENTED}"
"""The small letters, for use inside square brackets."""

CAPITAL = f"A-ZĐ{_ACCENTED.upper()}"
"""The capital letters, for use inside square brackets."""
