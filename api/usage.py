"""Unusable arguments of the command line, explained in Vietnamese with where to look next."""

from __future__ import annotations

from difflib import get_close_matches

import click


def usage_text(error: click.UsageError) -> str:
    """The lines that tell of an error in the arguments."""
    path = error.ctx.command_path if error.ctx else "cancu"
    return f"Lỗi: {reason(error)}\nXem cách dùng: {path} --help"


def reason(error: click.UsageError) -> str:
    """What is wrong with the arguments."""
    if isinstance(error, click.MissingParameter):
        return f"Thiếu tham số {parameter_name(error)}."
    if isinstance(error, click.NoSuchOption):
        return f"Không có tuỳ chọn {error.option_name}." + suggestion(error.possibilities or ())
    if isinstance(error, click.BadParameter):
        return f"Giá trị của {parameter_name(error)} không dùng được{wanted(error)}."
    group = error.ctx.command if error.ctx else None
    if isinstance(group, click.Group) and error.ctx is not None:
        # Groups raise different classes in different releases of click for one thing: a command that does not exist.
        words = [word.strip("'\". ") for word in error.format_message().split()]
        near = [name for word in words for name in get_close_matches(word, group.list_commands(error.ctx))]
        return "Không có lệnh này." + suggestion(near)
    return error.format_message()


def suggestion(names: object) -> str:
    """A question about similar names; "" when there are none."""
    listed = list(dict.fromkeys(str(name) for name in names)) if isinstance(names, list | tuple) else []
    return f" Có phải: {', '.join(listed)}?" if listed else ""


def parameter_name(error: click.BadParameter) -> str:
    """The parameter as the usage line writes it."""
    if error.param is None:
        return str(error.param_hint or "")
    return error.param.get_error_hint(error.ctx).strip("'") if error.ctx else str(error.param.name)


def wanted(error: click.BadParameter) -> str:
    """What a parameter takes instead, as far as its type says."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return "; chọn một trong: " + ", ".join(str(choice) for choice in kind.choices)
    if isinstance(kind, click.IntRange):
        return f"; cần một số nguyên từ {kind.min} đến {kind.max}"
    if isinstance(kind, click.DateTime):
        return "; cần một ngày dạng năm-tháng-ngày, ví dụ 2026-06-30"
    if isinstance(kind, click.Path):
        return "; không có tệp hoặc thư mục đó"
    return f": {error.message}"
