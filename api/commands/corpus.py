"""What is in the data folder: ``ingest``, ``documents``, ``remove``, ``rebuild``."""

from __future__ import annotations

from pathlib import Path

import click

from api.backend import Json
from api.commands.options import backend, common_options
from api.errors import EXIT_FAILED, Refused
from api.explain import explain
from api.output import note, plural, print_json, table

STATUS = {
    "added": "đã đọc",
    "replaced": "đã đọc lại",
    "unchanged": "không đổi",
    "failed": "lỗi",
}


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP_HOẶC_THƯ_MỤC...")
@common_options
@click.pass_context
def ingest(context: click.Context, paths: tuple[Path, ...], as_json: bool, data: Path | None) -> None:
    """Đọc tệp và thư mục vào kho; đọc lại tệp không đổi thì không làm gì.

    \b
    Ví dụ: cancu ingest ke-hoach/ nghi-dinh.txt
    """
    with backend(data, create=True) as source:
        report = source.ingest(paths, lambda name, status: note(f"  {STATUS.get(status, status)}: {name}"))
    name_failures(report)
    for duplicate in report["duplicates"]:
        same = "cùng nội dung với" if duplicate["same_bytes"] else "là bản khác của"
        note(f"Chú ý: {duplicate['source']} {same} {duplicate['of']}.")
    for passed in report.get("skipped", ()):
        note(f"Bỏ qua: {passed['source']} ({passed['reason'].rstrip('.')}).")
    if as_json:
        print_json(report)
    else:
        counts = {status: sum(item["status"] == status for item in report["documents"]) for status in STATUS}
        counts["failed"] = len(report["failures"])
        click.echo(", ".join(f"{plural(count, 'văn bản')} {STATUS[status]}" for status, count in counts.items() if count))
    if report["failures"]:
        context.exit(EXIT_FAILED)


@click.command()
@common_options
def documents(as_json: bool, data: Path | None) -> None:
    """Liệt kê văn bản đã đọc.

    \b
    Ví dụ: cancu documents
    """
    with backend(data) as source:
        listed = source.documents()
    if as_json:
        print_json(listed)
        return
    rows = [
        (d["source"], d["number"] or "(không số)", d["level"], d["date"], d.get("pages"), d["tasks"], d["title"]) for d in listed
    ]
    shown = any(d.get("pages") for d in listed)
    names = ("Tệp", "Số hiệu", "Cấp", "Ngày", "Trang", "Nhiệm vụ", "Trích yếu")
    kept = [n for n, name in enumerate(names) if shown or name != "Trang"]
    click.echo(table(tuple(names[n] for n in kept), [tuple(row[n] for n in kept) for row in rows]))


@click.command()
@click.argument("which", nargs=-1, required=True, metavar="VĂN_BẢN...")
@common_options
@click.pass_context
def remove(context: click.Context, which: tuple[str, ...], as_json: bool, data: Path | None) -> None:
    """Gỡ văn bản (IRI, số hiệu hoặc tệp) cùng mọi điều đã rút ra từ nó.

    \b
    Ví dụ: cancu remove phuong-a.md
    """
    removed, failed = [], []
    with backend(data) as source:
        for what in which:
            try:
                removed.append(source.remove(what))
            except Exception as error:
                problem = explain(error)
                if problem is None or problem.kind not in ("not-found", "ambiguous"):
                    raise
                failed.append({"document": what, "reason": problem.detail})
                note(Refused(problem).problem.as_text())
    if as_json:
        print_json({"removed": removed, "failures": failed})
    else:
        for item in removed:
            click.echo(f"Đã gỡ: {item['source']}")
    if failed:
        context.exit(EXIT_FAILED)


@click.command()
@common_options
@click.pass_context
def rebuild(context: click.Context, as_json: bool, data: Path | None) -> None:
    """Dựng lại kho và chỉ mục từ tệp gốc và bản ghi đã giữ; văn bản không cứu được thì nêu tên và gỡ ra.

    \b
    Ví dụ: cancu rebuild
    """
    with backend(data) as source:
        report = source.rebuild()
    name_failures(report)
    if as_json:
        print_json(report)
    else:
        click.echo(f"Đã dựng lại: {plural(report['documents'], 'văn bản')}, {plural(report['triples'], 'bộ ba')}.")
    if report["failures"]:
        context.exit(EXIT_FAILED)


def name_failures(report: Json) -> None:
    """Names each file that failed, with its reason and what to do."""
    for failure in report["failures"]:
        note(f"Lỗi: {failure['source']}: {failure['reason']} {failure['hint']}".rstrip())
