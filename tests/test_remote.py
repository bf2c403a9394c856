"""The backend of a running server: what is sent together, what is refused before it is sent, what becomes of each file."""

from __future__ import annotations

import json
import os

import pytest

from api.bundle import MAX_FILES, unpack
from api.errors import Problem, Refused
from api.remote import RemoteBackend


class Listening(RemoteBackend):
    """Keeps the bundles that would be sent, and answers that every file was added."""

    def __init__(self):
        super().__init__("http://127.0.0.1:1")
        self.bundles = []

    def _call(self, method, path, query=None, body=None, **headers):
        assert (method, path) == ("POST", "/documents/batch")
        files = unpack(body)
        self.bundles.append([source for source, _ in files])
        documents = [{"source": source, "status": "added"} for source, _ in files]
        return None, json.dumps({"documents": documents, "failures": [], "duplicates": []}).encode()


@pytest.fixture
def server():
    return Listening()


def test_a_folder_is_sent_in_few_requests(server, tmp_path):
    names = [f"{number:03}.txt" for number in range(2 * MAX_FILES + 1)]
    for name in names:
        (tmp_path / name).write_text(name, "utf-8")
    seen = []
    report = server.ingest([tmp_path], lambda source, status: seen.append((source, status)))
    assert [len(bundle) for bundle in server.bundles] == [MAX_FILES, MAX_FILES, 1]
    assert [item["source"] for item in report["documents"]] == names
    assert seen == [(name, "added") for name in names]


def test_large_files_are_parted_by_size(server, tmp_path, monkeypatch):
    monkeypatch.setattr("documents.errors.MAX_FILE_BYTES", 10)
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(b"12345")
    server.ingest([tmp_path], lambda source, status: None)
    assert server.bundles == [["a.txt", "b.txt"], ["c.txt"]]


def test_what_cannot_be_read_is_a_failure_and_is_not_sent(server, tmp_path):
    (tmp_path / "a.txt").write_text("x", "utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    report = server.ingest([tmp_path / "pipe.txt", tmp_path / "nowhere", tmp_path / "a.txt"], lambda source, status: None)
    assert server.bundles == [["a.txt"]]
    assert [failure["source"] for failure in report["failures"]] == [str(tmp_path / "pipe.txt"), str(tmp_path / "nowhere")]


def test_nothing_to_send_asks_nothing(server, tmp_path):
    assert server.ingest([tmp_path], lambda source, status: None)["documents"] == [] and server.bundles == []


@pytest.mark.parametrize(("kind", "stops"), [("internal", False), ("no-answer", True)])
def test_a_refused_batch_fails_its_files_and_a_dead_server_ends_it(server, tmp_path, monkeypatch, kind, stops):
    (tmp_path / "a.txt").write_text("x", "utf-8")

    def refuse(*_, **__):
        raise Refused(Problem(kind, "Lỗi", "Vì sao.", "Làm gì.", 500, 1))

    monkeypatch.setattr(server, "_call", refuse)
    if stops:
        with pytest.raises(Refused):
            server.ingest([tmp_path], lambda source, status: None)
    else:
        failures = server.ingest([tmp_path], lambda source, status: None)["failures"]
        assert failures == [{"source": "a.txt", "reason": "Vì sao.", "hint": "Làm gì.", "defect": False}]
