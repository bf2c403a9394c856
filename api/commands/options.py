"""What the commands share: the options --json and --data, and the backend for the duration of a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from api.backend import Backend, data_folder, open_backend
from api.errors import unusable

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """Adds ``--json`` (parameter ``as_json``)."""
    return click.option("--json", "as_json", is_flag=True, help="In một tài liệu JSON ra đầu ra chuẩn, không gì khác.")(command)


def data_option(command: Command) -> Command:
    """Adds ``--data`` (parameter ``data``)."""
    words = "Thư mục dữ liệu (mặc định: $CANCU_DATA, nếu không có thì ./data)."
    return click.option("--data", type=click.Path(path_type=Path, file_okay=False), help=words)(command)


def common_options(command: Command) -> Command:
    """Adds both."""
    return json_option(data_option(command))


@contextmanager
def backend(data: Path | None, create: bool = False) -> Iterator[Backend]:
    """The backend for ``--data`` as given, closed afterwards."""
    opened = open_backend(data_folder(data), create=create)
    try:
        yield opened
    finally:
        opened.close()


def write_output(path: Path, content: bytes) -> None:
    """Writes a command's ``--out`` file, making its folder.

    Raises:
        Refused: the folder cannot be made, or the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        hint = "Chọn chỗ khác bằng --out, hoặc kiểm tra quyền ghi và dung lượng đĩa."
        raise unusable(f"Không ghi được {path} ({error.strerror}).", hint) from error
