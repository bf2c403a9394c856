"""What planners ask across documents: ``align``, ``coverage``, ``compare``, ``due``, ``check``."""

from __future__ import annotations

import csv
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from api.commands.options import backend, common_options
from api.errors import EXIT_FAILED
from api.output import place, print_json, shorten, table, terminal_width

Rows = list[tuple[object, ...]]

SEVERITY = {"error": "LỖI", "warning": "cảnh báo", "info": "lưu ý"}


def show(items: list[dict[str, Any]], as_json: bool, nothing: str, headers: tuple[str, ...], rows: Rows) -> None:
    """Prints a list of items as JSON or as a table of ``rows``; ``nothing`` is said of an empty one."""
    if as_json:
        print_json(items)
    else:
        click.echo(table(headers, rows) if items else nothing)


@click.command()
@click.option("--within", is_flag=True, help="Việc trùng nhau trong cùng một văn bản.")
@click.option("--articles", is_flag=True, help="Nhiệm vụ và điều khoản mà nó thực hiện.")
@common_options
def align(within: bool, articles: bool, as_json: bool, data: Path | None) -> None:
    """Cặp nhiệm vụ cùng một việc ở các văn bản khác nhau (2: cùng việc, 1: một phần).

    \b
    Ví dụ: cancu align --within
    """
    if within and articles:
        raise click.UsageError("Chỉ dùng một trong hai: --within hoặc --articles.")
    with backend(data) as source:
        pairs = source.align(within, articles)
    rows: Rows = [(pair["grade"], f"{pair['score']:.2f}", *ends(pair)) for pair in pairs]
    show(pairs, as_json, "Không thấy cặp nào.", ("Mức", "Điểm", "A", "B", "Nội dung"), rows)


def ends(pair: dict[str, Any]) -> tuple[str, str, str]:
    """Where the two ends of a pair stand, and their words."""
    a, b = pair["a"], pair["b"]
    width = terminal_width() // 2
    return place(a), place(b), f"{shorten(a['text'], width)}  ↔  {shorten(b['text'], width)}"


@click.command()
@click.argument("what", metavar="VĂN_BẢN")
@click.option("--matrix", "as_matrix", is_flag=True, help="Bảng nhiệm vụ × đơn vị (CSV; với --json là JSON).")
@common_options
def coverage(what: str, as_matrix: bool, as_json: bool, data: Path | None) -> None:
    """Việc nào của một văn bản đã có nhiệm vụ địa phương thực hiện, việc nào chưa.

    Với một kế hoạch, cột “Căn cứ” cho biết mỗi nhiệm vụ dựa trên việc nào của cấp trên, điều nào của văn bản chỉ đạo.

    \b
    Ví dụ: cancu coverage 85/2016/NĐ-CP
           cancu coverage 85/2016/NĐ-CP --matrix > ma-tran.csv
    """
    with backend(data) as source:
        items = source.coverage(what)
    if as_matrix:
        print_matrix(items, as_json)
        return
    rows: Rows = [
        (
            "đã có" if item["covered"] else "chưa có" if "basis" in item else "CHƯA CÓ",
            place(item),
            first_of(item["tasks"]),
            basis_of(item),
            item["text"],
        )
        for item in items
    ]
    nothing = "Không thấy việc nào của văn bản này."
    show(items, as_json, nothing, ("Cấp dưới", "Ở đâu", "Thực hiện tại", "Căn cứ", "Nội dung"), rows)


def first_of(found: list[dict[str, Any]]) -> str:
    """Where the surest of some tasks stands, and how many more there are."""
    more = f" (+{len(found) - 1})" if len(found) > 1 else ""
    return f"{place(found[0])}{more}" if found else ""


def basis_of(item: dict[str, Any]) -> str:
    """What a task rests on; nothing where the question does not arise."""
    return (first_of(item["basis"]) or "KHÔNG THẤY") if "basis" in item else ""


