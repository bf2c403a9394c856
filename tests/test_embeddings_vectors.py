"""The vector index: ids, removal, another model's vectors, damage."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings import vector_index
from embeddings.vector_index import DamagedIndex, OtherModel, VectorIndex, stable_ids


def units(count: int, dimension: int = 8) -> np.ndarray:
    vectors = np.random.default_rng(3).standard_normal((count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def index() -> VectorIndex:
    made = VectorIndex.empty(8, "model-a")
    made.add([10, 20, 30], units(3))
    return made


def test_ids_depend_on_the_names_alone() -> None:
    assert stable_ids(["b", "a", "c"]) == stable_ids(["c", "b", "a", "a"])
    assert stable_ids(["a"])["a"] == stable_ids(["a", "b"])["a"]
    assert all(0 <= number < 2**63 for number in stable_ids(map(str, range(1000))).values())


def test_names_with_one_hash_get_different_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "_hash", lambda name, attempt: 5 + attempt)
    assert stable_ids(["x", "y", "z"]) == {"x": 5, "y": 6, "z": 7}


def test_nearest_first(index: VectorIndex) -> None:
    ids, cosines = index.search(units(3)[1], 2)
    assert ids[0] == 20
    assert cosines[0] == pytest.approx(1, abs=1e-3)
    assert len(index.search(units(3)[1], 50)[0]) == 3


def test_removal_is_exact(index: VectorIndex) -> None:
    assert index.remove([20, 99]) == 1
    assert sorted(index.ids().tolist()) == [10, 30]
    assert np.allclose(index.vectors([30, 10]), units(3)[[2, 0]], atol=1e-3), "kept in 16 bits"
    with pytest.raises(KeyError):
        index.vectors([20])


def test_an_id_is_never_taken_twice(index: VectorIndex) -> None:
    with pytest.raises(ValueError, match="already"):
        index.add([30], units(1))
    with pytest.raises(ValueError, match="already"):
        index.add([40, 40], units(2))


def test_another_models_vectors_are_refused_in_vietnamese(index: VectorIndex) -> None:
    index.require("model-a")
    with pytest.raises(OtherModel, match="mô hình khác"):
        index.require("model-b")
    assert issubclass(OtherModel, ValueError)


def test_saved_and_opened_it_is_the_same(index: VectorIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    again = VectorIndex.open(tmp_path)
    assert (again.fingerprint, again.dimension, len(again)) == ("model-a", 8, 3)
    assert np.array_equal(again.vectors([10, 20, 30]), index.vectors([10, 20, 30]))


@pytest.mark.parametrize("damage", ["no facts", "no vectors", "cut off", "other facts"])
def test_damaged_files_are_named(index: VectorIndex, tmp_path: Path, damage: str) -> None:
    index.save(tmp_path)
    facts, vectors = tmp_path / "vectors.json", tmp_path / "vectors.npy"
    if damage == "no facts":
        facts.unlink()
    elif damage == "no vectors":
        vectors.unlink()
    elif damage == "cut off":
        vectors.write_bytes(vectors.read_bytes()[:50])
    else:
        facts.write_text('{"fingerprint": "model-a", "dimension": 8, "vectors": 4, "flat": true}', encoding="utf-8")
    with pytest.raises(DamagedIndex):
        VectorIndex.open(tmp_path)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> VectorIndex:
    """An index with more vectors than are compared one by one."""
    monkeypatch.setattr(vector_index, "FLAT_MOST", 2000)
    made = VectorIndex.empty(16, "model-a")
    made.add(range(3000), units(3000, 16))
    return made


def test_a_large_index_finds_what_comparing_all_would_find(large: VectorIndex) -> None:
    vectors = units(3000, 16)
    assert not large.is_flat
    found = 0
    for number in range(0, 3000, 100):
        exact = np.argsort(-(vectors @ vectors[number]))[:10]
        ids, cosines = large.search(vectors[number], 10)
        assert ids[0] == number
        assert list(cosines) == sorted(cosines, reverse=True)
        assert cosines[0] == pytest.approx(1, abs=1e-3), "compared exactly, not by its 8 bits"
        found += len(set(ids.tolist()) & set(exact.tolist()))
    assert found / 300 >= vector_index.LEAST_RECALL


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("vectors.faiss", None, "no codes"),
        ("vectors.faiss", "IxPQ", "codes cut off"),
        ("vectors.trained", None, "nothing said about the codes"),
        ("vectors.trained", "3000\n", "something else said"),
    ],
)
def test_damaged_codes_are_named(large: VectorIndex, tmp_path: Path, file: str, content: str | None, reason: str) -> None:
    large.save(tmp_path)
    if content is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(DamagedIndex, match="vectơ"):
        VectorIndex.open(tmp_path)


def test_queries_without_meaning_do_not_decide_how_much_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is equally near to a zero vector, so no number of vectors would do."""
    monkeypatch.setattr(vector_index, "FLAT_MOST", 2000)
    vectors, asked = units(3000, 16), units(20, 16)
    depths = []
    for queries in (asked, np.concatenate([asked, np.zeros((10, 16), np.float32)])):
        made = VectorIndex.empty(16, "model-a")
        made.add(range(3000), vectors, queries)
        assert made._codes is not None
        depths.append(made._codes.depth)
    assert depths[0] == depths[1] < 3000


def test_a_large_index_is_changed_saved_and_becomes_flat_again(large: VectorIndex, tmp_path: Path) -> None:
    assert large.remove(range(500)) == 500
    large.add([9000], units(1, 16))
    large.save(tmp_path)
    again = VectorIndex.open(tmp_path)
    assert (len(again), again.is_flat) == (2501, False)
    assert 9000 in again.search(units(1, 16)[0], 3)[0]
    assert not set(again.search(units(3000, 16)[100], 2501)[0].tolist()) & set(range(500))
    again.remove(range(500, 1500))
    assert again.is_flat
    assert len(again.search(units(1, 16)[0], 5000)[0]) == 1501
