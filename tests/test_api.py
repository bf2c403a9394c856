"""The HTTP interface over canned answers: one error shape everywhere, guarded hosts, bounded uploads, pages, examples."""

from __future__ import annotations

import io
import json
import re
import tarfile

import pytest
from fastapi.testclient import TestClient

from api.bundle import pack
from api.http import create_app

PROBLEM = "application/problem+json"
V1 = "/api/v1"


@pytest.fixture
def client(canned):
    return TestClient(create_app(canned), base_url="http://127.0.0.1:8765", raise_server_exceptions=False)


ERRORS = [
    ("GET", "/nowhere", 404, "a path that does not exist"),
    ("GET", f"{V1}/nowhere", 404, "a path below the prefix that does not exist"),
    ("PUT", f"{V1}/search", 405, "a method that the path does not take"),
    ("GET", f"{V1}/search", 422, "a missing parameter"),
    ("GET", f"{V1}/search?q=", 422, "an empty query"),
    ("GET", f"{V1}/search?q=a&k=0", 422, "below the smallest number of hits"),
    ("GET", f"{V1}/search?q=a&k=101", 422, "above the largest number of hits"),
    ("GET", f"{V1}/ask?q={'a' * 2001}", 422, "a question longer than any question"),
    ("GET", f"{V1}/tasks?limit=10001", 422, "a page above the largest"),
    ("GET", f"{V1}/tasks?offset=-1", 422, "a negative offset"),
    ("GET", f"{V1}/due?as_of=2026-13-01", 422, "a month that does not exist"),
    ("GET", f"{V1}/export?format=docx", 422, "a format that is not made"),
    ("GET", f"{V1}/export?depth=99", 422, "a depth beyond the limit"),
    ("GET", f"{V1}/documents/none", 404, "an unknown document"),
    ("DELETE", f"{V1}/documents/none", 404, "an unknown document to remove"),
    ("GET", f"{V1}/trace?what=none", 404, "an unknown start of a trace"),
    ("GET", f"{V1}/coverage?what=none", 404, "coverage of an unknown document"),
    ("GET", f"{V1}/compare?a=a&b=none", 404, "comparison with an unknown document"),
    ("GET", f"{V1}/tasks?document=none", 404, "tasks of an unknown document"),
    ("GET", f"{V1}/search?q=defect", 500, "a defect of ours in search"),
    ("GET", f"{V1}/ask?q=defect", 500, "a defect of ours in ask"),
    ("GET", f"{V1}/sparql?query=defect", 500, "a defect of ours in a query"),
    ("POST", f"{V1}/sparql", 415, "a query of the wrong media type"),
    ("POST", f"{V1}/documents", 422, "an upload without a name"),
    ("POST", f"{V1}/documents?source=../a.txt", 400, "a name that leaves its folder"),
]


@pytest.mark.parametrize(("method", "path", "status", "reason"), ERRORS, ids=[row[3] for row in ERRORS])
def test_every_error_has_one_shape(client, method, path, status, reason):
    response = client.request(method, path)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    body = response.json()
    assert {"type", "title", "status", "detail"} <= set(body) <= {"type", "title", "status", "detail", "hint", "errors"}
    assert body["status"] == status and body["type"].startswith("urn:cancu:problem:")
    assert "secret" not in response.text, "what a defect says stays in the log"


@pytest.mark.parametrize("path", [row[1] for row in ERRORS if row[2] in (400, 404, 422) and row[0] == "GET"])
def test_bad_input_leaves_no_traceback_in_the_log(canned, path):
    strict = TestClient(create_app(canned), base_url="http://127.0.0.1:8765", raise_server_exceptions=True)
    assert strict.get(path).status_code < 500


def test_errors_of_the_problem_kind_stand_in_the_description_of_every_operation(client):
    paths = client.get(f"{V1}/openapi.json").json()["paths"]
    assert paths
    for path, operations in paths.items():
        for method, operation in operations.items():
            assert PROBLEM in operation["responses"]["default"]["content"], (method, path)
            assert "422" not in operation["responses"], "the framework's own error shape is not ours"


