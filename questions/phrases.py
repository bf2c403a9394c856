"""How questions are put: the phrases that show what is asked, as tables over folded text (so accents do not matter).

Each entry is (what it shows, pattern); a pattern is matched on folded words with single blanks between them. The tables are tried
in order; every one that matches counts, because one question may ask for several things.
"""

from __future__ import annotations

import re
from functools import cache

from ontology.knowledge import knowledge
from questions.asking_words import any_of, group
from questions.words import tokens

_DIGITAL = (
    "ho co con doi te hoi quyen lieu tang nang luc ky dan nghe che thuc dung lang vien truong tin hoa chi vu tai muc tong phu mot"
)
"""Words before which the folded "so" is no department but a number or "digital": chuyển đổi số, kinh tế số, chữ ký số."""
_SO = "".join(rf"(?<!\b{word} )" for word in _DIGITAL.split()) + "so"
_UNIT = (
    rf"(?:don vi|co quan|phong ban|phong|{_SO}|(?<!van )ban|bo phan|to chuc|to|trung tam|nganh|cap|"
    r"doanh nghiep|ben|nguoi)"
)
_DOCUMENT = (
    r"(?:van ban|quyet dinh|nghi dinh|nghi quyet|ke hoach hanh dong|ke hoach|chi thi|thong tu|cong van|luat|de an|chuong trinh|"
    r"chien luoc|quy dinh|can cu|bao cao|thong bao|phu luc)"
)
_NOT_OF = "so|phong|ban|don vi|co quan|nguoi|ai|ngay|thang|quy|nam"
_NO_UNIT = rf"(?: (?!(?:{_NOT_OF}|cai|ben|nhiem vu|viec|du an|nguyen tac|hinh thuc)(?!\w))\w+)"
"""A word that names neither a unit nor a time nor a thing to do, of which "nào" might ask as well."""
_NO_TIME = r"(?: (?!(?:ngay|thang|quy|nam|khi|luc)(?!\w))\w+)"
"""A word that names no time, of which "nào" might ask."""
_THING = r"(?:nhiem vu|cong viec|viec|du an|hang muc|noi dung|dau viec|san pham|khoan|mon)"
_MONEY = r"(?:kinh phi|tien|du toan|von|ngan sach|chi phi|muc chi|nhu cau|phan bo)"
_MANY = r"(?:nhung|cac|bao nhieu|may|nhieu)"
_WHICH = r"(?<!ngay )(?<!thang )(?<!quy )(?<!nam )(?<!the )(?<!gian )(?<!khi )(?:nao|gi)\b"


_COUNTED = any_of("counted")
"""What is counted, so that "mấy" before it asks for a number and not for the number of a document."""


def _any(*patterns: str) -> str:
    """One pattern that any of ``patterns`` fulfils."""
    return "|".join(patterns)


