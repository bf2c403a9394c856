"""One owner of a data folder at a time, named to others, and gone when it is gone."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from graph.errors import DataFolderBusy
from graph.lock import FolderLock, ReadWriteLock, holder, running_server

HOLD = """
import sys, time
from pathlib import Path
from graph.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]), "cancu serve")
lock.announce("http://127.0.0.1:8765")
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def other(tmp_path):
    """Another process that holds the folder and serves it."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_the_second_is_told_who_holds_the_folder(tmp_path, other):
    with pytest.raises(DataFolderBusy) as refused:
        FolderLock(tmp_path, "cancu search")
    assert f"tiến trình {other.pid}" in refused.value.message
    assert "“cancu serve”" in refused.value.message and "http://127.0.0.1:8765" in refused.value.message
    assert refused.value.holder.pid == other.pid


def test_a_running_server_is_found(tmp_path, other):
    assert running_server(tmp_path) == "http://127.0.0.1:8765"


def test_a_killed_holder_leaves_the_folder_free(tmp_path, other):
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    assert running_server(tmp_path) is None, "what it left in the file does not count"
    FolderLock(tmp_path, "cancu search").release()


def test_released_and_taken_again(tmp_path):
    FolderLock(tmp_path, "one").release()
    lock = FolderLock(tmp_path, "two")
    assert holder(tmp_path).command == "two" and running_server(tmp_path) is None
    with pytest.raises(DataFolderBusy):
        FolderLock(tmp_path, "three")
    lock.release()
    lock.release()
    assert holder(tmp_path) is None


def test_a_folder_that_nobody_ever_held(tmp_path):
    assert holder(tmp_path) is None and running_server(tmp_path / "missing") is None


def test_looking_who_holds_does_not_keep_an_owner_out(tmp_path):
    stop = threading.Event()

    def look():
        while not stop.is_set():
            holder(tmp_path)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        for _ in range(50):
            FolderLock(tmp_path, "cancu ingest").release()
    finally:
        stop.set()
        watcher.join()


def test_readers_go_together_and_a_writer_alone():
    lock, log = ReadWriteLock(), []
    both = threading.Barrier(2)

    def read():
        with lock.read():
            both.wait(5)  # passes only when two read at once
            log.append("read")

    def write():
        with lock.write():
            log.append("begin")
            time.sleep(0.02)
            log.append("end")

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write) for _ in range(3)]
    for thread in readers + writers:
        thread.start()
    for thread in readers + writers:
        thread.join(5)
    written = [entry for entry in log if entry != "read"]
    assert log.count("read") == 2 and written == ["begin", "end"] * 3


def test_a_writer_may_read_and_a_reader_may_not_write():
    lock = ReadWriteLock()
    with lock.write(), lock.read(), lock.write():
        pass
    with lock.read(), pytest.raises(RuntimeError), lock.write():
        pass
    with lock.write():
        pass
