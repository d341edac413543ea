"""Vectors on a real Chroma server instead of the embedded one."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.embed import Embedder
from knowledge.errors import IndexUnavailable, StoreBusy
from knowledge.index import add, add_to, remove
from knowledge.searching.search import search
from knowledge.store import Store, open_store
from tests.knowledge.texts import NEWS, write_jsonl

CHROMA = shutil.which("chroma", path=str(Path(sys.executable).parent)) or shutil.which("chroma")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if CHROMA is None:
        pytest.skip("the chroma command is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    command = [CHROMA, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "chroma run ended at once"
        try:
            with urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("chroma run did not answer within 30 seconds")


@pytest.fixture
def always_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.store.EXACT_UP_TO", 0)
    monkeypatch.setattr("knowledge.store.READ_UP_TO", 0)


def on_server(store: Store) -> set[str]:
    return set(store.index._collection().get()["ids"])


@pytest.mark.slow
@pytest.mark.usefixtures("always_chroma")
def test_a_server_holds_the_vectors_of_what_is_stored_and_answers(
    server: str, tmp_path: Path, embedder: Embedder
) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", NEWS)
    exact = [one.id for one in _found(tmp_path / "exact", embedder, news)]
    store = open_store(tmp_path / "kb", embedder, server)
    add_to(store, [news])
    assert on_server(store) == {f"{head.id}-0" for head in store.registry.heads()}
    assert [one.id for one in search(store, "rent of the K9 accelerator", 4)] == exact
    store.close()
    assert not (tmp_path / "kb" / "chroma").exists()
    assert remove([NEWS[3]["url"]], tmp_path / "kb", embedder, chroma_url=server) == 1
    again = open_store(tmp_path / "kb", embedder, server)
    assert len(on_server(again)) == len(NEWS) - 1
    again.close()


def _found(folder: Path, embedder: Embedder, news: Path):  # type: ignore[no-untyped-def]
    store = open_store(folder, embedder)
    add_to(store, [news])
    found = search(store, "rent of the K9 accelerator", 4)
    store.close()
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("always_chroma")
def test_two_knowledge_bases_share_a_server_without_mixing(server: str, tmp_path: Path, embedder: Embedder) -> None:
    for name, article in (("one", NEWS[0]), ("two", NEWS[1])):
        add([write_jsonl(tmp_path / f"{name}.jsonl", [article])], tmp_path / name, embedder, chroma_url=server)
    for name, article in (("one", NEWS[0]), ("two", NEWS[1])):
        store = open_store(tmp_path / name, embedder, server)
        assert [found.url for found in search(store, "accelerator rent", 4)] == [article["url"]]
        assert len(on_server(store)) == 1
        store.close()


@pytest.mark.slow
@pytest.mark.usefixtures("always_chroma")
def test_a_knowledge_base_moves_to_a_server_and_back_whole(server: str, tmp_path: Path, embedder: Embedder) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", NEWS)
    for url in ("", server, ""):
        assert add([news], tmp_path / "kb", embedder, chroma_url=url).refused == ()
        store = open_store(tmp_path / "kb", embedder, url)
        assert len(on_server(store)) == len(NEWS)
        assert len(search(store, "rent of the K9 accelerator", 10)) == len(NEWS)
        store.close()


@pytest.mark.slow
def test_what_a_server_lost_is_taken_in_again(server: str, tmp_path: Path, embedder: Embedder) -> None:
    add([write_jsonl(tmp_path / "a.jsonl", NEWS[:2])], tmp_path / "kb", embedder, chroma_url=server)
    store = open_store(tmp_path / "kb", embedder, server)
    store.index._collection().delete(ids=sorted(on_server(store)))
    add_to(store, [write_jsonl(tmp_path / "b.jsonl", NEWS[2:3])])
    assert len(on_server(store)) == 3
    store.close()


@pytest.mark.slow
def test_a_second_writer_is_told_so(server: str, tmp_path: Path, embedder: Embedder) -> None:
    store, other = open_store(tmp_path / "kb", embedder, server), open_store(tmp_path / "kb", embedder, server)
    with store.writing(), pytest.raises(StoreBusy, match="Another process is writing"), other.writing():
        pass
    store.close()
    other.close()


@pytest.mark.usefixtures("always_chroma")
def test_without_its_server_writing_says_what_to_do_and_reading_goes_on(tmp_path: Path, embedder: Embedder) -> None:
    nowhere = "http://127.0.0.1:9"
    news = write_jsonl(tmp_path / "news.jsonl", NEWS)
    with pytest.raises(IndexUnavailable, match=r"http://127\.0\.0\.1:9 does not answer .*chroma run"):
        add([news], tmp_path / "kb", embedder, chroma_url=nowhere)
    store = open_store(tmp_path / "kb", embedder, nowhere)
    assert len(search(store, "rent of the K9 accelerator", 10)) == len(NEWS)
    store.registry.synced([f"{head.id}-0" for head in store.registry.heads()])
    assert len(search(store, "rent of the K9 accelerator", 10)) == len(NEWS)
    store.close()
