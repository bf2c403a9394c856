"""Encodings: marked and unmarked Unicode, legacy Vietnamese codes, text that was decoded wrongly before."""

import unicodedata

import pytest

from documents.reading import encoding, legacy
from documents.reading.encoding import decode
from documents.text import fold

SENTENCES = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc. Ủy ban nhân dân phường ban hành kế hoạch chuyển đổi số, "
    "đẩy mạnh ứng dụng công nghệ thông tin; giữ vững an ninh mạng; phổ biến kỹ năng số cho người dân."
)
NAMES = dict(legacy.LEGACY)


def encoded(text: str, table: dict[int, str]) -> bytes:
    """The text in a code of one byte per letter."""
    back = {char: code for code, char in table.items()}
    return bytes(back.get(char) or ord(char) for char in text)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_unicode_with_and_without_mark(codec):
    found = decode(SENTENCES.encode(codec))
    assert found.text == SENTENCES
    assert bool(found.notes) == (not codec.startswith("utf-8")), "the officer is told of everything that is not UTF-8"


def in_windows_1258(char: str) -> str:
    """The letter as the code page has it: letters with hats, tones as marks of their own."""
    if char.encode("cp1258", "ignore"):
        return char
    parts = unicodedata.normalize("NFD", char)
    tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tones


def test_windows_1258():
    found = decode("".join(map(in_windows_1258, SENTENCES)).encode("cp1258"))
    assert found.text == SENTENCES
    assert "windows-1258" in found.notes[0]


@pytest.mark.parametrize(("name", "table"), [("VISCII", legacy._VISCII), ("TCVN3 (ABC)", legacy._TCVN3)])
def test_codes_of_one_byte(name, table):
    text = SENTENCES.replace("Ủy", "ủy") if name.startswith("TCVN3") else SENTENCES
    found = decode(encoded(text, table))
    assert found.text == text
    assert name in found.notes[0]
    saved_as_unicode = encoded(text, table).decode("latin-1").encode("utf-8")
    if name != "VISCII":  # its control codes do not survive being saved as Unicode
        assert decode(saved_as_unicode).text == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc",
            "Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập - Tự do - Hạnh phúc",
        ),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (
            "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc",
            "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
        ),
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Uyû ban nhaân daân thaønh phoá ñaõ xöû lyù hoà sô", "Uỷ ban nhân dân thành phố đã xử lý hồ sơ"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "latin-1"])
def test_old_fonts_in_files_of_both_kinds(written, expected, codec):
    found = decode(written.encode(codec))
    assert found.text == expected
    assert any("bảng mã cũ" in note for note in found.notes)


@pytest.mark.parametrize("times", [1, 2])
def test_utf8_that_was_read_as_another_code(times):
    text = SENTENCES
    for _ in range(times):
        text = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())
    found = decode(text.encode())
    assert found.text == SENTENCES
    assert len([n for n in found.notes if "giải mã sai" in n]) == 1


def test_mojibake_beside_good_text_is_repaired_alone():
    bad = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in "Nghị quyết số 57 về chuyển đổi số".encode())
    assert decode(f"{SENTENCES}\n{bad}".encode()).text == f"{SENTENCES}\nNghị quyết số 57 về chuyển đổi số"


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("Nghị quyết".encode()[:-2], "Nghị quy", "bị cắt"),
        ("Kế hoạch 𝄞 số".encode("utf-16", "surrogatepass").decode("utf-16").encode(), "Kế hoạch 𝄞 số", None),
        (b"K\xe1\xba\xbf ho\xe1\xba\xa1ch \xed\xa0\xb4\xed\xb4\x9e", "Kế hoạch 𝄞", "surrogate"),
        (("Kế hoạch chuyển đổi số. " * 3).encode() + b"\xff" + "Điều 1".encode(), None, "1 chỗ hỏng"),
    ],
)
def test_damaged_utf8(data, text, note):
    found = decode(data)
    assert text is None or found.text == text
    assert (note is None and not found.notes) or note in found.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "UY BAN NHAN DAN",
        "Ké hoach s6 215/KH-UBND ngay 25/8/2025 ctia Uy ban nhan dan thanh phd vé mg dung céng nghé",
        "Le café est fermé. À bientôt, Hélène; les élèves sont déjà arrivés à l'école.",
        "Đề án é à ô",
        SENTENCES,
    ],
)
def test_unicode_that_is_right_is_left_alone(text):
    found = decode(text.encode())
    assert found.text == text
    assert not found.notes


