"""Running the HTTP interface as the owner of a data folder."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

from api.errors import EXIT_FAILED, Problem, Refused
from api.guard import LOOPBACK_HOSTS
from api.output import note

EVERYWHERE = ("0.0.0.0", "::")


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens at ``host`` and ``port``.

    Raises:
        Refused: the address is not ours or the port is taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        detail = f"Không lắng nghe được ở {host}:{port} ({error.strerror})."
        hint = "Có thể một máy chủ khác đang chạy ở cổng này; chọn cổng khác bằng --port."
        raise Refused(Problem("address", "Địa chỉ không dùng được", detail, hint, 500, EXIT_FAILED)) from error
    return listener


def run_server(data: Path, host: str, port: int, allowed: Sequence[str]) -> None:
    """Owns ``data`` and answers at ``host`` and ``port`` until it is stopped; commands find the address in the folder's lock.

    A folder that a server owns already is left to it. ``allowed`` are further host names that requests may use.

    Raises:
        Refused: the address cannot be listened at.
        DataFolderBusy, DataFolderMissing: the folder cannot be opened.
    """
    from graph.lock import running_server

    already = running_server(data)
    if already:
        note(f"Thư mục dữ liệu này đã được phục vụ tại {already}.")
        return
    import uvicorn

    from api.http import create_app
    from api.local import LocalBackend

    listener = listening_socket(host, port)
    port = listener.getsockname()[1]
    reach = "127.0.0.1" if host in EVERYWHERE else host
    backend = LocalBackend.open(data, create=True)
    try:
        address = f"http://[{reach}]:{port}" if ":" in reach else f"http://{reach}:{port}"
        app = create_app(backend, (*LOOPBACK_HOSTS, host, *allowed))
        backend.announce(address)
        note(f"Phục vụ tại {address} (dừng: Ctrl+C)")
        if host not in LOOPBACK_HOSTS:
            note("Chú ý: máy khác trong mạng gọi được máy chủ này và nó không hỏi mật khẩu.")
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listener])
    except KeyboardInterrupt:
        note("Đã dừng phục vụ.")
    finally:
        backend.announce(None)
        backend.close()
        listener.close()
