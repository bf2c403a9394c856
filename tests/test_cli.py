"""The command line over canned answers: what stands on which stream, exit statuses, messages that say what to do next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from canned_backend import CannedBackend
from click.testing import CliRunner

from api.__main__ import main
from api.errors import Problem, Refused
from api.output import table
from graph.errors import CorruptData, DataFolderBusy, DataFolderMissing, GraphError, QuerySyntax, UnknownDocument

CONTRACT = [
    "extract",
    "ingest",
    "documents",
    "remove",
    "search",
    "ask",
    "trace",
    "align",
    "coverage",
    "compare",
    "due",
    "restore",
    "check",
    "export",
    "sparql",
    "rebuild",
    "answer-all",
    "evaluate",
    "serve",
]
OURS = ["suggest"]
"""Commands beside those of the contract."""


@pytest.fixture
def run(canned, monkeypatch):
    """Runs a command over the canned backend."""
    monkeypatch.setattr("api.commands.options.open_backend", lambda data, create=False: canned)
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def test_the_commands_are_those_of_the_contract_and_ours():
    assert sorted(main.commands) == sorted((*CONTRACT, *OURS))


@pytest.mark.parametrize("name", [*CONTRACT, *OURS])
def test_every_command_has_help_with_an_example(name):
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"cancu {name}" in result.stdout.partition("Ví dụ:")[2]
    if name != "serve":
        assert "--json" in result.stdout
    if name != "evaluate":
        assert "--data" in result.stdout


PRINTING = [
    ("search", "an toàn", "-k", "3"),
    ("ask", "ai chủ trì"),
    ("suggest", "văn"),
    ("trace", "04/KH-UBND"),
    ("trace", "57-NQ/TW", "--down"),
    ("documents",),
    ("remove", "phuong-a.md"),
    ("align",),
    ("align", "--within"),
    ("coverage", "57-NQ/TW"),
    ("compare", "a", "b"),
    ("due", "--as-of", "2026-06-30"),
    ("sparql", "ASK {}"),
    ("rebuild",),
]


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_json_alone_stands_on_standard_output(run, arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    json.loads(result.stdout)


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_people_read_words(run, arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip() and not result.stdout.lstrip().startswith(("{", "["))


def test_the_backend_is_closed_in_every_case(run, canned):
    run("search", "a")
    run("search", "none")
    assert [asked for asked in canned.asked if asked == ("close",)] == [("close",)] * 2


def test_an_answer_shows_its_evidence(run):
    text = run("ask", "ai chủ trì").stdout
    assert "Văn phòng HĐND và UBND chủ trì." in text
    assert "12/KH-UBND → 57-NQ/TW" in text
    assert "[phuong-a.md:41-44] Chủ trì: Văn phòng HĐND và UBND." in text


def test_an_answer_tells_how_it_was_found(run):
    assert "Cách tìm" not in run("ask", "ai chủ trì").stdout
    text = run("ask", "ai chủ trì", "--explain").stdout
    assert "1. Lọc đơn vị: Công an phường" in text
    assert "SELECT ?task WHERE" in text


def test_questions_are_suggested_and_words_completed(run):
    assert run("suggest").stdout == "Có thể hỏi:\n  - Ai ký Kế hoạch số 12/KH-UBND?\n"
    assert "Văn phòng HĐND và UBND (Đơn vị)" in run("suggest", "văn").stdout


def test_a_question_with_several_readings_is_asked_back(run):
    assert "phường A; phường B" in run("ask", "còn phường kia?", "--before", "ai chủ trì").stdout


def test_a_finding_of_severity_error_ends_with_1(run, canned, monkeypatch):
    assert run("check").exit_code == 1
    harmless = [{"severity": "warning", "kind": "x", "message": "y"}]
    monkeypatch.setattr(CannedBackend, "check", lambda self, document=None: harmless)
    assert run("check").exit_code == 0


def test_ingest_names_each_failure_and_reads_the_rest(run, tmp_path):
    (tmp_path / "a.md").write_text("Kế hoạch", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\0")
    (tmp_path / "c.py").write_text("pass", "utf-8")
    result = run("ingest", str(tmp_path), "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert [item["source"] for item in report["documents"]] == ["a.md"]
    assert "b.txt: Tệp nhị phân. Lưu lại dạng văn bản." in result.stderr
    assert "Bỏ qua: c.py (không phải văn bản)." in result.stderr


def test_remove_goes_on_after_an_unknown_document(run):
    result = run("remove", "none", "phuong-a.md", "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert (len(report["removed"]), len(report["failures"])) == (1, 1)
    assert "none" in result.stderr


def test_rebuild_names_what_is_lost(run, canned, monkeypatch):
    lost = {"source": "a.md", "reason": "bản ghi và tệp gốc đều hỏng.", "hint": "Đọc lại tệp gốc."}
    monkeypatch.setattr(canned, "rebuild", lambda: {"documents": 0, "triples": 0, "failures": [lost]})
    result = run("rebuild")
    assert result.exit_code == 1 and "a.md: bản ghi và tệp gốc đều hỏng. Đọc lại tệp gốc." in result.stderr


def test_a_table_fits_the_terminal_and_never_cuts_a_place(monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    rows = [("a-document-with-a-long-name.txt:110-112", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "x" * 60, "y" * 200)]
    lines = table(("Ở đâu", "Chủ trì", "Phối hợp", "Nội dung"), rows).splitlines()
    assert "a-document-with-a-long-name.txt:110-112" in lines[2]
    assert max(map(len, lines)) <= 39 + 16 + 16 + 16 + 6, "only as wide as the place and the narrowest columns need"
    assert "…" in lines[2]


def test_export_makes_the_folder_of_its_output(run, tmp_path):
    out = tmp_path / "new" / "folder" / "a.nq"
    assert run("export", "--format", "nquads", "--out", str(out)).exit_code == 0
    assert out.read_bytes() == b"<a> <b> <c> .\n"


def test_answer_all_writes_what_the_scorer_reads(run, tmp_path):
    questions, out = tmp_path / "q.jsonl", tmp_path / "new" / "a.jsonl"
    questions.write_text('{"id": "q1", "question": "ai?"}\n\n{"id": "q2", "question": "khi nào?"}\n', "utf-8")
    assert run("answer-all", str(questions), "--out", str(out)).exit_code == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["q1", "q2"]
    assert set(lines[0]) == {"id", "hits", "answer", "sources", "chain", "abstained", "seconds"}


def test_answer_all_names_the_line_that_is_no_question(run, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "q1", "question": "ai?"}\nnot json\n', "utf-8")
    result = run("answer-all", str(questions), "--out", str(tmp_path / "a.jsonl"))
    assert result.exit_code == 2 and "dòng 2" in result.stderr


def test_answer_all_refuses_a_file_in_another_encoding(run, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "q1", "question": "ai chủ trì?"}', "utf-16")
    result = run("answer-all", str(questions), "--out", str(tmp_path / "a.jsonl"))
    assert result.exit_code == 2 and "UTF-8" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["extract", "restore"])
def test_reading_takes_a_data_folder_and_leaves_it_alone(run, tmp_path, command):
    plan = tmp_path / "plan.txt"
    plan.write_text("KẾ HOẠCH\nTrồng cây năm 2026\n", encoding="utf-8")
    plain = run(command, str(plan), "--json")
    given = run(command, str(plan), "--json", "--data", str(tmp_path / "data"))
    assert (given.exit_code, given.stdout) == (0, plain.stdout)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", [("restore",), ("extract",)], ids=" ".join)
def test_an_output_that_cannot_be_written_is_named(run, tmp_path, command):
    (tmp_path / "file").write_text("Kế hoạch chuyển đổi số\n", "utf-8")
    result = run(*command, str(tmp_path / "file"), "--out", str(tmp_path / "file" / "folder" / "out"))
    assert result.exit_code == 2 and isinstance(result.exception, SystemExit)
    assert "Không ghi được" in result.stderr and "--out" in result.stderr


def test_extract_overwrites_no_other_result(run, tmp_path):
    for name, words in (("a.txt", "Kế hoạch một"), ("a.md", "Kế hoạch hai"), ("b.txt", "Kế hoạch ba")):
        (tmp_path / name).write_text(f"{words}\n", "utf-8")
    result = run(
        "extract", *(str(tmp_path / name) for name in ("a.txt", "a.md", "a.txt", "b.txt")), "--out", str(tmp_path / "out")
    )
    assert result.exit_code == 1
    assert "a.md" in result.stderr and "trùng tên" in result.stderr
    assert {file.name: json.loads(file.read_text("utf-8"))["source"] for file in (tmp_path / "out").iterdir()} == {
        "a.json": "a.txt",
        "b.json": "b.txt",
    }


UNUSABLE = [
    (("serach", "a"), "search", "a mistyped command gets a suggestion"),
    (("search",), "CÂU_TÌM", "a missing argument is named"),
    (("search", "a", "-k", "0"), "từ 1", "a number out of range"),
    (("search", "a", "--levle", "x"), "--level", "a mistyped option gets a suggestion"),
    (("export", "--format", "docx", "--out", "x"), "turtle", "the formats are listed"),
    (("due",), "--as-of", "a missing option is named"),
    (("due", "--as-of", "30/6/2026"), "2026-06-30", "the form of a date is shown"),
    (("align", "--within", "--articles"), "--within", "two ways at once"),
    (("answer-all", "nowhere.jsonl", "--out", "x"), "không có tệp", "a file that is not there"),
    (("evaluate", "nowhere"), "không có tệp", "a folder that is not there"),
]


@pytest.mark.parametrize(("arguments", "said", "reason"), UNUSABLE, ids=[row[2] for row in UNUSABLE])
def test_unusable_arguments_end_with_2_and_say_what_to_do(run, arguments, said, reason):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Lỗi: ") and said in result.stderr and "--help" in result.stderr
    assert "Traceback" not in result.stderr


PROBLEMS = [
    (DataFolderMissing("Chưa có dữ liệu ở ./data."), 2, "cancu ingest"),
    (DataFolderBusy("Thư mục dữ liệu đang được dùng."), 1, "chạy lại"),
    (CorruptData("Bản ghi hỏng."), 1, "cancu rebuild"),
    (UnknownDocument("Không có văn bản “x”."), 2, "cancu documents"),
    (QuerySyntax("Sai cú pháp ở cột 3."), 2, "cột 3"),
    (GraphError("Không được."), 2, "Không được."),
    (Refused(Problem("x", "y", "Vì sao.", "Làm gì.", 400, 1)), 1, "Làm gì."),
]


@pytest.mark.parametrize(("error", "status", "said"), PROBLEMS, ids=[type(row[0]).__name__ for row in PROBLEMS])
def test_bad_input_is_explained(run, monkeypatch, error, status, said):
    def fail(self: CannedBackend, *_: object) -> None:
        raise error

    monkeypatch.setattr(CannedBackend, "search", fail)
    result = run("search", "a", "--json")
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.startswith("Lỗi: ") and said in result.stderr


def test_a_defect_of_ours_is_not_hidden(run):
    result = run("search", "defect")
    assert isinstance(result.exception, ZeroDivisionError)


def test_without_arguments_the_commands_are_listed(run):
    result = run()
    assert result.exit_code == 0 and all(name in result.stdout for name in CONTRACT)


@pytest.mark.parametrize("given", ["option", "environment", "neither"])
def test_the_data_folder(given, tmp_path, monkeypatch):
    from api.backend import data_folder

    monkeypatch.setenv("CANCU_DATA", str(tmp_path)) if given == "environment" else monkeypatch.delenv("CANCU_DATA", raising=False)
    expected = {"option": Path("x"), "environment": tmp_path, "neither": Path("data")}[given]
    assert data_folder(Path("x") if given == "option" else None) == expected
