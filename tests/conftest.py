"""Fixtures that several tests share."""

from __future__ import annotations

import pytest
from canned_backend import CannedBackend


@pytest.fixture
def canned() -> CannedBackend:
    """A backend that answers everything with fixed values."""
    return CannedBackend()
