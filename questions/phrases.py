"""How questions are put: the phrases that show what is asked, as tables over folded text (so accents do not matter).

Each entry is (what it shows, pattern); a pattern is matched on folded words with single blanks between them. The tables are tried
in order; every one that matches counts, because one question may ask for several things.
"""

from __future__ import annotations

import re

from ontology.knowledge import knowledge
from questions.words import tokens

_UNIT = r"(?:don vi|co quan|phong ban|phong|so|ban|bo phan|to chuc|to|trung tam|nganh|cap|doanh nghiep|ben|nguoi)"
_NAO = r"(?:nao|gi)"
_DOCUMENT = (
    r"(?:van ban|quyet dinh|nghi dinh|nghi quyet|ke hoach hanh dong|ke hoach|chi thi|thong tu|cong van|luat|de an|chuong trinh|chien luoc|"
    r"quy dinh|can cu|bao cao|thong bao|phu luc)"
)
_THING = r"(?:nhiem vu|cong viec|viec|du an|hang muc|noi dung|dau viec|san pham)"

KINDS: tuple[tuple[str, str], ...] = (
    (
        "compare",
        r"so sanh|doi chieu|khac nhau|khac gi|khac biet|khac the nao|giong nhau|giong va khac|chenh lech|chenh nhau|hon kem|lech nhau",
    ),
    (
        "compare",
        r"\bso voi\b.*\b(?:the nao|ra sao|cao hon|thap hon|hon|kem|bao nhieu)\b|\b(?:cao|thap|nhieu|it|som|muon|nhanh|cham) hon\b",
    ),
    (
        "sum",
        r"tong (?:so |muc |cong )?(?:kinh phi|tien|du toan|von|ngan sach|chi phi|nhu cau|muc chi|phan bo)|cong lai|tong cong .*(?:tien|kinh phi|trieu|ty)",
    ),
    ("sum", r"tong .{0,60}(?:kinh phi|tien|du toan|von|trieu dong) .{0,60}(?:bao nhieu|may)"),
    (
        "count",
        rf"(?:bao nhieu|may) (?:\w+ ){{0,2}}?(?:nhiem vu|dau viec|viec|du an|chi tieu|muc tieu|van ban|don vi|can cu|quyet dinh|nghi dinh|nghi quyet|{_DOCUMENT})\b(?! nao)",
    ),
    ("count", r"so luong (?:nhiem vu|du an|chi tieu|van ban|don vi)|dem (?:so|xem|giup)"),
    (
        "trace",
        r"truy (?:nguoc|nguyen|vet|len|tim)|bat nguon|xuat phat tu|chuoi (?:van ban|can cu)|cu the hoa .* nao|di len toi|nguon goc",
    ),
    (
        "list",
        r"liet ke|ke ten|ke ra|danh sach|thong ke cac|cho (?:toi )?(?:xem|biet) (?:cac|nhung|tat ca)|(?:nhung|cac|tat ca) (?:\w+ ){1,6}?(?:nao|gi)\b",
    ),
    (
        "list",
        rf"gom (?:nhung|co nhung|cac)?|bao gom|(?:nhung|cac) (?:viec|nhiem vu|{_UNIT}) .*(?:nao|gi)\b|(?:viec|nhiem vu) gi\b|phai lam (?:nhung )?gi|lam nhung gi",
    ),
)

ASKS: tuple[tuple[str, str], ...] = (
    ("replaces", r"thay the|bai bo|thay cho|het hieu luc"),
    (
        "signer",
        r"(?:ai|nguoi nao|lanh dao nao|dong chi nao)(?: la)?(?: nguoi)?(?: da)?(?: thay mat)? ky\b|nguoi ky|do ai ky|ai ky|chuc vu .* ky",
    ),
    (
        "coordinate",
        rf"{_UNIT} nao(?: \w+){{0,3}}? phoi hop|ai(?: \w+){{0,2}}? phoi hop|phoi hop (?:voi|cung|la|thuc hien)?(?: \w+){{0,2}} ?(?:ai|nao)\b|{_UNIT} phoi hop(?: \w+){{0,6}}? (?:nao|gi|ai)\b",
    ),
    ("support", rf"(?:{_UNIT} nao|ai) (?:la )?(?:dau moi )?ho tro|dau moi ho tro"),
    ("lead", rf"\bai\b|{_UNIT}(?: \w+){{0,2}}? nao\b|giao (?:cho )?(?:ai|{_UNIT} nao)|(?:chu tri|phu trach|dau moi) la"),
    (
        "when",
        r"khi nao|bao gio|luc nao|thoi (?:gian|han|diem)(?: \w+){0,6}? (?:nao|the nao|ra sao|bao lau|khi nao|la)|(?:han|han chot|deadline|tien do)(?: \w+){0,4}? (?:nao|den|khi|la|may|the nao|ra sao|bao)|(?:thang|quy|nam|ngay) (?:nao|may)\b|bao lau|den han|han chot|thoi han|thoi gian thue|may nam",
    ),
    ("product", r"san pham(?: \w+){0,5}? (?:gi|nao)|san pham hoan thanh|san pham dau ra|dau ra (?:la )?gi|ket qua dau ra"),
    (
        "money",
        r"bao nhieu (?:tien|kinh phi|trieu|ty|dong|von|ngan sach)|(?:kinh phi|tien|du toan|von|ngan sach|chi phi|muc chi|nhu cau|phan bo|phan bo kinh phi)(?: \w+){0,14}? (?:bao nhieu|la may|may trieu|may ty|het bao)|het bao nhieu|ton bao nhieu|chi bao nhieu|(?:kinh phi|tien|du toan)(?: \w+){0,6}? (?:khac nhau|ra sao|the nao)|gia (?:bao nhieu|the nao)",
    ),
    ("date", r"(?:ban hanh|ky|ra doi|de)(?: \w+){0,4}? (?:ngay|khi|nam) (?:nao|may|thang nam nao)|ngay (?:ban hanh|ky|thang)"),
    (
        "document",
        rf"{_DOCUMENT}(?: \w+){{0,3}}? (?:nao|gi|so may|so bao nhieu|may)\b|so may\b|so hieu|so bao nhieu|so ky hieu|van ban nao|theo dau|dua (?:vao|tren) (?:dau|{_DOCUMENT})",
    ),
    (
        "quantity",
        r"bao nhieu|phan tram|ty le|muc (?:nao|may)|may (?:nguoi|lop|hoc vien|thanh vien|may|nha mang|diem|cap)|dat (?:muc )?(?:nao|the nao)",
    ),
)