KINDS: tuple[tuple[str, str], ...] = (
    (
        "compare",
        _any(
            r"so sanh|doi chieu|khac nhau|khac gi|khac biet|khac the nao|giong nhau|giong va khac|chenh lech|chenh nhau|hon kem",
            r"lech nhau|\bso voi\b.*\b(?:the nao|ra sao|cao hon|thap hon|hon|kem|bao nhieu)\b",
            r"\b(?:cao|thap|nhieu|it|som|muon|nhanh|cham|lon|nho|dai|ngan|ton|dat|re) hon\b(?! \d)",
        ),
    ),
    (
        "sum",
        _any(
            rf"tong (?:so |muc |cong |du kien |duoc |duoc cap )*{_MONEY}|cong lai|tong cong .*(?:tien|kinh phi|trieu|ty)",
            rf"tat ca (?:la |het )?bao nhieu (?:{_MONEY}|trieu|ty)|bao nhieu (?:{_MONEY}|trieu|ty) (?:tat ca|tong cong|ca thay)",
            rf"(?:ca |cho )(?:hai|ba|bon|cac) {_THING} (?:\w+ ){{0,8}}?bao nhieu {_MONEY}",
            r"tong (?!dai |hop |the |ket |cuc |cong ty |kho |giam doc |bi thu ).{0,60}"
            r"(?:kinh phi|tien|du toan|von|trieu dong) .{0,60}(?:bao nhieu|may)",
        ),
    ),
    (
        "count",
        _any(
            rf"(?:bao nhieu|may) (?:(?!cho |de |tien |kinh phi )\w+ ){{0,2}}?"
            rf"(?:{_THING}|chi tieu|muc tieu|don vi|{_DOCUMENT})\b(?! nao)",
            r"so luong (?:nhiem vu|du an|chi tieu|van ban|don vi)|dem (?:so|xem|giup)",
        ),
    ),
    (
        "trace",
        _any(
            r"truy (?:nguoc|nguyen|vet|len|tim)|bat nguon|xuat phat tu|chuoi (?:van ban|can cu)",
            r"cu the hoa .* nao|di len toi|nguon goc",
            rf"(?:thuc hien|can cu|trien khai|theo) .*{_DOCUMENT}(?: \w+){{0,4}}? nao .*"
            rf"(?:qua|thong qua) (?:nhung |cac )?{_DOCUMENT}",
        ),
    ),
    (
        "list",
        _any(
            rf"^(?!.*\b(?:nao|gi|bao nhieu|may|ai)\b)(?:cho (?:toi |em |minh )?(?:biet|xem|hoi) )?"
            rf"(?:nhung|cac|tat ca(?: cac| nhung)?) (?:{_THING}|chi tieu|muc tieu|don vi|co quan|phong|{_DOCUMENT})\b",
            r"liet ke|ke ten|ke ra|danh sach|thong ke cac|cho (?:toi )?(?:xem|biet) (?:cac|nhung|tat ca)",
            r"(?:nhung|cac) (?:[\w,]+ ){1,7}?(?:nao|gi)(?: ,)?$",
            rf"(?:nhung|cac|tat ca) (?:\w+ ){{1,6}}?{_WHICH}|gom (?:nhung|co nhung|cac)|gom (?:\w+ ){{0,3}}gi|bao gom",
            rf"(?:nhung|cac) (?:viec|nhiem vu|{_UNIT}) .*{_WHICH}|(?<!ve )(?:viec|nhiem vu) gi\b|phai lam (?:nhung )?gi",
            r"lam nhung gi",
            rf"\bla (?:nhung |cac )?{_THING} nao(?: ,)?$",
            r"(?:lam|lo|phu trach) gi(?: ,)?$",
            rf"^(?:{_THING}|chi tieu) nao\b|(?:nhung|cac) (?:\w+ ){{1,14}}?(?:la|gom) (?:nhung )?gi\b",
        ),
    ),
)

WHETHER = (
    r"(?:phai khong|dung khong|hay khong|hay chua|duoc khong|co dung|co phai|khong vay|chua vay)(?!\w)|"
    r"(?<!\w)(?:co|da|duoc)(?!\w).*(?<!\w)(?:khong|chua)(?: \w{1,3})?(?: ,)?$"
)
"""How a question asks whether something is so."""
INTERROGATIVE = rf"(?<!\w)(?:nao|gi|ai|bao nhieu|may {_COUNTED}|so may|o dau|tu dau|ra sao|tai sao|vi sao|bao gio|bao lau)(?!\w)"
"""Words that ask for something, not whether it is so."""

POSITION = any_of("position")
"""Positions that people hold."""