def test_unknown_code_is_read_with_a_warning_and_rubbish_not():
    found = decode("Le café est fermé, les élèves sont là.".encode("latin-1"))
    assert found.text == "Le café est fermé, les élèves sont là."
    assert "Không nhận ra bảng mã" in found.notes[0]
    assert decode(bytes(range(128, 256)) * 10) is None
    assert decode(b"\0\1\2" * 100) is None


def test_tables_are_one_to_one_and_complete():
    letters = {base + tone for base in "aăâeêioôơuưy" for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")}
    small = {unicodedata.normalize("NFC", letter) for letter in letters} - set("aeiouy") | {"đ"}
    assert set(legacy._VISCII.values()) == small | {letter.upper() for letter in small}
    assert small <= set(legacy._TCVN3.values())
    table, _ = legacy._vni()
    assert small - set("ìí") <= set(table.values()), "ì and í are written as themselves"
    assert all(fold(letter).isascii() for letter in table.values())


def in_tcvn3(text: str) -> str:
    """Small letters as a .VnTime font has them, in Unicode."""
    back = {letter: chr(code) for code, letter in legacy._TCVN3.items()}
    return "".join(back.get(char, char) for char in text)


GOOD_LINE = "Căn cứ kế hoạch của thành phố về bảo đảm an toàn thông tin;"


@pytest.mark.parametrize(
    ("bad", "meant", "name"),
    [
        (
            [in_tcvn3("giao văn phòng theo dõi, đôn đốc việc thực hiện"), "", in_tcvn3("báo cáo kết quả")],
            ["giao văn phòng theo dõi, đôn đốc việc thực hiện", "", "báo cáo kết quả"],
            "TCVN3",
        ),
        (
            ["UÛY BAN NHAÂN DAÂN PHÖÔØNG", "Ñoäc laäp"],
            ["ỦY BAN NHÂN DÂN PHƯỜNG", "Độc lập"],
            "VNI",
        ),
        (
            ["Ca(n cu+' ke^' hoa.ch cu?a tha`nh pho^'; ba'o ca'o ke^'t qua?.", "Ddie^`u 1. Vie^.c phu.c hoa`."],
            ["Căn cứ kế hoạch của thành phố; báo cáo kết quả.", "Điều 1. Việc phục hoà."],
            "VIQR",
        ),
    ],
)
def test_lines_in_an_old_font_inside_a_unicode_text(bad, meant, name):
    found = decode("\n".join([GOOD_LINE, *bad, GOOD_LINE]).encode())
    assert found.text.split("\n") == [GOOD_LINE, *meant, GOOD_LINE]
    assert any(name in note for note in found.notes)


@pytest.mark.parametrize(
    "line",
    [
        "Coffea arabica (Cà phê Arabica) – cà phê chè, cà phê vối",
        "• Á quân (2): 1960–61, 1998–99 – hạng nhì",
        "L'été à la mer: où êtes-vous, chère Zoé? Ça va bien, à bientôt",
        "Ké hoach phét trién 6 thang cuéi nim cia Uy ban nhén dan",
        "§ 5 ¶ 2: © công ty ® nhãn hiệu",
    ],
)
def test_lines_that_are_in_no_old_font_stay(line):
    assert decode(f"{GOOD_LINE}\n{line}".encode()).text == f"{GOOD_LINE}\n{line}"
    assert not encoding.is_wrongly_decoded(line)


@pytest.mark.parametrize(
    ("font", "typed", "meant"),
    [
        (".VnTime", in_tcvn3("kế hoạch"), "kế hoạch"),
        (".VnTimeH", in_tcvn3("kế hoạch"), "KẾ HOẠCH"),
        ("VNI-Times", "keá hoaïch", "kế hoạch"),
        ("Times New Roman", "keá hoaïch", "keá hoaïch"),
        (".VnTime", "kế hoạch", "kế hoạch"),
        (".VnTime", "Kế hoạch số 5", "Kế hoạch số 5"),
    ],
)
def test_text_that_names_its_old_font(font, typed, meant):
    assert encoding.from_old_font(typed, font) == meant
