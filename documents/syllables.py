"""How a Vietnamese syllable is written: onset, rime, tone.

The table states the orthography itself (as school grammars teach it: which onset letters stand before which rime, which rimes
exist, that a rime closed by c, ch, p, t bears only the tones sắc and nặng) instead of listing words seen in a file. It
therefore knows every native syllable, seen or not, and no foreign word.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from documents.text import fold, nfc, tone_marks


def _listed(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}

_RIMES = _listed(
    # one nucleus letter
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ich im in inh ip it iu y "
    "o oc oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u uc ui um un ung up ut ư ưc ưi ưm ưng ưt ưu "
    # diphthongs
    "ia iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu ua uôc uôi uôm uôn uông uôt ưa ươc ươi ươm ươn ương ươp ươt ươu "
    # with the glide o, u
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet "
    "uân uâng uât uây uê uêch uênh uơ uy uych uynh uyn uyp uyt uyu uya uyên uyêt"
)
_AFTER_QU = _listed(
    "a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê ên êt êch ênh ơ ơn i it y ych ynh yt "
    "yên yêt yêu ôc"
)
_AFTER_GI = _listed(
    "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âm ân âng âp ât âu ây e em en eo ep et o oc oi om on ong op ot "
    "ô ôi ông ôn ơ ơi ơn ơt u uc ui um un ung up ua ư ưa ương ươc ưt uôc uôi âc"
)
_G_BEFORE_I = _listed("i in iêc iên iêng iêt")
_FRONT = tuple("eêiy")
"""Before these letters the sounds of c, g, ng are written k, gh, ngh."""

_PLAIN_ONSETS = _listed("b d đ h l m n p r s t v x ch kh nh ph th tr")
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = ("sắc", "nặng")
_GLIDED_ALONE = frozenset(rime for rime in _RIMES if rime.startswith(("oa", "oă", "oe", "uâ", "uê", "uơ", "uy")))


def _onset_fits(onset: str, rime: str) -> bool:
    """Whether ``onset`` is how the rules write its sound before ``rime``."""
    if onset == "qu":
        return rime in _AFTER_QU
    if onset == "gi":
        return rime in _AFTER_GI
    if rime not in _RIMES or (rime.startswith("yê") and onset):
        return False
    if onset in ("k", "gh", "ngh"):
        return rime.startswith(_FRONT)
    if onset == "g":
        return rime in _G_BEFORE_I or not rime.startswith(_FRONT)
    if onset in ("c", "ng"):
        return not rime.startswith(_FRONT)
    if onset == "":
        return not rime.startswith("iê")
    return onset in _PLAIN_ONSETS


_IN_PLACE_NAMES = _listed("đắk lắk đăk lăk kạn kông krông plông")
"""Written against the rules in the official names of Vietnamese provinces and districts (Đắk Lắk, Bắc Kạn, Krông Pắc)."""

_ONSETS = ("ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", *"bcdđghklmnprstvx", "")


def split(word: str) -> tuple[str, str, str | None] | None:
    """Onset, rime (without tone) and tone name of a syllable; ``None`` when ``word`` is no Vietnamese syllable.

    Takes any case; a tone mark in its other place (hoà) is accepted.
    """
    return _split(word) if len(word) <= 8 else None


@lru_cache(maxsize=65536)
def _split(word: str) -> tuple[str, str, str | None] | None:
    lowered = tone_marks(nfc(word).lower())
    tone: str | None = None
    letters = []
    for char in unicodedata.normalize("NFD", lowered):
        if char in _TONES:
            if tone is not None:
                return None
            tone = _TONES[char]
        else:
            letters.append(char)
    bare = nfc("".join(letters))
    for onset in _ONSETS:
        rime = bare[len(onset) :]
        if bare.startswith(onset) and rime and _onset_fits(onset, rime):
            if rime.endswith(_STOPS) and tone not in _STOP_TONES:
                return None
            # the mark must stand where the rules put it: compare with the rime toned anew
            return (onset, rime, tone) if _tone_in_place(lowered, onset, rime) else None
    return None


def _tone_in_place(lowered: str, onset: str, rime: str) -> bool:
    """Whether the tone mark of ``lowered`` stands on the right letter of the rime."""
    position = next((i for i, char in enumerate(lowered) if any(m in _TONES for m in unicodedata.normalize("NFD", char))), None)
    return position is None or position - len(onset) == tone_position(rime, after_qu=onset == "qu")


def tone_position(rime: str, after_qu: bool = False) -> int:
    """The index of the letter of ``rime`` that bears the tone mark.

    On ê, ô, ơ, â, ă when there is one (ươ: on ơ); else on the second of two vowel letters when a consonant or a third vowel
    follows a glide (hoàn, ngoài, huỳnh), else on the first (hòa, của, chịu).
    """
    for index in range(len(rime) - 1, -1, -1):
        if rime[index] in "êôơâă":
            return index
    if "ư" in rime:
        return rime.index("ư")
    if rime in ("oong", "ooc"):
        return 1
    glided = rime in _GLIDED_ALONE and not after_qu and len(rime) > 2
    return 1 if glided else 0


def is_syllable(word: str) -> bool:
    """Whether ``word`` is spelled as a Vietnamese syllable, accents and tone included: "được" yes, "duoc" no, "office" no."""
    return split(word) is not None or word.lower() in _IN_PLACE_NAMES


@lru_cache(maxsize=1)
def bare_syllables() -> frozenset[str]:
    """The accentless forms of all syllables that can be written: "duoc", "hoach", "an"."""
    rimes = _RIMES | _AFTER_QU | _AFTER_GI
    return frozenset(fold(onset + rime) for onset in _ONSETS for rime in rimes if _onset_fits(onset, rime))


def is_bare_syllable(word: str) -> bool:
    """Whether ``word`` is a Vietnamese syllable once accents are ignored."""
    return fold(word) in bare_syllables()