def test_every_operation_has_an_example_and_a_summary(client):
    for path, operations in client.get(f"{V1}/openapi.json").json()["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), (method, path)
            if path.endswith(("/export", "/sparql")):
                continue
            content = next(value["content"]["application/json"] for key, value in operation["responses"].items() if key[0] == "2")
            assert "example" in content, (method, path)


def test_what_the_foundation_promises_is_there(client):
    paths = client.get(f"{V1}/openapi.json").json()["paths"]
    for name in ("search", "ask", "trace", "documents", "tasks", "units", "export", "sparql", "health"):
        assert f"{V1}/{name}" in paths


GOOD = [
    ("GET", f"{V1}/search?q=an+toàn&k=3&level=phường/xã&year=2026"),
    ("GET", f"{V1}/ask?q=ai"),
    ("GET", f"{V1}/suggest?q=v%C4%83n"),
    ("GET", f"{V1}/trace?what=04/KH-UBND&down=true"),
    ("GET", f"{V1}/documents"),
    ("GET", f"{V1}/documents/04%2FKH-UBND"),
    ("DELETE", f"{V1}/documents/https%3A%2F%2Fw3id.org%2Fcancu%2Fid%2Fa"),
    ("GET", f"{V1}/tasks?unit=Văn+phòng"),
    ("GET", f"{V1}/units"),
    ("GET", f"{V1}/align?articles=true"),
    ("GET", f"{V1}/coverage?what=57-NQ/TW"),
    ("GET", f"{V1}/compare?a=a&b=b"),
    ("GET", f"{V1}/due?as_of=2026-06-30"),
    ("GET", f"{V1}/check"),
    ("GET", f"{V1}/health"),
    ("POST", f"{V1}/rebuild"),
    ("GET", f"{V1}/sparql?query=ASK+{{}}"),
    ("GET", f"{V1}/export?format=turtle&around=57-NQ/TW"),
]


@pytest.mark.parametrize(("method", "path"), GOOD)
def test_requests_are_answered(client, method, path):
    response = client.request(method, path)
    assert response.status_code == 200, response.text


def test_slashes_and_addresses_in_a_document_name_arrive_whole(client, canned):
    client.get(f"{V1}/documents/04%2FKH-UBND")
    client.delete(f"{V1}/documents/https%3A%2F%2Fw3id.org%2Fcancu%2Fid%2Fa")
    assert canned.asked == [("document", "04/KH-UBND"), ("remove", "https://w3id.org/cancu/id/a")]


def test_facets_arrive_and_empty_ones_do_not(client, canned):
    client.get(f"{V1}/search?q=a&topic=an-toan")
    client.get(f"{V1}/search?q=a&ignore=level&ignore=year")
    assert canned.asked == [("search", "a", 10, {"topic": "an-toan"}), ("search", "a", 10, {}, "level", "year")]


def test_a_question_goes_on_from_the_one_before_and_is_explained(client):
    assert "plan" not in client.get(f"{V1}/ask?q=ai").json()
    answer = client.get(f"{V1}/ask", params={"q": "còn phường kia?", "before": "ai chủ trì", "explain": True}).json()
    assert answer["choices"] == ["phường A", "phường B"]
    assert answer["plan"]["steps"][0]["on"] == "đơn vị"


def test_pages_lead_through_a_list(client):
    page = client.get(f"{V1}/tasks?limit=2").json()
    assert (len(page["items"]), page["total"]) == (2, 3)
    last = client.get(page["next"]).json()
    assert (len(last["items"]), last["offset"], last["next"]) == (1, 2, None)


HOSTS = [
    ("127.0.0.1:8765", 200, "the address that is listened at"),
    ("localhost:8765", 200, "its name"),
    ("[::1]:8765", 200, "its address of the newer kind"),
    ("LOCALHOST", 200, "case does not count in names"),
    ("localhost.", 200, "nor does the root dot"),
    ("evil.example", 400, "a foreign name that resolves to the loopback address (DNS rebinding)"),
    ("127.0.0.1.evil.example", 400, "a foreign name that begins like ours"),
    ("localhost@evil.example", 400, "a foreign name behind a user name"),
    ("", 400, "no name"),
    ("[", 400, "no name at all"),
]


@pytest.mark.parametrize(("host", "status", "reason"), HOSTS, ids=[row[2] for row in HOSTS])
def test_only_own_hosts_are_answered(client, host, status, reason):
    response = client.get(f"{V1}/health", headers={"host": host})
    assert response.status_code == status
    if status != 200:
        assert response.headers["content-type"] == PROBLEM


ORIGINS = [
    ("http://127.0.0.1:8765", 200, "our own page"),
    ("http://evil.example", 403, "a page from elsewhere"),
    ("http://127.0.0.1:9999", 403, "another program of this machine"),
    ("null", 403, "a page without an origin (a file, a sandbox)"),
]


@pytest.mark.parametrize(("origin", "status", "reason"), ORIGINS, ids=[row[2] for row in ORIGINS])
def test_pages_from_elsewhere_cannot_write(client, canned, origin, status, reason):
    response = client.post(f"{V1}/rebuild", headers={"origin": origin})
    assert response.status_code == status
    assert "access-control-allow-origin" not in response.headers


def test_an_upload_is_read_under_its_own_path(client, canned):
    response = client.post(f"{V1}/documents", params={"source": "kế hoạch/phường a.md"}, content="Kế hoạch".encode())
    assert response.status_code == 201, response.text
    assert canned.asked == [("upload", "kế hoạch/phường a.md")]


def test_an_unreadable_upload_says_why(client):
    response = client.post(f"{V1}/documents", params={"source": "a.txt"}, content=b"\0\0")
    assert (response.status_code, response.json()["detail"]) == (422, "Tệp nhị phân.")
    assert response.json()["hint"] == "Lưu lại dạng văn bản."


def test_an_upload_beyond_the_limit_is_refused(client, canned, monkeypatch):
    monkeypatch.setattr("api.routes.documents.MAX_FILE_BYTES", 10)
    response = client.post(f"{V1}/documents", params={"source": "a.txt"}, content=b"12345678901")
    assert response.status_code == 413 and response.headers["content-type"] == PROBLEM
    assert canned.asked == [], "nothing was read"


@pytest.mark.parametrize("name", ["../a.txt", "/etc/passwd", ".ssh/config", "\n"])
def test_names_of_uploads_cannot_leave_their_folder(client, canned, name):
    alone = client.post(f"{V1}/documents", params={"source": name}, content=b"x")
    together = client.post(f"{V1}/documents/batch", content=pack([("a.txt", b"x"), (name, b"x")]))
    for response in (alone, together):
        assert (response.status_code, response.headers["content-type"]) == (400, PROBLEM)
    assert canned.asked == [], "nothing was read"


def test_files_of_a_batch_are_read_at_once_and_each_is_reported(client, canned):
    long = "kế hoạch/" + "năm hai nghìn không trăm hai mươi sáu/" * 5 + "a.md"
    response = client.post(f"{V1}/documents/batch", content=pack([(long, "Kế hoạch".encode()), ("b.txt", b"\0")]))
    assert response.status_code == 201, response.text
    assert canned.asked == [("upload", long, "b.txt")]
    assert [item["source"] for item in response.json()["documents"]] == [long]
    assert [item["source"] for item in response.json()["failures"]] == ["b.txt"]


def archive(mode: str = "w", **head: object) -> bytes:
    """A tar archive of one member whose head says what is given."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as tar:
        member = tarfile.TarInfo("a.txt")
        for name, value in head.items():
            setattr(member, name, value)
        tar.addfile(member, io.BytesIO(b"x" * member.size) if member.isreg() else None)
    return out.getvalue()


BUNDLES = [
    (b"no archive", "something else"),
    (archive("w:gz", size=3), "a compressed archive, which may unpack to any size"),
    (archive(size=3)[:512], "the end is missing"),
    (archive(type=tarfile.SYMTYPE, linkname="/etc/passwd"), "a link out of the archive"),
    (archive(type=tarfile.LNKTYPE, linkname="b.txt"), "a link within the archive"),
    (archive(type=tarfile.FIFOTYPE), "a pipe"),
    (archive(size=3, pax_headers={"GNU.sparse.map": "0,1", "GNU.sparse.size": str(1 << 40)}), "a file with holes, of any size"),
]


@pytest.mark.parametrize(("bundle", "reason"), BUNDLES, ids=[row[1] for row in BUNDLES])
def test_bundles_hold_whole_files_only(client, canned, bundle, reason):
    response = client.post(f"{V1}/documents/batch", content=bundle)
    assert (response.status_code, response.headers["content-type"]) == (400, PROBLEM)
    assert canned.asked == [], "nothing was read"


def test_a_batch_beyond_the_limit_is_refused(client, canned, monkeypatch):
    monkeypatch.setattr("api.routes.documents.MAX_BUNDLE", 600)
    assert client.post(f"{V1}/documents/batch", content=pack([("a.txt", b"x")])).status_code == 413
    assert canned.asked == [], "nothing was read"


def test_a_defect_does_not_say_that_nothing_changed(client):
    told = client.get(f"{V1}/search?q=defect").json()
    assert "đã ghi trước lúc gặp lỗi vẫn được giữ" in told["detail"] and "không bị thay đổi" not in told["detail"]


def test_the_start_page_needs_nothing_from_elsewhere(client):
    root = client.get("/", follow_redirects=False)
    assert root.status_code == 307 and root.headers["location"] == "/docs"
    page = client.get("/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_the_addresses_to_try_on_the_start_page_are_valid(client):
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/api/v1/(?!openapi)[^"]+)"', client.get("/docs").text)]
    assert len(links) >= 8
    for link in links:
        assert client.get(link).status_code == 200, link


def test_the_start_page_escapes(client):
    from api.page import start_page

    description = json.loads(json.dumps(client.get(f"{V1}/openapi.json").json()))
    description["paths"][f"{V1}/search"]["get"]["summary"] = "<script>alert(1)</script>"
    assert "<script>" not in start_page(description)
