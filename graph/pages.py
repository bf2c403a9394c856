"""Pages beside lines: where a source has pages, whatever names its lines names the page of the first of them too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PageOf = Callable[[str, int], int | None]
"""Gives the page of a line of a source, ``None`` where the source has no pages."""


def with_pages(form: Any, page_of: PageOf, source: str | None = None) -> Any:
    """A JSON value, where each object with ``lines`` has the ``page`` of the first one as well, if its source has pages.

    The source of an object is its own ``source``, else that of the object around it (``source`` for the outermost one).
    """
    if isinstance(form, list | tuple):
        return [with_pages(item, page_of, source) for item in form]
    if not isinstance(form, dict):
        return form
    own = form.get("source")
    here = own if isinstance(own, str) else source
    found = {key: with_pages(value, page_of, here) for key, value in form.items()}
    lines = form.get("lines")
    if here is not None and isinstance(lines, list | tuple) and lines and isinstance(lines[0], int):
        page = page_of(here, lines[0])
        if page is not None:
            found["page"] = page
    return found
