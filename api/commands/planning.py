"""What planners ask across documents: ``align``, ``coverage``, ``compare``, ``due``, ``check``."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from api.commands.finding import rows_table
from api.commands.options import backend, common_options
from api.errors import EXIT_FAILED
from api.output import place, print_json, shorten, table, terminal_width


def show_items(items: list[dict[str, Any]], as_json: bool, nothing: str) -> None:
    """Prints a list of items as JSON or as a table."""
    if as_json:
        print_json(items)
    else:
        click.echo(rows_table(items) if items else nothing)


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
    if as_json:
        print_json(pairs)
        return
    if not pairs:
        click.echo("Không thấy cặp nào.")
        return
    rows = [(pair["grade"], f"{pair['score']:.2f}", *ends(pair)) for pair in pairs]
    click.echo(table(("Mức", "Điểm", "A", "B", "Nội dung"), rows))


def ends(pair: dict[str, Any]) -> tuple[str, str, str]:
    """Where the two ends of a pair stand, and their words."""
    a, b = pair["a"], pair["b"]
    width = terminal_width() // 2
    return place(a), place(b), f"{shorten(a['text'], width)}  ↔  {shorten(b['text'], width)}"


@click.command()
@click.argument("what", metavar="VĂN_BẢN")
@common_options
def coverage(what: str, as_json: bool, data: Path | None) -> None:
    """Việc nào của một văn bản đã có nhiệm vụ địa phương thực hiện, việc nào chưa.

    \b
    Ví dụ: cancu coverage 85/2016/NĐ-CP
    """
    with backend(data) as source:
        items = source.coverage(what)
    show_items(items, as_json, "Văn bản này không có việc nào được nêu.")


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
    show_items(items, as_json, "Hai kế hoạch không có gì để so sánh.")


@click.command()
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="NGÀY", help="Tính đến ngày này.")
@common_options
def due(as_of: datetime.datetime, as_json: bool, data: Path | None) -> None:
    """Việc đến hạn hoặc quá hạn tính đến một ngày.

    \b
    Ví dụ: cancu due --as-of 2026-06-30
    """
    with backend(data) as source:
        items = source.due(as_of.date().isoformat())
    show_items(items, as_json, "Không có việc nào đến hạn.")


@click.command()
@common_options
@click.pass_context
def check(context: click.Context, as_json: bool, data: Path | None) -> None:
    """Sai sót trong văn bản và mâu thuẫn giữa các văn bản; kết thúc với mã 1 khi có lỗi nặng.

    \b
    Ví dụ: cancu check
    """
    with backend(data) as source:
        findings = source.check()
    if as_json:
        print_json(findings)
    elif findings:
        rows = [(f["severity"], f["kind"], place(f), f["message"]) for f in findings]
        click.echo(table(("Mức độ", "Loại", "Ở đâu", "Nhận xét"), rows))
    else:
        click.echo("Không có điểm nào cần soát lại.")
    if any(finding["severity"] == "error" for finding in findings):
        context.exit(EXIT_FAILED)
