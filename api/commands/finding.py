"""Finding: ``search``, ``ask``, ``trace``."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from api.commands.options import backend, common_options
from api.output import note, place, print_json, shorten, table, wrapped

PARTS = "number, issuer, level, year, unit, kind."


@click.command()
@click.argument("query", metavar="CÂU_TÌM")
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, show_default=True, help="Số kết quả.")
@click.option("--level", help="Chỉ cấp này: trung ương, thành phố, sở/ngành, quận/huyện, phường/xã.")
@click.option("--unit", help="Chỉ nhiệm vụ của đơn vị này.")
@click.option("--topic", help="Chỉ chủ đề này, ví dụ an-toan.")
@click.option("--year", help="Chỉ văn bản của năm này.")
@click.option("--document", help="Chỉ văn bản này: số hiệu, tệp hoặc IRI.")
@click.option("--kind", help="Chỉ loại đoạn này: task, target, paragraph, article, heading.")
@click.option(
    "--ignore", "ignored", multiple=True, metavar="PHẦN", help="Không để phần này của câu tìm xếp lại kết quả: " + PARTS
)
@common_options
def search(query: str, count: int, ignored: tuple[str, ...], as_json: bool, data: Path | None, **facets: str | None) -> None:
    """Tìm đoạn văn bản theo từ và theo nghĩa; gõ có dấu hay không dấu đều được.

    \b
    Ví dụ: cancu search "nhiệm vụ an toàn thông tin cấp phường" --level phường/xã
    """
    with backend(data) as source:
        found = source.search(query, count, {name: value for name, value in facets.items() if value is not None}, ignored)
    if as_json:
        print_json(found)
        return
    if not found["hits"]:
        click.echo("Không tìm thấy đoạn nào. Thử ít từ hơn, hoặc bỏ bớt điều kiện lọc.")
        return
    for part in found["frame"]:
        if not part["ignored"]:
            note(f"Ưu tiên {part['value']} (bỏ: --ignore {part['part']})")
    rows = [(hit["rank"], f"{hit['score']:.3f}", hit["kind"], place(hit), hit["text"]) for hit in found["hits"]]
    click.echo(table(("#", "Điểm", "Loại", "Ở đâu", "Nội dung"), rows))


@click.command()
@click.argument("question", metavar="CÂU_HỎI")
@click.option("--before", default="", metavar="CÂU_TRƯỚC", help="Câu hỏi ngay trước đó, khi câu này hỏi tiếp.")
@click.option("--explain", is_flag=True, help="Kèm cách tìm ra câu trả lời: các bước và truy vấn SPARQL.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="NGÀY",
    help="Ngày lấy làm mốc cho “quý này”, “tháng sau”, “quá hạn” (năm-tháng-ngày); không nêu thì là hôm nay.",
)
@common_options
def ask(question: str, before: str, explain: bool, as_of: datetime.datetime | None, as_json: bool, data: Path | None) -> None:
    """Trả lời câu hỏi, kèm câu chứng minh; không có bằng chứng thì nói là không có.

    \b
    Ví dụ: cancu ask "ai chủ trì nhiệm vụ lập hồ sơ cấp độ ở phường A?"
           cancu ask "còn phường B?" --before "ai chủ trì nhiệm vụ lập hồ sơ cấp độ ở phường A?"
    """
    with backend(data) as source:
        answer = source.ask(question, before, explain, as_of.date().isoformat() if as_of else "")
    if as_json:
        print_json(answer)
    else:
        click.echo(answer_text(answer))


def answer_text(answer: dict[str, Any]) -> str:
    """An answer for people: the answer, the rows, the chain, the evidence."""
    parts = [wrapped(answer["answer"] or "Không tìm thấy bằng chứng trong các văn bản đã đọc, nên không trả lời.")]
    if answer["rows"]:
        parts.append(rows_table([{name: value for name, value in row.items() if name != "score"} for row in answer["rows"]]))
    if answer["chain"]:
        parts.append("Chuỗi căn cứ: " + " → ".join(answer["chain"]))
    if answer["sources"]:
        parts.append("Chứng minh:\n" + "\n".join(evidence_text(item) for item in answer["sources"]))
    if answer.get("choices"):
        parts.append("Ý hỏi là của ai? " + "; ".join(answer["choices"]))
    if answer.get("plan"):
        parts.append(plan_text(answer["plan"]))
    return "\n\n".join(parts)


@click.command()
@click.argument("begun", metavar="[TỪ_ĐÃ_GÕ]", default="")
@common_options
def suggest(begun: str, as_json: bool, data: Path | None) -> None:
    """Gợi ý câu hỏi mà các văn bản đã đọc trả lời được; gõ vài chữ để có số hiệu và tên đơn vị bắt đầu như vậy.

    \b
    Ví dụ: cancu suggest
           cancu suggest "an toàn thông tin"
    """
    with backend(data) as source:
        found = source.suggest(begun)
    if as_json:
        print_json(found)
        return
    parts = []
    if found["questions"]:
        parts.append("Có thể hỏi:\n" + "\n".join(wrapped(f"  - {question}", "    ") for question in found["questions"]))
    if found["completions"]:
        parts.append("Có trong văn bản:\n" + "\n".join(f"  - {one['text']} ({one['label']})" for one in found["completions"]))
    click.echo("\n\n".join(parts) or "Không có gợi ý nào. Đọc văn bản vào trước (cancu ingest), hoặc gõ từ khác.")


STEPS = {
    "filter": "Lọc",
    "match": "Đối chiếu",
    "follow": "Lấy",
    "count": "Đếm",
    "sum": "Cộng",
    "compare": "So sánh",
    "path": "Đi theo",
    "search": "Tìm",
}


def plan_text(plan: dict[str, Any]) -> str:
    """How an answer was found, for people: the steps, and the queries that they can copy."""
    steps = [
        f"  {at}. {STEPS[step['does']]} {step['on']}" + (f": {'; '.join(step['values'])}" if step["values"] else "")
        for at, step in enumerate(plan["steps"], 1)
    ]
    queries = "\n\n".join(plan["sparql"])
    return "Cách tìm:\n" + "\n".join(steps) + (f"\n\nTruy vấn SPARQL cho cùng kết quả:\n{queries}" if queries else "")


HIDDEN = ("source", "lines", "page", "iri", "document", "fields")
"""Members of a row that are shown as its place, or not at all."""


def rows_table(rows: Sequence[dict[str, Any]]) -> str:
    """Rows (of an answer, of a list) as a table: where they stand comes first, the words last."""
    flat = [{**row, **row.get("fields", {})} for row in rows]
    filled = dict.fromkeys(name for row in flat for name, value in row.items() if value not in (None, "", []))
    names = sorted((name for name in filled if name not in HIDDEN), key=lambda name: name == "text")
    cells = [[place(row), *(cell(row.get(name)) for name in names)] for row in flat]
    return table(["Ở đâu", *(COLUMNS.get(name, name) for name in names)], cells)


COLUMNS = {
    "text": "Nội dung",
    "lead": "Chủ trì",
    "coordinate": "Phối hợp",
    "support": "Hỗ trợ",
    "deadline": "Thời hạn",
    "product": "Sản phẩm",
    "value": "Giá trị",
    "unit": "Đơn vị",
    "number": "Số hiệu",
    "status": "Tình trạng",
    "score": "Điểm",
    "grade": "Mức",
    "why": "Vì sao",
    "kind": "Loại",
    "severity": "Mức độ",
    "message": "Nhận xét",
}


def cell(value: Any) -> str:
    """A value of a row as words."""
    if isinstance(value, list):
        return "; ".join(cell(item) for item in value)
    if isinstance(value, dict):
        written = value.get("text") or value.get("name") or value.get("as_written")
        return str(written or "; ".join(f"{name}: {cell(part)}" for name, part in value.items()))
    return "" if value is None else str(value)


QUOTED = 400
"""Characters of a quotation that people are shown; the JSON form has all of it."""


def evidence_text(evidence: dict[str, Any], indent: str = "  ") -> str:
    """One piece of evidence: where it stands and the words."""
    return wrapped(f"{indent}[{place(evidence)}] {shorten(evidence.get('text'), QUOTED)}", indent + "  ")


@click.command()
@click.argument("what", metavar="CÁI_GÌ")
@click.option("--down", is_flag=True, help="Đi xuống: kế hoạch và nhiệm vụ nào thực hiện nó.")
@common_options
def trace(what: str, down: bool, as_json: bool, data: Path | None) -> None:
    """Truy vết căn cứ: từ nhiệm vụ, kế hoạch lên văn bản chỉ đạo (hoặc đi xuống), mỗi bước kèm câu chứng minh.

    CÁI_GÌ là số hiệu, TỆP:DÒNG, IRI hoặc một cụm từ.

    \b
    Ví dụ: cancu trace "hồ sơ cấp độ an toàn hệ thống thông tin"
           cancu trace 57-NQ/TW --down
    """
    with backend(data) as source:
        traced = source.trace(what, down)
    if as_json:
        print_json(traced)
    else:
        click.echo(trace_text(traced))


SHOWN_CHAINS = 10
"""Chains that people are shown; all of them are in the JSON form."""

METHODS = {
    "explicit": "chính văn bản viết",
    "nested": "trích yếu văn bản được dẫn viết",
    "inherited": "kế hoạch chứa nhiệm vụ viết",
    "registered": "theo danh mục văn bản đã biết",
    "aligned": "hai nhiệm vụ giống nhau",
}


def trace_text(traced: dict[str, Any], limit: int = SHOWN_CHAINS) -> str:
    """Chains for people, at most ``limit`` of them, the fullest first; each hop with its evidence."""
    from api.chain_order import fullest_first
    from ontology.lists import relations

    kinds = {relation.id: relation.label for relation in relations()} | {"aligned": "cùng một việc"}
    start = traced["start"]
    name = start.get("text") or start.get("number") or start.get("label") or start.get("source")
    parts = [f"Từ: {shorten(name, 120)}" + (f" [{place(start)}]" if start.get("source") else "")]
    if not traced["chains"]:
        parts.append("Không thấy chuỗi nào trong các văn bản đã đọc.")
    for chain in fullest_first(traced["chains"])[:limit]:
        parts.append(f"\n{' → '.join(chain['documents'])}  (độ tin cậy {chain['confidence']:.2f})")
        for hop in chain["hops"]:
            how = f"{METHODS.get(hop['method'], hop['method'])}, {hop['confidence']:.2f}"
            parts.append(f"  {hop['from']} → {hop['to']}: {kinds.get(hop['kind'], hop['kind'])} ({how})")
            parts.append(evidence_text(hop["evidence"], "    "))
            if "to_task" in hop:
                parts.append(evidence_text(hop["to_task"], "    "))
    if len(traced["chains"]) > limit:
        parts.append(f"\n... và {len(traced['chains']) - limit} chuỗi khác (--json cho xem tất cả).")
    return "\n".join(parts)