def print_matrix(items: list[dict[str, Any]], as_json: bool) -> None:
    """Prints duties × units: as JSON, or as CSV with the places and deadlines of the tasks in the cells."""
    from graph.coverage_matrix import matrix

    found = matrix(items)
    if as_json:
        print_json(found)
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["Ở đâu", "Nhiệm vụ", *found["units"]])
    for row in found["rows"]:
        writer.writerow([place(row), row["text"], *(cell(row["cells"].get(unit, ())) for unit in found["units"])])


def cell(tasks: Sequence[dict[str, Any]]) -> str:
    """The tasks of one unit for one duty: where they stand and until when."""
    return "; ".join(f"{place(task)} ({task['deadline'] or 'không nêu hạn'})" for task in tasks)


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@common_options
def compare(first: str, second: str, as_json: bool, data: Path | None) -> None:
    """Hai kế hoạch chung việc gì, thêm, bớt, thay đổi việc gì.

    \b
    Ví dụ: cancu compare phuong-a.md phuong-b.md
    """
    with backend(data) as source:
        items = source.compare(first, second)
    rows: Rows = [(item["label"], place(item), place(item["other"] or {}), changes(item) + item["text"]) for item in items]
    show(items, as_json, "Hai kế hoạch không có nhiệm vụ nào.", ("Tình trạng", "Ở đâu", "Bên kia", "Nội dung"), rows)


def changes(item: dict[str, Any]) -> str:
    """What changed between two tasks, in words."""
    said = [
        f"{change['label']}: {change['before'] or 'không nêu'} → {change['after'] or 'không nêu'}" for change in item["changes"]
    ]
    return f"[{'; '.join(said)}] " if said else ""


@click.command()
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="NGÀY", help="Tính đến ngày này.")
@click.option("--ahead", default=30, show_default=True, type=click.IntRange(0, 3650), help="Số ngày nhìn trước.")
@click.option("--all", "everything", is_flag=True, help="Cả việc thường xuyên và việc tồn của kế hoạch đã kết thúc.")
@common_options
def due(as_of: datetime.datetime, ahead: int, everything: bool, as_json: bool, data: Path | None) -> None:
    """Việc quá hạn, đến hạn, sắp bắt đầu, đang thực hiện tính đến một ngày.

    \b
    Ví dụ: cancu due --as-of 2026-06-30
    """
    with backend(data) as source:
        items = source.due(as_of.date().isoformat(), ahead, everything)
    rows: Rows = [
        (item["label"], item["end"] or "", "" if item["days"] is None else item["days"], "; ".join(item["lead"]) or "(chưa nêu)",
         place(item), item["text"])
        for item in items
    ]  # fmt: skip
    headers = ("Tình trạng", "Hạn", "Còn (ngày)", "Chủ trì", "Ở đâu", "Nội dung")
    show(items, as_json, "Không có việc nào đến hạn.", headers, rows)


@click.command()
@click.argument("document", metavar="[VĂN_BẢN]", required=False)
@common_options
@click.pass_context
def check(context: click.Context, document: str | None, as_json: bool, data: Path | None) -> None:
    """Sai sót trong văn bản và mâu thuẫn giữa các văn bản; kết thúc với mã 1 khi có lỗi nặng.

    Nêu VĂN_BẢN thì chỉ soát văn bản đó, vẫn đối chiếu với mọi văn bản khác.

    \b
    Ví dụ: cancu check
    """
    with backend(data) as source:
        findings = source.check(document)
    rows: Rows = [(SEVERITY.get(f["severity"], f["severity"]), f["kind"], place(f), f["message"]) for f in findings]
    show(findings, as_json, "Không có điểm nào cần soát lại.", ("Mức độ", "Loại", "Ở đâu", "Nhận xét"), rows)
    if any(finding["severity"] == "error" for finding in findings):
        context.exit(EXIT_FAILED)