ASKS: tuple[tuple[str, str], ...] = (
    ("holder", rf"\bai (?:la|lam|giu)(?: chuc(?: vu)?)? {POSITION}|{POSITION} (?:\w+ ){{1,12}}?la ai\b"),
    ("replaces", r"thay the|bai bo|thay cho|het hieu luc"),
    ("signer", r"(?:ai|\w+ nao)(?: la)?(?: nguoi)?(?: da)?(?: thay mat)? ky\b(?! so)|nguoi ky\b(?! so)|do ai ky|chuc vu .* ky\b"),
    (
        "coordinate",
        _any(
            rf"^(?:cho (?:biet|hoi) )?{_UNIT} phoi hop|{_UNIT} nao(?: (?!chu tri)\w+){{0,7}}? phoi hop",
            r"\bai(?: \w+){0,2}? phoi hop",
            r"phoi hop (?:voi|cung|la|thuc hien)?(?: \w+){0,2} ?(?:ai|nao)\b",
            rf"{_UNIT} phoi hop(?: \w+){{0,6}}? (?:nao|gi|ai)\b",
        ),
    ),
    ("support", rf"(?:{_UNIT} nao|ai) (?:la )?(?:dau moi )?ho tro|dau moi ho tro"),
    (
        "lead",
        _any(
            rf"^(?:cho (?:biet|hoi) )?{_UNIT} (?:chu tri|phu trach|thuc hien)|\bai\b|{_UNIT}{_NO_TIME}{{0,2}}? nao\b",
            rf"giao (?:cho )?(?:ai|{_UNIT} nao)|(?:chu tri|phu trach|dau moi) la",
        ),
    ),
    (
        "when",
        _any(
            r"khi nao|bao gio|luc nao|hom nao|thoi (?:gian|han|diem)(?: \w+){0,6}? (?:nao|the nao|ra sao|bao lau|khi nao|la)",
            r"(?:han|han chot|deadline|tien do)(?: \w+){0,6}? (?:nao|den|khi|la|may|the nao|ra sao|bao)",
            r"^(?:cho (?:biet|hoi) )?thoi gian (?:hoan thanh|thuc hien|cua|nop)\b",
            r"^(?:cho (?:biet|hoi) )?(?:thoi han|han chot|tien do|han(?! che| gan| quoc| hep))\b",
            r"(?:thang|quy|nam|ngay) (?:nao|may)\b|bao lau|den han|han chot|thoi han|thoi gian thue|may nam",
            r"\bhan (?:\w+ ){0,30}?khac nhau",
            r"(?:so sanh|doi chieu) (?:thoi han|thoi gian|han|tien do)\b",
        ),
    ),
    (
        "often",
        r"bao lau(?: \w+){0,10}? (?:mot|1) lan|"
        r"(?:may \w+|bao nhieu \w+)(?: thi)? (?:mot|1) lan|may lan|bao nhieu lan|tan suat|dinh ky (?:bao lau|the nao)",
    ),
    (
        "product",
        _any(
            r"^(?:cho (?:biet|hoi) )?san pham (?:cua|hoan thanh|dau ra)",
            rf"san pham\b.* {_WHICH}|san pham (?:hoan thanh|dau ra)|(?:ket qua )?dau ra",
        ),
    ),
    (
        "money",
        _any(
            r"(?:ton|ton kem|dat|re) hon\b",
            r"bao nhieu (?:tien|kinh phi|trieu|ty|dong|von|ngan sach)|(?:het|ton|chi) bao nhieu",
            r"(?:bo tri|phan bo|duoc cap|du kien cap|cap von|rot|dau tu)(?: \w+){0,4}? bao nhieu"
            r"(?= ,| va| tien| trieu| ty| dong| kinh phi| von|$)",
            rf"^(?:nhu cau )?{_MONEY}\b(?! .*(?:tu dau|o dau))",
            rf"{_MONEY}(?: [\w,]+){{0,24}}? (?:bao nhieu|la may|may trieu|may ty|het bao)|gia (?:bao nhieu|the nao)",
            rf"{_MONEY}(?: \w+){{0,12}}? (?:khac nhau|ra sao|the nao)",
        ),
    ),
    (
        "date",
        r"(?:ban hanh|ky|ra doi|de)(?: \w+){0,4}? (?:ngay|khi|nam) (?:nao|may|thang nam nao)|ngay (?:ban hanh|ky|thang)",
    ),
    (
        "document",
        _any(
            rf"{_DOCUMENT}{_NO_TIME}{{0,3}}? (?:(?<!the )nao|gi|so may|so bao nhieu|may(?! lan))\b",
            rf"{_DOCUMENT}{_NO_UNIT}{{4,7}}? nao\b",
            rf"{_SO} may\b(?! {_COUNTED})|so hieu",
            rf"{_SO} bao nhieu|so ky hieu",
            rf"van ban nao|theo dau|dua (?:vao|tren) (?:dau|{_DOCUMENT})",
        ),
    ),
    (
        "quantity",
        _any(
            r"bao nhieu|phan tram|ty le|muc (?:nao|may)|dat (?:muc )?(?:nao|the nao)|chi tieu|muc tieu",
            rf"may (?!nam|thang|ngay|quy){_COUNTED}\b",
        ),
    ),
)

SUMS_OF_MONEY = r"(?<!\w)(?:kinh phi|du toan|ngan sach|chi phi|nhu cau von)(?!\w)"
"""How money is named in a comparison that does not ask for an amount in so many words."""

