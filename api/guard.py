"""What every request must pass before it reaches a route: the right host, the right origin.

The server has no passwords: it trusts whoever reaches it, and listens on the loopback address only unless told otherwise. A web
page in the officer's browser can reach the loopback address too, so two checks keep such pages out: the ``Host`` header must
name this server (against DNS rebinding) and an ``Origin`` header, when there is one, must be this server's own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from api.errors import Problem

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Answer = Callable[[Problem], App]

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")

WRONG_HOST = Problem(
    "wrong-host",
    "Tên máy chủ không được phép",
    "Yêu cầu gọi máy chủ này bằng một tên không được phép.",
    "Gọi bằng 127.0.0.1 hoặc localhost, hoặc khởi động máy chủ với --allowed-host TÊN.",
    400,
)
WRONG_ORIGIN = Problem(
    "wrong-origin",
    "Trang gọi không được phép",
    "Yêu cầu đến từ một trang web khác.",
    "Gọi trực tiếp từ máy chủ này, hoặc từ một chương trình không phải trình duyệt.",
    403,
)


def host_name(authority: str) -> str:
    """The host of an authority ("[::1]:8765" → "::1", "localhost:8765" → "localhost"), "" when it is no authority."""
    try:
        return (urlsplit(f"//{authority}").hostname or "").rstrip(".")
    except ValueError:
        return ""


class Guard:
    """ASGI middleware that answers requests with a foreign ``Host`` or ``Origin`` itself."""

    def __init__(self, app: App, hosts: Iterable[str], answer: Answer) -> None:
        """``hosts`` are the allowed names; ``answer`` makes the application that answers with a problem."""
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers with the problem."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        problem = self.problem(headers.get(b"host", ""), headers.get(b"origin"))
        await (self.answer(problem) if problem else self.app)(scope, receive, send)

    def problem(self, host: str, origin: str | None) -> Problem | None:
        """What is wrong with these headers, if anything."""
        if host_name(host) not in self.hosts:
            return WRONG_HOST
        if origin is not None and origin != f"http://{host}" and origin != f"https://{host}":
            return WRONG_ORIGIN
        return None
