"""The commands over our own samples, from reading to removal: owning the folder, and speaking to a server that owns it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from graph_samples import plan_text

from embeddings.generations import current
from graph.lock import FolderLock, running_server

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
BEN_TRUC = "ke-hoach-12-kh-ubnd-ben-truc-2026.txt"
GO_LUA = "ke-hoach-12-kh-ubnd-go-lua-2026.md"


def cancu(data: Path, *arguments: str, status: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Runs a command as the shell does."""
    environment = {**os.environ, "CANCU_DATA": str(data), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "api", *arguments], capture_output=True, text=True, env=environment, cwd=data.parent, check=False
    )
    assert status is None or done.returncode == status, f"{arguments}: {done.returncode}\n{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def read(tmp_path_factory) -> Path:
    """A data folder with our samples read in."""
    data = tmp_path_factory.mktemp("corpus") / "data"
    cancu(data, "ingest", str(EXAMPLES))
    return data


@pytest.fixture
def folder(read, tmp_path) -> Path:
    """A copy of that folder, to change."""
    shutil.copytree(read, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def served(read, tmp_path_factory):
    """A copy of that folder with a server that owns it."""
    data = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(read, data)
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "api", "serve", "--port", "0", "--data", str(data)]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        end = time.monotonic() + 60
        while not running_server(data):
            assert server.poll() is None and time.monotonic() < end, server.stderr and server.stderr.read()
            time.sleep(0.1)
        yield data
    finally:
        server.terminate()
        server.wait(20)


JSON_COMMANDS = [
    ("documents",),
    ("search", "lập hồ sơ cấp độ an toàn thông tin", "-k", "5"),
    ("search", "lap ho so cap do", "--level", "phường/xã", "--kind", "task"),
    ("search", "chuyển đổi số", "--document", GO_LUA),
    ("ask", "ai chủ trì nhiệm vụ tổng hợp báo cáo hằng quý ở phường Bến Trúc?"),
    ("trace", BEN_TRUC),
    ("trace", "57-NQ/TW", "--down"),
    ("align",),
    ("align", "--within"),
    ("align", "--articles"),
    ("coverage", "21-KH/TU"),
    ("compare", BEN_TRUC, GO_LUA),
    ("due", "--as-of", "2026-06-30"),
    ("sparql", "SELECT ?d ?n { ?d a cancu:Plan ; eli:id_local ?n } ORDER BY ?d"),
    ("sparql", "ASK { ?d a cancu:Plan }"),
    ("sparql", "CONSTRUCT { ?d a cancu:Plan } WHERE { ?d a cancu:Plan }"),
]


@pytest.mark.parametrize("arguments", JSON_COMMANDS, ids=" ".join)
def test_a_server_answers_as_the_folder_does(read, served, arguments):
    assert json.loads(cancu(read, *arguments, "--json").stdout) == json.loads(cancu(served, *arguments, "--json").stdout)


@pytest.mark.parametrize("arguments", JSON_COMMANDS, ids=" ".join)
def test_people_get_words(read, arguments):
    assert cancu(read, *arguments).stdout.strip()


def test_check_is_the_same_at_both_doors(read, served):
    own, remote = cancu(read, "check", "--json", status=None), cancu(served, "check", "--json", status=None)
    assert (own.returncode, json.loads(own.stdout)) == (remote.returncode, json.loads(remote.stdout))
    assert own.returncode == int(any(finding["severity"] == "error" for finding in json.loads(own.stdout)))


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld", "graphml"])
def test_exports_are_the_same_bytes_at_both_doors(read, served, tmp_path, form):
    for name, data in (("own", read), ("remote", served)):
        cancu(data, "export", "--format", form, "--out", str(tmp_path / name / "graph"), "--document", GO_LUA)
    assert (tmp_path / "own" / "graph").read_bytes() == (tmp_path / "remote" / "graph").read_bytes() != b""


def test_documents_list_what_was_read(read):
    listed = json.loads(cancu(read, "documents", "--json").stdout)
    expected = sorted(p.name for p in EXAMPLES.iterdir() if p.suffix not in ("", ".jsonl", ".py") and p.stem != "README")
    assert [item["source"] for item in listed] == expected


