"""The graph for other systems: ``export``, ``sparql``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from api.backend import EXPORT_FORMATS, Selection
from api.commands.options import backend, common_options, write_output
from api.output import note, print_json, table


@click.command()
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), required=True, help="Định dạng.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Ghi vào tệp này.")
@click.option("--around", help="Chỉ quanh nút này: IRI, số hiệu hoặc cụm từ.")
@click.option("--depth", type=click.IntRange(0, 10), default=2, show_default=True, help="Số bước quanh nút.")
@click.option("--document", help="Chỉ văn bản này.")
@click.option("--unit", help="Chỉ nhiệm vụ của đơn vị này.")
@click.option("--query", help="Chỉ kết quả của câu SPARQL CONSTRUCT này.")
@common_options
def export(
    form: str,
    out: Path,
    around: str | None,
    depth: int,
    document: str | None,
    unit: str | None,
    query: str | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """Xuất toàn bộ hoặc một phần đồ thị.

    \b
    Ví dụ: cancu export --format turtle --out phuong-a.ttl --document phuong-a.md
           cancu export --format graphml --out quanh-57.graphml --around 57-NQ/TW --depth 2
    """
    with backend(data) as source:
        content = source.export(form, Selection(around, depth, document, unit, query))
    write_output(out, content)
    if as_json:
        print_json({"out": str(out), "format": form, "bytes": len(content)})
    else:
        note(f"Đã ghi {out} ({len(content):,} byte).".replace(",", "."))


@click.command()
@click.argument("query", metavar="CÂU_TRUY_VẤN")
@common_options
def sparql(query: str, as_json: bool, data: Path | None) -> None:
    """Truy vấn SPARQL 1.1, chỉ đọc; không cần khai báo các tiền tố cancu, eli, rdfs, skos.

    \b
    Ví dụ: cancu sparql "SELECT ?d ?n { ?d a cancu:Plan ; eli:id_local ?n }"
    """
    with backend(data) as source:
        answered = source.sparql(query)
    if answered.truncated:
        note("Chú ý: kết quả bị cắt bớt; thu hẹp truy vấn hoặc dùng LIMIT và OFFSET để xem hết.")
    if "json" not in answered.media_type:
        text = answered.body.decode("utf-8")
        print_json({"ntriples": text.splitlines()}) if as_json else click.echo(text, nl=False)
        return
    answer = json.loads(answered.body)
    if as_json:
        print_json(answer)
    elif "boolean" in answer:
        click.echo("đúng" if answer["boolean"] else "sai")
    else:
        names = answer["head"]["vars"]
        rows = [[binding.get(name, {}).get("value") for name in names] for binding in answer["results"]["bindings"]]
        click.echo(table(names, rows) if names else "")
