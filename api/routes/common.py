"""What the routes share: the backend, pages of a list."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import Depends, Query, Request

from api.backend import Backend

DEFAULT_LIMIT = 100
MAX_LIMIT = 10_000


def backend_of(request: Request) -> Backend:
    """The backend of the application that answers."""
    return cast(Backend, request.app.state.backend)


class Page:
    """Which part of a list is asked for."""

    def __init__(
        self,
        request: Request,
        offset: Annotated[int, Query(ge=0, description="Bỏ qua bấy nhiêu mục đầu")] = 0,
        limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Số mục nhiều nhất")] = DEFAULT_LIMIT,
    ) -> None:
        self.request = request
        self.offset = offset
        self.limit = limit

    def of(self, items: list[Any]) -> dict[str, Any]:
        """The page of ``items``, with the total and the address of the next page (``None`` on the last)."""
        end = self.offset + self.limit
        following = None
        if end < len(items):
            url = self.request.url.include_query_params(offset=end, limit=self.limit)
            following = f"{url.path}?{url.query}"
        part = items[self.offset : end]
        return {"items": part, "total": len(items), "offset": self.offset, "limit": self.limit, "next": following}


Source = Annotated[Backend, Depends(backend_of)]
Paged = Annotated[Page, Depends()]


def example(value: Any) -> dict[int | str, dict[str, Any]]:
    """``responses=`` of a route whose answer looks like ``value``."""
    return {200: {"content": {"application/json": {"example": value}}}}


def page_example(item: Any) -> dict[int | str, dict[str, Any]]:
    """``responses=`` of a route that answers with a page of values like ``item``."""
    return example({"items": [item], "total": 1, "offset": 0, "limit": DEFAULT_LIMIT, "next": None})
