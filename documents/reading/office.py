"""Formats that only office programs know well (.doc, .rtf, .xls, .ods, Word 2003 XML): LibreOffice converts them, and the
result is read.

LibreOffice is optional. It runs without a window, with a profile of its own in a temporary folder, so that it neither meets an
open LibreOffice nor keeps anything; macros and links of the document are not run or followed while converting.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from documents.errors import UnreadableDocument
from documents.reading.docx import read_docx
from documents.reading.limits import Limits
from documents.reading.source_text import SourceText
from documents.reading.xlsx import read_xlsx

_ROUNDS = 20
"""How often those are looked for that a converter has started: one may start another while it is ended."""
_ROUND_SECONDS = 0.05
_MARK = "CANCU_OFFICE_PROFILE"
"""The variable of the environment by which the processes of one conversion are known."""
_PROGRAMS = ("soffice", "libreoffice")
_TRUST = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""
"""Settings of the profile: no macros, links to other files are not followed."""
_ENDINGS = {"wordml": "xml"}
"""The ending by which LibreOffice knows a format, where it is not the format's id."""
_MARKUP = ("{\\rtf", "<?xml")
"""A result that begins so is the source's own markup taken for its words."""
_SAVE = "Hãy mở tệp bằng phần mềm gốc, lưu lại thành .docx hoặc .xlsx rồi nạp lại."
_HINT = "Cài gói libreoffice-writer (trang tính: libreoffice-calc) rồi nạp lại, hoặc mở tệp và lưu lại thành {}."


def read_doc(path: Path, limits: Limits) -> SourceText:
    """The text of a .doc, .rtf or Word 2003 XML. Raises :class:`UnreadableDocument` where LibreOffice is missing or cannot read
    it.
    """
    return _read(path, limits, "docx", ".docx")


def read_xls(path: Path, limits: Limits) -> SourceText:
    """The text of a .xls or .ods. Raises :class:`UnreadableDocument` where LibreOffice is missing or cannot read it."""
    return _read(path, limits, "xlsx", ".xlsx")


def program() -> str | None:
    """Where LibreOffice is, or ``None``."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def _read(path: Path, limits: Limits, form: str, shown: str) -> SourceText:
    from documents.reading.format import format_of

    office = program()
    if office is None:
        raise UnreadableDocument(path.name, "cần LibreOffice để đọc định dạng này, máy này chưa cài.", _HINT.format(shown))
    own = format_of(path.read_bytes()).id
    with tempfile.TemporaryDirectory(prefix="cancu-office-") as folder:
        # LibreOffice goes by the ending where a name has one that it knows; the content has told the format already
        source = Path(folder) / f"source.{_ENDINGS.get(own, own)}"
        shutil.copyfile(path, source)
        try:
            made = _converted(office, source, form, Path(folder), limits)
            text = (read_docx if form == "docx" else read_xlsx)(made, limits)
        except UnreadableDocument as error:
            raise UnreadableDocument(path.name, error.reason, error.hint) from error
    if next((line for line in text.lines if line.strip()), "").lstrip().startswith(_MARKUP):
        raise UnreadableDocument(path.name, "LibreOffice không nhận ra định dạng của tệp.", _SAVE)
    return replace(text, format=own)


def _converted(office: str, path: Path, form: str, folder: Path, limits: Limits) -> Path:
    """The file converted to ``form`` below ``folder``."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_TRUST, "utf-8")
    command = [
        office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--convert-to", form,
        "--outdir", str(folder), str(path),
    ]  # fmt: skip
    made = folder / f"{path.stem}.{form}"
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "SAL_USE_VCLPLUGIN": "svp", _MARK: profile.as_uri()},
        preexec_fn=partial(_bound_data, limits.memory_bytes),
    )
    try:
        process.wait(timeout=limits.page_seconds * 0.9)
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(path.name, "LibreOffice chuyển đổi quá lâu nên đã bị dừng.", _SAVE) from None
    finally:
        _end(process, profile.as_uri())
    if not made.is_file():
        hint = "Tệp có thể bị hỏng hoặc được đặt mật khẩu; hãy mở bằng phần mềm gốc, lưu lại thành .docx hoặc .xlsx rồi nạp lại."
        raise UnreadableDocument(path.name, "LibreOffice không mở được tệp này.", hint)
    return made


def _end(process: subprocess.Popen[bytes], profile: str) -> None:
    """End the converter with all that it started, whatever process they were handed to meanwhile."""
    for _ in range(_ROUNDS):
        alive = _started_with(profile)
        for pid in alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not alive:
            break
        time.sleep(_ROUND_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.wait()


def _started_with(profile: str) -> list[int]:
    """The living processes whose environment names ``profile``, which a converter hands on to all that it starts (Linux)."""
    mark = f"{_MARK}={profile}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile, or is somebody else's
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


def _bound_data(memory: int) -> None:
    """Runs in the new process before LibreOffice does. LibreOffice reserves far more addresses than it uses memory, so what is
    bounded is its data (which Linux counts for private mappings too) in place of its address space.
    """
    for kind, limit in ((resource.RLIMIT_AS, resource.RLIM_INFINITY), (resource.RLIMIT_DATA, memory)):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
