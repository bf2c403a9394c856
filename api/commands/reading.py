"""Reading a file without storing it: ``extract`` and ``restore``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from api.commands.options import json_option, write_output
from api.errors import EXIT_FAILED
from api.output import note, place, plural, print_json, table

if TYPE_CHECKING:
    from documents.model import Document

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP...")

UNUSED_DATA = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    expose_value=False,
    help="Nhận như ở các lệnh khác; lệnh này chỉ đọc tệp, không dùng đến thư mục dữ liệu.",
)
"""``--data`` of the commands that store nothing: whoever calls every command alike may give it."""


def read_all(files: Sequence[Path], failed: list[str]) -> Iterator[Document]:
    """Reads each file and tells on standard error what was noted about the reading; a failure is named there and added to
    ``failed``, the rest goes on."""
    import documents
    from documents.errors import UnreadableDocument

    for file in files:
        try:
            document = documents.read(file, file.name)
        except UnreadableDocument as error:
            failed.append(error.source)
            note(f"Lỗi: {error}")
            continue
        for remark in document.notes:
            note(f"Chú ý: {document.source}: {remark}")
        yield document


def with_own_results(files: Sequence[Path], failed: list[str]) -> tuple[Path, ...]:
    """The files whose result has a name of its own; one that would overwrite another's is named and added to ``failed``."""
    first: dict[str, Path] = {}
    for file in files:
        other = first.setdefault(file.stem, file)
        if other.resolve() != file.resolve():
            failed.append(file.name)
            note(f"Lỗi: {file}: kết quả {file.stem}.json trùng tên với kết quả của {other}. Đổi tên tệp, hoặc dùng --out khác.")
    return tuple(first.values())


@click.command()
@FILES
@json_option
@UNUSED_DATA
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Ghi mỗi tệp một <tên>.json vào thư mục này.")
@click.pass_context
def extract(context: click.Context, files: tuple[Path, ...], as_json: bool, out: Path | None) -> None:
    """Đọc tệp và in những gì rút ra được, không lưu.

    \b
    Ví dụ: cancu extract examples/*.md --json
           cancu extract ke-hoach.txt --out ket-qua/
    """
    from documents.record import to_gold
    from graph.pages import with_pages

    failed: list[str] = []
    if out is not None:
        files = with_own_results(files, failed)
    forms: list[dict[str, Any]] = []
    for document in read_all(files, failed):
        form = with_pages(to_gold(document), partial(_page_in, document))
        forms.append(form)
        if out is not None:
            target = out / f"{Path(document.source).stem}.json"
            write_output(target, (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode())
            note(f"{document.source} → {target}")
        elif not as_json:
            show(form)
    if as_json and out is None:
        print_json(forms)
    if failed:
        context.exit(EXIT_FAILED)


def _page_in(document: Document, source: str, line: int) -> int | None:
    """The page of a line of the one document at hand."""
    return document.page(line)


def show(form: dict[str, Any]) -> None:
    """Prints one extracted document for people."""
    header = form["document"]
    name = " ".join(str(part) for part in (header["type"] or "Văn bản", header["number"] or "(không số)") if part)
    click.echo(f"{form['source']}: {name}, {header['issuer'] or 'không rõ cơ quan'}, {header['date'] or 'không rõ ngày'}")
    click.echo(f"  {header['title'] or '(không có trích yếu)'}")
    counts = (("citations", "văn bản dẫn chiếu"), ("units", "đơn vị"), ("tasks", "nhiệm vụ"), ("targets", "chỉ tiêu"))
    click.echo("  " + ", ".join(plural(len(form[key]), words) for key, words in counts))
    rows = [
        (place(task).lstrip(":"), "; ".join(task["lead"]), (task["deadline"] or {}).get("text"), task["text"])
        for task in form["tasks"]
    ]
    if rows:
        click.echo(table(("Dòng", "Chủ trì", "Thời hạn", "Nhiệm vụ"), rows))
    click.echo()


def _repairs(document: Document) -> list[dict[str, object]]:
    """Each repair of a restored text: its line (1-based), where in it, the words as read and as restored, how sure."""
    from documents.restoration.restore import restore

    lines = restore(document.original) if document.original else []
    return [{"line": number, **asdict(repair)} for number, line in enumerate(lines, 1) for repair in line.repairs]


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")
@json_option
@UNUSED_DATA
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Ghi vào tệp này thay vì in ra.")
@click.pass_context
def restore(context: click.Context, file: Path, as_json: bool, out: Path | None) -> None:
    """In lại văn bản với các từ quét hỏng đã phục hồi; số dòng giữ nguyên như tệp gốc.

    \b
    Ví dụ: cancu restore ban-quet.txt --out ban-phuc-hoi.txt
    """
    failed: list[str] = []
    for document in read_all([file], failed):
        if out is not None:
            write_output(out, "".join(f"{line}\n" for line in document.lines).encode())
            note(f"{document.source} → {out}")
        elif as_json:
            read = document.original or document.lines
            print_json({"source": document.source, "lines": document.lines, "original": read, "repairs": _repairs(document)})
        else:
            for line in document.lines:
                click.echo(line)
    if failed:
        context.exit(EXIT_FAILED)
