"""How long a trace takes over 20,000 plans with a million tasks, and what keeping them costs.

    .venv/bin/python benchmarks/scale.py [--plans 20000] [--tasks 50] [--samples 400] [--seed 1]

The plans are made up from a seed: 34 provinces with a Party plan, a city's plan, plans of departments and of wards for each year;
every plan rests on the plan above it and on central directives, few of which are cited by very many; one task in seven cites one
as well. Prints sizes, memory, the time to resolve and to build, the time of traces up and down from plans, directives and tasks
(p50, p95, slowest), and what one more plan costs; exit status 1 when a p95 is over the limit.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from documents.model import Citation, CitedLink, Document, Header, Mention, Paragraph, Task  # noqa: E402
from graph.document_graph import DocumentGraph, document_graph  # noqa: E402
from graph.resolve import resolve  # noqa: E402
from graph.trace import trace, trace_record  # noqa: E402
from ontology.knowledge import knowledge  # noqa: E402

LIMIT = 0.050
"""Seconds that a trace in either direction may take (p95)."""

PROVINCES, YEARS, DEPARTMENTS = 34, (2022, 2023, 2024, 2025, 2026), 15
DIRECTIVES = 200
CITES_ONE_IN = 7
_WORDS = [
    word
    for line in (
        "rà soát xây dựng hoàn thiện cập nhật số hóa hồ sơ dữ liệu nền tảng dịch vụ công trực tuyến an toàn thông tin",
        "cấp độ đào tạo kỹ năng công chức người dân doanh nghiệp hạ tầng kết nối chia sẻ báo cáo giám sát vận hành thí",
        "điểm mở rộng phường xã",
    )
    for word in line.split()
]


def central(count: int) -> list[tuple[str, str, str, str]]:
    """Number, type, issuer and date of ``count`` made-up central directives."""
    kinds = (("NĐ-CP", "Nghị định", "Chính phủ"), ("QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"))
    found = []
    for n in range(count):
        code, kind, issuer = kinds[n % 2]
        year = 2015 + n % 8
        number = f"{500 + n}/{year}/{code}" if n % 2 == 0 else f"{500 + n}/{code}"
        found.append((number, kind, issuer, f"{year}-0{1 + n % 9}-1{n % 9}"))
    return found


def plans(count: int, tasks: int, chance: random.Random) -> Iterator[Document]:
    """``count`` plans with ``tasks`` tasks each, those of one province and year together."""
    directives = central(DIRECTIVES)
    weights = [1 / (rank + 1) for rank in range(len(directives))]
    wards = max(1, round(count / (PROVINCES * len(YEARS))) - DEPARTMENTS - 2)
    made = 0
    for province in range(1, PROVINCES + 1):
        place = f"thành phố Mẫu {province}"
        for year in YEARS:
            party = (f"{10 + year % 10}-KH/TU", "Kế hoạch", f"Ban Thường vụ Thành ủy Mẫu {province}", f"{year - 1}-08-20")
            city = (f"{300 + year % 10}/KH-UBND", "Kế hoạch", f"Ủy ban nhân dân {place}", f"{year - 1}-12-31")
            heads = [("thành phố", party, ()), ("thành phố", city, (party,))]
            heads += [
                ("sở/ngành", (f"{20 + n}/KH-S{chr(65 + n)}", "Kế hoạch", f"Sở Ngành {n} {place}", f"{year}-01-10"), (city,))
                for n in range(DEPARTMENTS)
            ]
            heads += [
                (
                    "phường/xã",
                    (f"{5 + n}/KH-UBND", "Kế hoạch", f"Ủy ban nhân dân phường Mẫu {n}, {place}", f"{year}-01-20"),
                    (city,),
                )
                for n in range(wards)
            ]
            for level, own, above in heads:
                if made == count:
                    return
                made += 1
                cited = list(dict.fromkeys(chance.choices(directives, weights, k=chance.randint(3, 9))))
                yield _plan(f"tinh-{province:02d}/{year}/{made:05d}.txt", level, own, (*above, *cited), tasks, directives, chance)


def _plan(
    source: str,
    level: str,
    own: tuple[str, str, str, str],
    rests_on: Sequence[tuple[str, str, str, str]],
    tasks: int,
    directives: Sequence[tuple[str, str, str, str]],
    chance: random.Random,
) -> Document:
    number, kind, issuer, date = own
    lines = [f"Số: {number}"]
    mentions: dict[tuple[str, str, str, str], list[Mention]] = {}
    for one in rests_on:
        lines.append(f"Căn cứ {one[1]} số {one[0]} ngày {one[3]} của {one[2]};")
        relation = "implements" if one[0].endswith(("UBND", "TU")) else "basis"
        mentions.setdefault(one, []).append(Mention(f"{one[1]} số {one[0]}", (len(lines), len(lines)), relation))
    found = []
    for n in range(1, tasks + 1):
        said = " ".join(chance.choices(_WORDS, k=chance.randint(12, 30)))
        cites: tuple[str, ...] = ()
        if chance.randrange(CITES_ONE_IN) == 0:
            one = directives[min(int(chance.expovariate(0.05)), len(directives) - 1)]
            said += f" theo {one[1]} số {one[0]}"
            cites = (one[0],)
            place = (len(lines) + 1, len(lines) + 1)
            mentions.setdefault(one, []).append(Mention(f"{one[1]} số {one[0]}", place, "complies"))
        lines.append(said)
        found.append(Task(f"T{n:03d}", (len(lines), len(lines)), "task", "II.1", None, "khac", said, ("Văn phòng",), cites=cites))
    citations = tuple(
        Citation(one[0], one[1], one[2], one[3], relation=said[0].relation, mentions=tuple(said))
        for one, said in mentions.items()
    )
    links = (CitedLink(0, 1, "implements", (2, 2), lines[1]),) if len(citations) > 1 and chance.randrange(10) == 0 else ()
    header = Header(kind, number, None, f"Chuyển đổi số năm {date[:4]}", issuer, level, date, year=int(date[:4]))
    return Document(
        source=source,
        sha256=f"{chance.getrandbits(64):064x}",
        lines=tuple(lines),
        header=header,
        paragraphs=tuple(Paragraph("paragraph", (n, n), text) for n, text in enumerate(lines, 1)),
        citations=citations,
        links=links,
        tasks=tuple(found),
    )


def memory() -> int:
    """The memory that this process holds, in MiB."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() >> 20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def timed(what: str, action: Callable[[], object]) -> object:
    """Does ``action`` and prints how long it took and how much memory is held then."""
    begun = time.perf_counter()
    result = action()
    print(f"{what:<58} {time.perf_counter() - begun:8.2f} s   {memory():6d} MiB")
    return result


