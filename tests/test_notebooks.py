"""The worked examples run from top to bottom and show what they speak of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="the notebooks need nbformat (extra “dev”)")
nbclient = pytest.importorskip("nbclient", reason="the notebooks need nbclient (extra “dev”)")
pytest.importorskip("ipykernel", reason="the notebooks need ipykernel (extra “dev”)")

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MOST_BYTES = 60_000
"""A notebook with larger outputs is no reading matter."""

SHOWN = {
    "01_doc_hoi_truy_vet": {
        "read": "12/KH-UBND",
        "searched": "ke-hoach-12-kh-ubnd-go-lua-2026.md",
        "answered": "Văn phòng HĐND và UBND",
        "traced": "12/KH-UBND → 158/KH-UBND → 21-KH/TU → 57-NQ/TW",
        "exported and read back": "True",
    },
    "02_truy_vet_phan_tich": {
        "walked": "12/KH-UBND → 158/KH-UBND → 21-KH/TU → 08-NQ/TU → 57-NQ/TW",
        "most local work": "nhiệm vụ  57-NQ/TW",
        "gaps": "việc chưa có nhiệm vụ nào của cấp dưới",
        "nobody leads": "nhiệm vụ không nêu đơn vị chủ trì",
        "load by quarter": "Quý II: 3",
        "as of a day": "quá hạn   2026-02-28  còn  -31 ngày  Văn phòng HĐND và UBND",
    },
}


def printed(notebook: Any) -> str:
    """All text that the cells print."""
    return "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", ()))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_runs_and_shows_what_it_says(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    stored = printed(notebook)
    nbclient.NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(FOLDER)}}).execute()
    fresh = printed(notebook)
    for what, words in SHOWN[path.stem].items():
        assert words in fresh, f"{what}: not in the output of a fresh run"
        assert words in stored, f"{what}: not in the outputs kept in the file; run the notebook and save it"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_kept_outputs_are_small_and_name_no_machine(path: Path) -> None:
    text = path.read_text("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    assert len(text.encode()) < MOST_BYTES
    assert notebook.metadata.kernelspec.name == "python3"
    assert not re.search(r"(?:/home/|/tmp/|/root/|[A-Z]:\\)", printed(notebook))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert {output.output_type for output in outputs} <= {"stream", "display_data", "execute_result"}
    assert all(output.get("name", "stdout") == "stdout" for output in outputs), "warnings are no reading matter"
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


def test_every_notebook_has_a_list_of_what_it_shows() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)