ROLES: tuple[tuple[str, str], ...] = (
    ("appendix", r"phu luc"),
    ("responsibilities", r"(?:trach nhiem )?to chuc thuc hien|giao trach nhiem|duoc giao trach nhiem"),
    ("bases", r"can cu (?:phap ly|lap|ban hanh|vao|vao nhung|vao cac)|(?:cac|nhung|bao nhieu|may)(?: van ban)? can cu"),
    ("targets", r"(?:cac|nhung|bao nhieu|may) (?:chi tieu|muc tieu)"),
    ("solutions", r"(?:cac|nhung) giai phap"),
    ("results", r"(?:da|ket qua)(?: \w+){0,3} dat (?:duoc)?|ket qua thuc hien|ton tai|han che|kho khan|vuong mac"),
)
"""The part of a document that a question is about, by what it calls it."""

LISTED: tuple[tuple[str, str], ...] = (
    ("document", rf"(?:nhung|cac|bao nhieu|may|nhieu) (?:\w+ )?{_DOCUMENT}\b"),
    ("target", r"(?:nhung|cac|bao nhieu|may|nhieu)(?: cac)? (?:chi tieu|muc tieu)"),
    (
        "task",
        rf"(?:nhung|cac|bao nhieu|may|nhieu|ke|duoc giao|ten)(?: cac| nhung)? {_THING}|{_THING} (?:gi|nao)|lam (?:nhung )?gi",
    ),
    (
        "unit",
        rf"(?:nhung|cac|bao nhieu|may|nhieu)(?: cac)? (?:{_UNIT}|doanh nghiep|to)\b(?: \w+){{0,10}}? (?:nao|duoc|chu tri|phoi hop|thuc hien)|(?:nhung|bao nhieu|may|nhieu) (?:don vi|co quan|phong)",
    ),
)
"""What a list or a count is of, by the words that name it."""

ASKING = (
    rf"{_UNIT} nao|"
    r"bao nhieu|phan tram|la gi|the nao|ra sao|nhu the nao|nhung gi|cac gi|khi nao|bao gio|luc nao|may phan tram|so may|so bao nhieu|so hieu|"
    r"it nhat|toi thieu|nhieu nhat|toi da|la bao|hay khong|dung khong|phai khong|co khong|liet ke|ke ten|so sanh|khac nhau|khac gi|chu tri|phoi hop|phu trach|dau moi ho tro|san pham hoan thanh|"
    r"thoi gian hoan thanh|thoi gian thuc hien|thoi gian|thoi han|han chot|han hoan thanh|hoan thanh|don vi|co quan|nhiem vu|chi tieu|muc tieu|"
    r"ke hoach|quyet dinh|nghi quyet|nghi dinh|van ban|can cu|truy nguoc|theo|ban hanh|phu luc|kinh phi|du toan|trieu dong|tong cong|tong|dat|"
    r"trach nhiem|to chuc thuc hien|danh muc|duoc giao|giao|muc|ty le|cung mot viec"
)
"""Phrases that ask or name the kind of thing asked for. They count little when evidence is matched."""

TERMS = frozenset(
    (
        "nhiem vu", "phu luc", "ke hoach", "quyet dinh", "nghi quyet", "nghi dinh", "chi thi", "thong tu", "cong van", "van ban",
        "chi tieu", "muc tieu", "kinh phi", "du toan", "don vi", "co quan", "chu tri", "phoi hop", "san pham", "thoi han", "can cu",
        "thay the", "giai phap", "trach nhiem", "danh muc", "du an",
    )
)  # fmt: skip
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
    return tuple(dict.fromkeys(name for name, pattern in table if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text)))


def spent(text: str) -> list[tuple[int, int]]:
    """Where in the folded ``text`` the asking phrases stand (offsets)."""
    return [found.span() for found in re.finditer(rf"(?<!\w)(?:{ASKING})(?!\w)", text)]