def measure(graph: DocumentGraph, what: str, starts: Sequence[str], down: bool) -> float:
    """Traces from each of ``starts``, with the answer's record; prints and returns p95 in seconds."""
    seconds = []
    for start in starts:
        begun = time.perf_counter()
        trace_record(trace(graph, start, down=down), graph)
        seconds.append(time.perf_counter() - begun)
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    print(
        f"{what:<38} {len(starts):5d} traces   p50 {1000 * statistics.median(seconds):7.2f} ms"
        f"   p95 {1000 * p95:7.2f} ms   slowest {1000 * ordered[-1]:7.2f} ms"
    )
    return p95


def main() -> int:
    """Measures; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=20_000)
    parser.add_argument("--tasks", type=int, default=50)
    parser.add_argument("--samples", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    print(f"seed {given.seed}, limit {1000 * LIMIT:.0f} ms; at the start {memory()} MiB")
    documents = list(timed("plans made up", lambda: list(plans(given.plans, given.tasks, chance))))  # type: ignore[call-overload]
    gc.freeze()
    directives = knowledge().directives
    resolution = timed("cited documents resolved", lambda: resolve(documents, directives))
    graph = timed("graph built", lambda: document_graph(documents, directives, resolution=resolution))  # type: ignore[arg-type]
    assert isinstance(graph, DocumentGraph)
    gc.freeze()
    tasks = sum(len(document.tasks) for document in documents)
    print(
        f"{len(documents)} plans, {tasks} tasks, {len(graph.resolution.instruments)} documents known,"
        f" {graph.network.number_of_nodes()} nodes, {graph.network.number_of_edges()} edges"
    )
    timed("tables made at the first question", lambda: (graph.by_source, graph.by_word, graph.citing_tasks))
    read = sorted(graph.documents)
    some = chance.sample(read, min(given.samples, len(read)))
    some_tasks = [f"{key}#{chance.choice(graph.documents[key].tasks).id}" for key in some]
    files = [graph.documents[key].source for key in some]
    uppermost = [key for key, one in graph.resolution.instruments.items() if one.origin != "read"]
    worst = [
        measure(graph, "up from a plan", some, False),
        measure(graph, "up from a file", files, False),
        measure(graph, "up from a task", some_tasks, False),
        measure(graph, "down from a plan", some, True),
        measure(graph, "down from a task", some_tasks, True),
        measure(graph, "down from a directive", chance.sample(sorted(uppermost), min(given.samples, len(uppermost))), True),
    ]
    more = next(plans(1, given.tasks, random.Random(given.seed + 1)))
    timed("one more plan: resolved and built anew", lambda: document_graph([*documents, more], directives))
    return int(max(worst) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
