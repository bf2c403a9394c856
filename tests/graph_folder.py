"""Fixtures of a small data folder (a plugin of the tests that name it)."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph_samples import write_plans

from graph.corpus import Corpus


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder of three plans."""
    folder = tmp_path / "plans"
    write_plans(folder)
    return folder


@pytest.fixture
def data(tmp_path: Path, plans: Path) -> Path:
    """A closed data folder that holds the three plans."""
    with Corpus.open(tmp_path / "data", create=True) as corpus:
        assert corpus.ingest([plans]).ok
    return tmp_path / "data"
