"""The start page: the endpoints of the HTTP interface, made from its OpenAPI description.

It loads nothing from elsewhere (an office network may have no way out), so it is one HTML text without scripts.
"""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }
h2 { margin-top: 2.5rem; font-size: 1.1rem } code { background: #f2f2f2; padding: .1rem .3rem; overflow-wrap: anywhere }
table { border-collapse: collapse } td { padding: .2rem .8rem .2rem 0; vertical-align: top }
.method { font-weight: bold } a { color: #0b57d0 }
"""


def example_address(path: str, operation: dict[str, Any]) -> str | None:
    """An address to try, from the examples of the parameters; ``None`` when a required one has no example."""
    query = []
    for parameter in operation.get("parameters", ()):
        examples = parameter.get("schema", {}).get("examples") or parameter.get("examples")
        example = examples[0] if isinstance(examples, list) and examples else None
        if parameter["in"] == "path":
            if example is None:
                return None
            path = path.replace("{" + parameter["name"] + "}", quote(str(example), safe="/"))
        elif parameter.get("required"):
            if example is None:
                return None
            query.append(f"{quote(parameter['name'])}={quote(str(example))}")
    return path + ("?" + "&".join(query) if query else "")


def parameter_rows(operation: dict[str, Any]) -> str:
    """The parameters of an operation as rows of a table."""
    rows = []
    for parameter in operation.get("parameters", ()):
        needed = " (bắt buộc)" if parameter.get("required") else ""
        words = escape(parameter.get("description", "") + needed)
        rows.append(f"<tr><td><code>{escape(parameter['name'])}</code></td><td>{words}</td></tr>")
    return f"<table>{''.join(rows)}</table>" if rows else ""


def start_page(openapi: dict[str, Any]) -> str:
    """The page, from an OpenAPI description (a dict as FastAPI makes it)."""
    parts = []
    for path, operations in openapi["paths"].items():
        for method, operation in operations.items():
            words = f"{operation.get('summary', '')}. {operation.get('description', '')}"
            parts.append(
                f'<h2><span class="method">{escape(method.upper())}</span> <code>{escape(path)}</code></h2>'
                f"<p>{escape(words)}</p>{parameter_rows(operation)}"
            )
            address = example_address(path, operation) if method == "get" else None
            if address:
                parts.append(f'<p>Thử: <a href="{escape(address)}">{escape(address)}</a></p>')
    title = escape(openapi["info"]["title"])
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f"<body><h1>{title}</h1><p>{escape(openapi['info'].get('description', ''))}</p>"
        f'<p>Mô tả cho chương trình: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>{"".join(parts)}</body></html>'
    )
