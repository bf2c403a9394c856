"""Several files in one request: packed by the client, unpacked by the server, so that they are taken in at once.

The form is an uncompressed tar archive (POSIX.1-2001, pax), which every system can make: what arrives is as large as what is
unpacked, and nothing is ever unpacked onto the disk.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from api.errors import unusable
from documents.errors import MAX_FILE_BYTES, MEGABYTE

MEDIA_TYPE = "application/x-tar"

MAX_FILES = 50
"""Files that the client packs together: few enough to be read within the time that it waits for an answer."""

MAX_BUNDLE = MAX_FILE_BYTES + MEGABYTE
"""Bytes of a bundle: one file of the largest size, or several that are not larger together, with their heads."""


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files (source and bytes) as one bundle."""
    import tarfile

    bundle = BytesIO()
    with tarfile.open(fileobj=bundle, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for source, content in files:
            head = tarfile.TarInfo(source)
            head.size = len(content)
            archive.addfile(head, BytesIO(content))
    return bundle.getvalue()


def unpack(bundle: bytes) -> list[tuple[str, bytes]]:
    """The files of a bundle, with their names as they stand in it; folders are passed over.

    Raises:
        Refused: it is no such archive, or holds anything else than whole files (links, devices, files with holes, which may claim
            any size).
    """
    import tarfile

    files: list[tuple[str, bytes]] = []
    try:
        with tarfile.open(fileobj=BytesIO(bundle), mode="r:") as archive:
            for head in archive:
                if head.isdir():
                    continue
                opened = (
                    archive.extractfile(head) if head.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not head.sparse else None
                )
                content = opened.read(len(bundle)) if opened else b""
                if opened is None or len(content) != head.size:
                    raise unusable(f"Gói tệp có mục không phải tệp nguyên vẹn: {head.name[:80]!r}.", "Chỉ gói các tệp văn bản.")
                files.append((head.name, content))
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise unusable("Thân yêu cầu không phải gói tệp tar không nén.", "Gói bằng: tar cf goi.tar thư-mục/") from error
    return files