OPEN = r"(?:nao|gi|dau|sao)(?: |$)|the nao|nhu the nao|vi sao|tai sao|hay khong"
"""Words that ask for something which no field of a plan is."""

ROLES: tuple[tuple[str, str], ...] = (
    ("appendix", r"phu luc"),
    ("responsibilities", r"(?:trach nhiem )?to chuc thuc hien|giao trach nhiem|duoc giao trach nhiem"),
    (
        "bases",
        r"can cu (?:phap ly|lap|ban hanh|vao nhung|vao cac|nhung|cac)|(?:cac|nhung|bao nhieu|may)(?: van ban)? can cu",
    ),
    ("targets", r"(?:cac|nhung|bao nhieu|may) (?:chi tieu|muc tieu)"),
    ("solutions", r"(?:cac|nhung) giai phap"),
    ("results", r"(?:da|ket qua)(?: \w+){0,3} dat (?:duoc)?|ket qua thuc hien|ton tai|han che|kho khan|vuong mac"),
)
"""The part of a document that a question is about, by what it calls it."""

LISTED: tuple[tuple[str, str], ...] = (
    ("document", rf"{_MANY} (?:\w+ )?{_DOCUMENT}\b"),
    ("target", rf"{_MANY}(?: cac)? (?:chi tieu|muc tieu)"),
    ("task", rf"(?:{_MANY}|ke|duoc giao|ten)(?: cac| nhung)? {_THING}|{_THING} {_WHICH}|lam (?:nhung )?gi"),
    (
        "unit",
        _any(
            rf"{_MANY}(?: cac)? (?:{_UNIT}|doanh nghiep|to)\b(?:,? \w+| ,){{0,10}}? (?:nao|duoc|chu tri|phoi hop|thuc hien)",
            r"(?:nhung|bao nhieu|may|nhieu) (?:don vi|co quan|phong)|nhung ai",
        ),
    ),
)
"""What a list or a count is of, by the words that name it."""

_BESIDES = r"(?:va|kem|kem theo|cung|cung voi|,)(?: \w+){0,4}?"
BESIDES: tuple[tuple[str, str], ...] = (
    ("money", rf"{_BESIDES} {_MONEY}"),
    ("when", rf"{_BESIDES} (?:thoi han|thoi gian|han|tien do|bao gio|khi nao)"),
    ("product", rf"{_BESIDES} san pham"),
    ("lead", rf"{_BESIDES} (?:ai|{_UNIT})(?: \w+){{0,2}}? (?:chu tri|phu trach|thuc hien)"),
    ("coordinate", rf"{_BESIDES} (?:ai|{_UNIT})(?: \w+){{0,2}}? phoi hop"),
)
"""What a list is to say of each thing besides its name."""

ASKING = _any(
    rf"{_UNIT} nao|giam doc nao|bao nhieu|phan tram|la gi|the nao|ra sao|nhu the nao|nhung gi|cac gi|khi nao|bao gio|luc nao",
    r"may phan tram|so may|so bao nhieu|so hieu|it nhat|toi thieu|hom nao|cham nhat|nhieu nhat|toi da|la bao|hay khong",
    r"dung khong",
    r"phai khong|co khong",
    r"liet ke|ke ten|so sanh|khac nhau|khac gi|chu tri|phoi hop|phu trach|dau moi ho tro|san pham hoan thanh|san pham cua",
    r"thoi gian hoan thanh|thoi gian thuc hien|thoi gian|thoi han|han chot|han hoan thanh|hoan thanh|don vi|co quan|nhiem vu",
    r"chi tieu|muc tieu|ke hoach|quyet dinh|nghi quyet|nghi dinh|chi thi|van ban nao|van ban so|can cu|truy nguoc|theo|ban hanh",
    r"phu luc",
    r"(?<!nguon )kinh phi|du toan duoc duyet|du toan|duoc duyet|trieu dong|tong cong|trach nhiem|to chuc thuc hien|danh muc",
    r"tong(?= (?:so|kinh|tien|du|von|muc|nhu|chi|ngan))",
    rf"{_MANY}(?: cac)? {_THING}|duoc giao|du an|co han|thoi gian thue|ty le|cung mot viec|phai xong|xong",
    r"do ai|thuc hien ke hoach|bat nguon(?: tu)?|xuat phat(?: tu)?|doi chieu|chenh lech|giong nhau|hon kem|khac biet|chenh nhau",
    r"chenh|nguoi ky|(?:thong bao|cong van|to trinh|bao cao|thong tu|chuong trinh|luat|de an)(?= so \d| \d)",
    r"(?:tieu |chi |ton )?(?:het|ton|chi) bao nhieu(?: tien)?|bao nhieu tien|may lan|danh sach|cai nao|bao lau|mot lan",
    r"1 lan(?= ,|$)|(?:khoan|ben|noi|cai) nao",
    r"(?:nhieu|it|cao|thap|lon|nho|som|muon|ton|dat|re) hon|lo (?=viec|nhung|cac|chuyen)",
)
"""Phrases that ask or name the kind of thing asked for. They do not choose among evidence."""

