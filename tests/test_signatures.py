"""The signer in the shapes in which files keep a signature block."""

from __future__ import annotations

import pytest

from documents.record import to_gold
from documents.understand import understand

HEAD = """ỦY BAN NHÂN DÂN
TỈNH KIẾN LÂM
Số: 412/QĐ-UBND
Kiến Lâm, ngày 05 tháng 3 năm 2022

QUYẾT ĐỊNH
Về việc thành lập Tổ công tác

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;

QUYẾT ĐỊNH:

Điều 1. Thành lập Tổ công tác./.

"""

BLOCKS = {
    "all on one line": "KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Đã ký) Đỗ Quang Vinh",
    "tabs between the columns": "Nơi nhận:\t\tKT. CHỦ TỊCH\n- Lưu: VT.\t\tPHÓ CHỦ TỊCH\n\t\t(Đã ký)\n\t\tĐỗ Quang Vinh",
    "a table of one row": "| Nơi nhận:<br>- Như trên; | KT. CHỦ TỊCH<br>PHÓ CHỦ TỊCH<br>Đỗ Quang Vinh |",
    "a mark of the stamp": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n[daky]\nĐỗ Quang Vinh",
    "signed, with colon": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐã ký: Đỗ Quang Vinh",
    "rank and degree": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nThượng tướng, GS.TS Đỗ Quang Vinh",
    "recipients beside it, blanks between": "Nơi nhận:     KT. CHỦ TỊCH\n- Sở TC;   PHÓ CHỦ TỊCH\n- Lưu: VT.\n\n  Đỗ Quang Vinh",
    "recipients beside it, one blank": "Nơi nhận: KT. CHỦ TỊCH\n- Sở Tài chính; PHÓ CHỦ TỊCH\n- Lưu: VT.\n\nĐỗ Quang Vinh",
    "the name beside the last recipient": "Nơi nhận:    KT. CHỦ TỊCH\n- Như trên;    PHÓ CHỦ TỊCH\n- Lưu: VT.   Đỗ Quang Vinh",
    "degree of a physician": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nBS.CKII Đỗ Quang Vinh",
    "degree in one word": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nBSCKII. Đỗ Quang Vinh",
    "two side by side, tabs": "KT. CHỦ TỊCH\t\tKT. BỘ TRƯỞNG\nPHÓ CHỦ TỊCH\t\tTHỨ TRƯỞNG\n\nĐỗ Quang Vinh\t\tLê Thị Mơ",
    "two side by side, blanks": "KT. CHỦ TỊCH      KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH     PHÓ CHỦ TỊCH\n\nĐỗ Quang Vinh      Lê Thị Mơ",
    "name in capitals": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nĐỖ QUANG VINH",
}


def signer(block: str) -> dict[str, str] | None:
    found: dict[str, str] | None = to_gold(understand((HEAD + block).split("\n"), "x.txt", "0" * 64))["document"]["signer"]
    return found


@pytest.mark.parametrize("shape", BLOCKS)
def test_name_and_position(shape: str) -> None:
    assert signer(BLOCKS[shape]) == {"name": "Đỗ Quang Vinh", "position": "Phó Chủ tịch"}


@pytest.mark.parametrize("name", ["H’Yim Kđoh", "K’ Mák", "Y Thanh Hà Niê Kđăm", "Lê Ánh"])
def test_names_of_other_peoples_and_short_ones(name: str) -> None:
    assert signer(f"CHỦ TỊCH\n\n{name}") == {"name": name, "position": "Chủ tịch"}


def test_a_body_in_capitals_is_nobody() -> None:
    assert signer("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTỈNH KIẾN LÂM") is None


RECIPIENTS = [
    ("- UBND tỉnh;\n- Chủ tịch, các PCT;\n- Lưu: VT.", "recipients who have a position sign nothing"),
    ("- Ban Quản lý dự án;\n- Ông Đỗ Quang Vinh;\n- Lưu: VT, Lê Thị Mơ.", "persons among the recipients"),
]


@pytest.mark.parametrize(("lines", "reason"), RECIPIENTS, ids=[x[1] for x in RECIPIENTS])
def test_recipients_do_not_sign(lines: str, reason: str) -> None:
    assert signer(f"Nơi nhận:\n{lines}") is None, reason
