"""The numbers that office programs set by themselves before the paragraphs of a list ("1.", "a)", "II.", "-").

The forms are those of ECMA-376 part 1, 17.18.59 (ST_NumberFormat), of OpenDocument's ``style:num-format`` and of HTML's ``type``.
"""

from __future__ import annotations

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"))
_ROMAN_ONES = ((5, "V"), (4, "IV"), (1, "I"))
_LARGEST_ROMAN = 3_999

FORMS = {
    "decimal": "1", "decimalZero": "01", "upperRoman": "I", "lowerRoman": "i", "upperLetter": "A", "lowerLetter": "a",
    "1": "1", "01": "01", "I": "I", "i": "i", "A": "A", "a": "a",
}  # fmt: skip
"""Names of forms → the form as its first number shows it; a form that is not here counts in digits."""

_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "•",
    "\uf0d8": "•",
    "\uf0fc": "•",
    "\uf076": "•",
    "\uf02d": "-",
    "\uf0f0": "•",
    "\uf0e8": "•",
}
"""Signs of the Symbol and Wingdings fonts that serve as bullets."""


def shown(value: int, form: str) -> str:
    """``value`` in a form named as in :data:`FORMS` (4, "lowerRoman" → "iv")."""
    kind = FORMS.get(form, "1")
    if kind in "Ii" and 0 < value <= _LARGEST_ROMAN:
        return _roman(value) if kind == "I" else _roman(value).lower()
    if kind in "Aa" and value > 0:
        # behind z comes aa, bb, ... (17.18.59)
        letter = chr(ord(kind) + (value - 1) % 26)
        return letter * min((value - 1) // 26 + 1, 20)
    return f"{value:02d}" if kind == "01" else str(value)


def _roman(value: int) -> str:
    found = ""
    for worth, sign in (*_ROMAN, *_ROMAN_ONES):
        count, value = divmod(value, worth)
        found += sign * count
    return found


def bullet(sign: str) -> str:
    """The sign of a bullet as a letter that every font has."""
    sign = sign.strip()[:1]
    return _BULLETS.get(sign, "•" if "\ue000" <= sign <= "\uf8ff" or not sign else sign)
