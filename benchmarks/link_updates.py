"""How long it takes to bring the inferred links in line when one plan comes to a corpus of many.

    python benchmarks/link_updates.py [--plans 20000] [--tasks 50] [--above 40] [--runs 5] [--city]

The corpus is made up (seeded): plans of all provinces with tasks of shuffled clauses, so that far more of them match than in real
plans. In each province ``--above`` plans are of the city and its departments, the rest of wards. Only what stands above or below
the new plan is read, so only that is made. Printed are seconds of the wall clock and of the processor for a ward's plan and, with
--city, for a city's plan, which stands above all wards of its province.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
import tempfile
import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from documents.model import Document, Header, Task  # noqa: E402
from graph import link_store  # noqa: E402
from graph.links import LinkMaker  # noqa: E402
from graph.neighbours import Standing  # noqa: E402
from graph.store import GraphStore  # noqa: E402
from ontology.knowledge import knowledge  # noqa: E402

VERBS = (
    "Triển khai",
    "Xây dựng",
    "Rà soát, cập nhật",
    "Nâng cấp",
    "Tổ chức",
    "Phối hợp thực hiện",
    "Ban hành kế hoạch",
    "Kiểm tra",
)
OBJECTS = (
    "hồ sơ cấp độ an toàn hệ thống thông tin", "mạng nội bộ và trang thiết bị công nghệ thông tin", "lớp tập huấn kỹ năng số",
    "dịch vụ công trực tuyến toàn trình", "số hóa hồ sơ lưu trữ", "cơ sở dữ liệu dùng chung", "chuyên mục trên cổng thông tin",
    "phương án sao lưu dữ liệu", "tổ công nghệ số cộng đồng", "thanh toán không dùng tiền mặt", "ký số văn bản điện tử",
    "hệ thống camera giám sát giao thông", "đo lường kinh tế số", "đánh giá sự hài lòng của người dân", "hội nghị trực tuyến",
)  # fmt: skip
PLACES = (
    "tại trụ sở",
    "cho cán bộ, công chức",
    "ở các phòng, đơn vị",
    "phục vụ người dân và doanh nghiệp",
    "theo chỉ đạo của cấp trên",
)
LEVELS = ("thành phố", "sở/ngành", "phường/xã")


def made(key: str, tasks: int) -> Document:
    """The made-up plan with the key "<province>-<level>-<number>"."""
    province, level, number = (int(part) for part in key.split("-"))
    chance = random.Random(key)
    texts = [
        f"{chance.choice(VERBS)} {chance.choice(OBJECTS)} {chance.choice(PLACES)}; {chance.choice(VERBS).lower()} "
        f"{chance.choice(OBJECTS)} trong quý {chance.randint(1, 4)}."
        for _ in range(tasks)
    ]
    place = knowledge().places[province % len(knowledge().places)].full_name
    body = ("Ủy ban nhân dân", "Sở Khoa học và Công nghệ", f"Ủy ban nhân dân phường Số {number},")[level]
    header = Header(type="Kế hoạch", number=f"{number}/KH", title="Việc trong năm", issuer=f"{body} {place}", level=LEVELS[level],
                    date="2026-01-05", year=2026, place=place.split(" ", 1)[1])  # fmt: skip
    listed = tuple(Task(f"T{n:03d}", (n, n), "task", None, None, "khac", text) for n, text in enumerate(texts, 1))
    return Document(f"{key}.txt", key, tuple(texts), header, tasks=listed)


def main() -> None:
    """Make the corpus, add plans, print the seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=20_000)
    parser.add_argument("--tasks", type=int, default=50)
    parser.add_argument("--above", type=int, default=40)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--city", action="store_true")
    given = parser.parse_args()
    load = lru_cache(maxsize=None)(lambda key: made(key, given.tasks))
    provinces = len(knowledge().places)
    standings: dict[str, Standing] = {}
    samples = {level: Standing.of(made(f"0-{level}-1", given.tasks)) for level in range(3)}
    by_place = {p: Standing.of(made(f"{p}-0-1", 1)).province for p in range(provinces)}
    for number in range(given.plans):
        province, position = number % provinces, number // provinces
        level = 0 if position < given.above // 4 else 1 if position < given.above else 2
        key = f"{province}-{level}-{position}"
        standings[key] = replace(samples[level], province=by_place[province], issuer=f"{level} {key}")
    print(f"{platform.machine()}, Python {platform.python_version()}, {given.plans} plans of {given.tasks} tasks")
    with tempfile.TemporaryDirectory() as folder:
        store, linked = GraphStore(Path(folder)), link_store.Linked(standings, 0)
        for level, name in ((2, "a ward's plan"), (0, "a city's plan"))[: 2 if given.city else 1]:
            maker = LinkMaker()
            for run in range(given.runs):
                key = f"0-{level}-{900_000 + run}"
                load(key)
                wall, processor = time.perf_counter(), time.process_time()
                found = link_store.update(store, linked, (), [key], load, maker)
                wall, processor = time.perf_counter() - wall, time.process_time() - processor
                state = "nothing described" if run == 0 else "described before"
                print(f"{name}, {state}: {wall:.2f} s, {processor:.2f} s of processor, {found.quads // 14} links")


if __name__ == "__main__":
    main()