def test_reading_again_changes_nothing(folder):
    before = cancu(folder, "documents", "--json").stdout
    report = json.loads(cancu(folder, "ingest", str(EXAMPLES), "--json").stdout)
    assert {item["status"] for item in report["documents"]} == {"unchanged"} and report["failures"] == []
    assert cancu(folder, "documents", "--json").stdout == before


def test_bad_files_are_named_and_the_rest_is_read(tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    shutil.copy(EXAMPLES / GO_LUA, files / "good.md")
    (files / "empty.txt").write_bytes(b"")
    (files / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (files / "utf16.txt").write_text((EXAMPLES / BEN_TRUC).read_text("utf-8"), "utf-16")
    done = cancu(tmp_path / "data", "ingest", str(files), str(tmp_path / "nowhere"), "--json", status=1)
    report = json.loads(done.stdout)
    assert [item["source"] for item in report["documents"]] == ["good.md", "utf16.txt"]
    assert len(report["failures"]) == 3
    for failure in report["failures"]:
        assert failure["reason"] and f"Lỗi: {failure['source']}" in done.stderr


def test_a_folder_without_documents_is_a_failure(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "không có văn bản" in cancu(tmp_path / "data", "ingest", str(tmp_path / "empty"), status=1).stderr


@pytest.mark.parametrize(
    "arguments", [("search", "a"), ("documents",), ("trace", "57-NQ/TW"), ("sparql", "ASK {}")], ids=" ".join
)
def test_without_data_a_command_says_what_to_do(tmp_path, arguments):
    done = cancu(tmp_path / "data", *arguments, "--json", status=2)
    assert done.stdout == "" and "cancu ingest" in done.stderr
    assert not (tmp_path / "data").exists(), "asking makes no folder"


def test_removing_leaves_nothing_behind(folder):
    cancu(folder, "remove", GO_LUA)
    assert GO_LUA not in [item["source"] for item in json.loads(cancu(folder, "documents", "--json").stdout)]
    hits = json.loads(cancu(folder, "search", "Gò Lụa", "-k", "50", "--json").stdout)["hits"]
    assert GO_LUA not in {hit["source"] for hit in hits}
    answer = json.loads(cancu(folder, "sparql", f'ASK {{ ?d cancu:source "{GO_LUA}" }}', "--json").stdout)
    assert answer["boolean"] is False


def test_rebuilding_gives_the_same_answers(folder):
    query = ("search", "an toàn thông tin", "--json")
    before = cancu(folder, *query).stdout
    shutil.rmtree(folder / "store")
    shutil.rmtree(folder / "search")
    cancu(folder, "rebuild")
    assert cancu(folder, *query).stdout == before


def test_ingest_and_remove_through_a_server(served):
    extra = served.parent / "extra.md"
    extra.write_text((EXAMPLES / GO_LUA).read_text("utf-8").replace("12/KH-UBND", "77/KH-UBND"), "utf-8")
    report = json.loads(cancu(served, "ingest", str(extra), "--json").stdout)
    assert [(item["source"], item["status"]) for item in report["documents"]] == [("extra.md", "added")]
    assert json.loads(cancu(served, "ingest", str(extra), "--json").stdout)["documents"][0]["status"] == "unchanged"
    cancu(served, "remove", "extra.md")
    assert "extra.md" not in cancu(served, "documents", "--json").stdout
    assert cancu(served, "remove", "extra.md", status=1).stdout == ""


def test_a_folder_through_a_server_is_taken_in_at_once_and_reported_as_by_its_owner(served, tmp_path):
    files = tmp_path / "many"
    (files / "sub").mkdir(parents=True)
    for name, number in (("one.md", "71"), ("two.md", "72"), ("sub/three.md", "73")):
        (files / name).write_text(plan_text("Đồng Sen", number), "utf-8")
    (files / "empty.txt").write_bytes(b"")
    (files / "notes.csv").write_text("a,b", "utf-8")
    generation = int(current(served / "search").name.rpartition("-")[2])
    report = json.loads(cancu(served, "ingest", str(files), "--json", status=1).stdout)
    assert report == json.loads(cancu(tmp_path / "own", "ingest", str(files), "--json", status=1).stdout)
    assert int(current(served / "search").name.rpartition("-")[2]) == generation + 1
    cancu(served, "remove", "one.md", "two.md", "sub/three.md")


def test_a_folder_that_is_served_is_not_served_twice(served):
    assert f"đã được phục vụ tại {running_server(served)}" in cancu(served, "serve", "--port", "0").stderr


def test_a_folder_that_another_command_holds_is_refused_with_its_holder(folder):
    lock = FolderLock(folder, "cancu ingest van-ban/")
    try:
        said = cancu(folder, "search", "a", status=1).stderr
    finally:
        lock.release()
    assert "cancu ingest van-ban/" in said and "chạy lại" in said


def test_a_taken_port_is_named(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert f"127.0.0.1:{port}" in cancu(folder, "serve", "--port", port, status=1).stderr


def test_answers_to_a_file_of_questions(read, tmp_path):
    out = tmp_path / "new" / "answers.jsonl"
    cancu(read, "answer-all", str(EXAMPLES / "questions.jsonl"), "--out", str(out))
    asked = [json.loads(line)["id"] for line in (EXAMPLES / "questions.jsonl").read_text("utf-8").splitlines() if line.strip()]
    answers = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == asked
    assert all(len(answer["hits"]) >= 10 for answer in answers if not answer["abstained"])


def test_an_answer_shows_its_passages_in_the_form_of_search(read):
    words = "lập hồ sơ cấp độ an toàn thông tin"
    found = {hit["iri"]: hit for hit in json.loads(cancu(read, "search", words, "-k", "100", "--json").stdout)["hits"]}
    shown = json.loads(cancu(read, "ask", f"ai chủ trì nhiệm vụ {words}?", "--json").stdout)["hits"]
    same = [(hit, found[hit["iri"]]) for hit in shown if hit["iri"] in found]
    assert same
    by_query = dict.fromkeys(("rank", "score", "matched", "highlights", "sentence"))
    for one, other in same:
        assert one.keys() == other.keys()
        assert one | by_query == other | by_query


def test_extract_prints_the_shared_form(tmp_path):
    forms = json.loads(cancu(tmp_path / "data", "extract", str(EXAMPLES / GO_LUA), str(EXAMPLES / BEN_TRUC), "--json").stdout)
    assert [form["source"] for form in forms] == [GO_LUA, BEN_TRUC]
    assert set(forms[0]) == {"source", "document", "citations", "units", "tasks", "targets", "defects"}
    cancu(tmp_path / "data", "extract", str(EXAMPLES / GO_LUA), "--out", str(tmp_path / "a" / "b"))
    assert json.loads((tmp_path / "a" / "b" / GO_LUA).with_suffix(".json").read_text("utf-8")) == forms[0]


def test_extract_goes_on_after_a_missing_file(tmp_path):
    done = cancu(tmp_path / "data", "extract", "nowhere.txt", str(EXAMPLES / GO_LUA), "--json", status=1)
    assert [form["source"] for form in json.loads(done.stdout)] == [GO_LUA] and "nowhere.txt" in done.stderr


def test_restore_keeps_the_number_of_lines(tmp_path):
    source = EXAMPLES / BEN_TRUC
    restored = cancu(tmp_path / "data", "restore", str(source)).stdout
    assert len(restored.splitlines()) == len(source.read_text("utf-8").splitlines())


HEAVY = {"torch", "rdflib", "sentence_transformers", "fastapi", "uvicorn", "pyshacl", "networkx", "transformers", "sklearn"}


def test_searching_imports_nothing_heavy(read):
    script = (
        "import sys\nfrom api.__main__ import main\n"
        "try:\n    main(['search', 'an toàn thông tin', '--json'])\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print(sorted(set(sys.modules) & {HEAVY!r}), file=sys.stderr)"
    )
    environment = {**os.environ, "CANCU_DATA": str(read), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stderr.strip().endswith("[]"), done.stderr
    assert json.loads(done.stdout)["hits"]


def test_the_help_imports_no_room(tmp_path):
    script = (
        "import sys\nfrom api.__main__ import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "rooms = {'questions', 'graph', 'embeddings', 'documents', 'ontology', 'numpy'}\nprint(sorted(set(sys.modules) & rooms))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip().endswith("[]"), done.stdout