GATHERING = (
    r"so(?= \d)|phan cong|ton(?= tat ca| bao nhieu| het)|duoc cap|cap(?= kinh phi| von| tien)|"
    r"bang(?= phu luc| phan cong| danh muc)|"
    r"thuc hien|trien khai|lam|lo|phai|danh sach|kem(?: theo)?|can|cung|tung|rieng|so lieu|thong ke|"
    r"phu trach|dam nhan|tien hanh|"
    r"(?:ca |tat ca )?(?:hai|ba|bon|nam) (?:nhom|muc|danh muc)|nhom|phan|muc|trong do|tien|von|do vao|su dung|cu the|bao gom|"
    r"gom|moi nhat|cung chu tri|san pham|vien dan|dan chieu|trich dan|nhac den|ap dung|tuan thu|neu ten|ngoai ra|cac|nhung|ten|"
    r"nhu cau|duoc bo tri|bo tri|(?:moi|tung) (?:noi|ben|don vi|phong|so)|con no|no(?= nhung| cac| viec)|moc(?: thoi gian)?|"
    r"(?:ca )?(?:hai|ba|bon|nam|may)(?= nhiem vu| du an| viec| hang muc| de an)|"
    r"xin(?: cap)?|thuoc|nam trong|tinh lam|(?:lam )?them|om(?= may| bao| nhung| cac)|(?:trong |o )?bang(?= phu luc)|dau viec|"
    r"noi nhan|rot(?= tien| von| kinh phi)|(?<=may )mon|mon(?= nao| gi)|tu(?= nam(?! \w+ nao))|"
    r"de xuat(?= bao nhieu)|phan cong|khoan|han"
)
"""Further words of lists, counts and sums that name no thing: "lo những việc gì", "danh sách ... kèm thời hạn"."""

TERMS = frozenset(group("term"))
"""Terms of plans that an abbreviation nobody listed most likely stands for ("PL", "NV")."""

_DOCUMENT_TYPES: dict[str, str] = {}


def document_types() -> dict[str, str]:
    """The names of document types as folded words, each with the folded label of its type (ontology's list, longest first)."""
    if not _DOCUMENT_TYPES:
        names = {
            " ".join(tokens(name)): " ".join(tokens(entry.label))
            for entry in knowledge().document_types
            for name in (entry.label, *entry.aliases)
        }
        _DOCUMENT_TYPES.update(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])))
    return _DOCUMENT_TYPES


def shows(table: tuple[tuple[str, str], ...], text: str) -> tuple[str, ...]:
    """What the phrases of ``table`` in the folded ``text`` show, in the table's order, each once."""
    return tuple(dict.fromkeys(name for name, pattern in table if _bounded(pattern).search(text)))


@cache
def _bounded(pattern: str) -> re.Pattern[str]:
    """``pattern`` between whole words."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def first_shown(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    """What the phrase of ``table`` shows that stands first in the folded ``text``; of several at one place the table's first."""
    found = [(match.start(), at) for at, (_, pattern) in enumerate(table) if (match := _bounded(pattern).search(text))]
    return table[min(found)[1]][0] if found else None


def spent(text: str, gathering: bool = False) -> list[tuple[int, int]]:
    """Where in the folded ``text`` the asking phrases stand (offsets); with ``gathering`` also the further ones of lists."""
    patterns = (ASKING, GATHERING) if gathering else (ASKING,)
    return [found.span() for pattern in patterns for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)]
