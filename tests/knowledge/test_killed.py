"""Runs that are killed at any moment, and what the next run makes of it; two processes at once."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.embed import Embedder
from knowledge.errors import StoreBusy
from knowledge.index import add, remove
from knowledge.searching.search import search
from knowledge.store import open_store

ROOT = Path(__file__).parents[2]
# Adds two versions of the same articles in turn, until it is killed.
ADDING = """
import sys
from pathlib import Path
from knowledge.embed import load_embedder
from knowledge.index import add
embedder = load_embedder()
embedder.embed(["warm"])
print("ready", flush=True)
while True:
    for name in sys.argv[2:]:
        add([name], Path(sys.argv[1]), embedder)
"""


def version(path: Path, price: str, count: int = 12) -> Path:
    lines = [
        {
            "title": f"Rents in region {n}",
            "url": f"https://example.org/region-{n}",
            "text": f"In region {n} the K9 accelerator rents for {price} dollars an hour. " * 12,
        }
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_run_killed_at_any_moment_is_made_good_by_the_next(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "kb"
    old, new = version(tmp_path / "old.jsonl", "3.41"), version(tmp_path / "new.jsonl", "2.17")
    moments = random.Random(11)
    for _ in range(4):
        run = subprocess.Popen(
            [sys.executable, "-c", ADDING, str(folder), str(old), str(new)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert run.stdout is not None
        assert run.stdout.readline() == b"ready\n"
        time.sleep(moments.uniform(0.0, 1.2))
        run.kill()
        run.wait(10)
        run.stdout.close()
    add([new], folder, embedder)
    again = add([new], folder, embedder)
    assert (again.added, again.changed, again.same) == (0, 0, 12)
    store = open_store(folder, embedder)
    assert len(store.registry.heads()) == 12
    assert store.registry.in_sync()
    found = search(store, "What does the K9 rent for in region 7?", 12)
    assert found
    assert all("2.17" in one.text and "3.41" not in one.text for one in found)
    numbers, _ = store.registry.layout()
    assert set(store.index._collection().get(include=[])["ids"]) == {  # type: ignore[attr-defined]
        chunk.id for chunk in store.registry.chunks(numbers.tolist()).values()
    }
    store.close()
    remove([f"https://example.org/region-{n}" for n in range(12)], folder, embedder)
    left = [file.name for file in folder.rglob("*") if file.is_file() and b"acceler" in file.read_bytes().lower()]
    assert left == []


def test_a_second_process_is_told_who_is_writing(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "kb"
    store = open_store(folder, embedder)
    with store.writing(), pytest.raises(StoreBusy, match="Another process"):
        add([version(tmp_path / "new.jsonl", "2.17", 1)], folder, embedder)
    store.close()
    assert add([tmp_path / "new.jsonl"], folder, embedder).added == 1
