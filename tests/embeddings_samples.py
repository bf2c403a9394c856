"""Small documents, passages and a model without weights for the tests of search."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from documents import Document
from documents.text import fold, words
from documents.understand import understand
from embeddings.model import Vectors, unit
from embeddings.passage import Passage, passages

PLAN = """ỦY BAN NHÂN DÂN
PHƯỜNG HOA SỮA

Số: 12/KH-UBND

KẾ HOẠCH
Chuyển đổi số phường Hoa Sữa năm 2026

I. MỤC TIÊU

- Phấn đấu 85% hồ sơ thủ tục hành chính được nộp trực tuyến.

II. NHIỆM VỤ

1. An toàn thông tin

- Lập hồ sơ đề xuất cấp độ cho các hệ thống thông tin của phường.
+ Đơn vị chủ trì: Văn phòng HĐND và UBND.
+ Thời gian hoàn thành: Quý II/2026.

- Tập huấn kỹ năng nhận biết lừa đảo trên mạng cho cán bộ, công chức.
+ Đơn vị chủ trì: Công an phường.
+ Thời gian hoàn thành: Thường xuyên.

2. Nhân lực số

- Duy trì tổ công nghệ số cộng đồng tại các tổ dân phố.
+ Đơn vị chủ trì: Phòng Văn hóa - Xã hội.
+ Thời gian hoàn thành: Thường xuyên.
"""

DEPARTMENT = """SỞ CÔNG THƯƠNG

Số: 7/KH-SCT

KẾ HOẠCH
Ứng dụng công nghệ thông tin của Sở Công Thương năm 2025

II. NHIỆM VỤ

1. Hạ tầng số

- Thay thế máy chủ đã hết hạn bảo hành tại phòng máy.
+ Đơn vị chủ trì: Văn phòng Sở.
+ Thời gian hoàn thành: Tháng 9/2025.

2. Dữ liệu số

- Xây dựng cơ sở dữ liệu về các cụm công nghiệp và chợ.
+ Đơn vị chủ trì: Phòng Quản lý thương mại.
+ Thời gian hoàn thành: Quý IV/2025.
"""


def document(text: str, source: str) -> Document:
    """The text understood as a document."""
    return understand(tuple(text.splitlines()), source, sha256(text.encode()).hexdigest())


def plan_passages() -> tuple[Passage, ...]:
    """The passages of the ward's plan."""
    return passages(document(PLAN, "phuong.txt"))


def department_passages() -> tuple[Passage, ...]:
    """The passages of the department's plan."""
    return passages(document(DEPARTMENT, "so.txt"))


class SyllableModel:
    """A model without training: a text is the sum of a fixed random vector for each of its folded syllables."""

    def __init__(self, name: str = "syllables", dimension: int = 32) -> None:
        self.name = name
        self.dimension = dimension

    @property
    def fingerprint(self) -> str:
        return sha256(f"{self.name} {self.dimension}".encode()).hexdigest()

    def _syllable(self, syllable: str) -> Vectors:
        seed = int.from_bytes(sha256(f"{self.name} {syllable}".encode()).digest()[:8], "little")
        return np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for syllable in words(fold(text)):
                row += self._syllable(syllable)
        return unit(vectors)

    def encode_query(self, query: str) -> Vectors:
        return np.asarray(self.encode([query])[0])
