"""Programs that some tests need and that not every machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

import pytest

from documents.reading.office import program
from documents.reading.recognition import missing


def need(*names: str) -> None:
    """Skip the test where one of the programs ("recognition", "libreoffice", "font") is missing, saying which; fail it where
    all of them are demanded (``CANCU_ALL_PROGRAMS=1``, as in continuous integration).
    """
    for name in names:
        if lacking := _lacking(name):
            if os.environ.get("CANCU_ALL_PROGRAMS") == "1":
                pytest.fail(lacking)
            pytest.skip(lacking)


@cache
def _lacking(name: str) -> str:
    """What is missing, "" when nothing is."""
    if name == "recognition":
        return missing()
    if name == "libreoffice":
        return "" if program() else "LibreOffice is not installed"
    if name == "font":
        listing = shutil.which("fc-list")
        fonts = (
            subprocess.run([listing, ":lang=vi", "family"], capture_output=True, text=True, check=False).stdout if listing else ""
        )
        return "" if "Liberation Serif" in fonts else "no font Liberation Serif with Vietnamese letters"
    raise ValueError(name)
