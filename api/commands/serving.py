"""Serving the HTTP interface: ``serve``."""

from __future__ import annotations

from pathlib import Path

import click

from api.backend import data_folder
from api.commands.options import data_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe; mặc định chỉ máy này gọi được.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Cổng (0: cổng trống bất kỳ).")
@click.option("--allowed-host", "allowed", multiple=True, help="Tên máy chủ khác được phép gọi (dùng nhiều lần được).")
@data_option
def serve(host: str, port: int, allowed: tuple[str, ...], data: Path | None) -> None:
    """Chạy giao diện HTTP; các lệnh khác dùng cùng thư mục dữ liệu sẽ hỏi qua máy chủ này.

    \b
    Ví dụ: cancu serve
           cancu serve --host 0.0.0.0 --allowed-host cancu.noibo
    """
    from api.server import run_server

    run_server(data_folder(data), host, port, allowed)
