import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.embed import Embedder
from knowledge.errors import BadDocument, StoreBusy, StoreMismatch
from knowledge.index import add, add_to, remove
from knowledge.searching.search import search
from knowledge.store import Store, open_store
from tests.knowledge.texts import NEWS, write_jsonl


@pytest.fixture
def store(tmp_path: Path, embedder: Embedder) -> Iterator[Store]:
    opened = open_store(tmp_path / "kb", embedder)
    yield opened
    opened.close()


def stored_texts(store: Store) -> list[str]:
    return sorted(chunk.text for head in store.registry.heads() for chunk in store.registry.chunks_of(head.id))


def in_chroma(store: Store) -> set[str]:
    return set(store.index._collection().get()["ids"])


def test_adding_the_same_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    news = write_jsonl(tmp_path / "news.jsonl", NEWS)
    first = add_to(store, [news])
    version, ids = store.registry.version, {head.id for head in store.registry.heads()}
    again = add_to(store, [news])
    assert (first.added, first.changed, first.same) == (4, 0, 0)
    assert (again.added, again.changed, again.same, again.chunks) == (0, 0, 4, 0)
    assert store.registry.version == version
    assert {head.id for head in store.registry.heads()} == ids
    assert in_chroma(store) == {f"{article}-0" for article in ids}


def test_a_changed_article_replaces_the_old_one_everywhere(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Rents\n\n" + "The K9 cost 3.40 dollars per hour in the spring of this year. " * 40)
    add_to(store, [note])
    assert len(stored_texts(store)) > 2
    note.write_text("# Rents\n\nThe K9 costs 2.15 dollars per hour.")
    report = add_to(store, [note])
    assert (report.added, report.changed, report.same) == (0, 1, 0)
    assert stored_texts(store) == ["The K9 costs 2.15 dollars per hour."]
    assert len(in_chroma(store)) == 1
    assert "3.40" not in " ".join(one.text for one in search(store, "K9 rent per hour"))


def test_a_changed_date_alone_is_a_change(store: Store, tmp_path: Path) -> None:
    add_to(store, [write_jsonl(tmp_path / "a.jsonl", [NEWS[0]])])
    report = add_to(store, [write_jsonl(tmp_path / "a.jsonl", [NEWS[0] | {"published_on": "2026-05-05"}])])
    assert (report.added, report.changed, report.same) == (0, 1, 0)
    assert [str(head.published_on) for head in store.registry.heads()] == ["2026-05-05"]


def test_a_jsonl_with_one_bad_line_leaves_nothing(store: Store, tmp_path: Path) -> None:
    bad = write_jsonl(tmp_path / "bad.jsonl", NEWS)
    bad.write_text(bad.read_text() + '{"title": 7}\n')
    with pytest.raises(BadDocument, match=r"bad\.jsonl, line 5: "):
        add_to(store, [bad])
    assert stored_texts(store) == []


def test_a_bad_file_is_refused_and_the_others_are_taken_in(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.md").write_text("# Rents\n\nThe K9 costs 2.15 dollars per hour.")
    (tmp_path / "in" / "bad.md").write_bytes(b"\x7fELF" + bytes(100))
    (tmp_path / "in" / "picture.bmp").write_bytes(b"BM")
    report = add_to(store, [tmp_path / "in"])
    assert report.added == 1
    [(name, why)] = report.refused
    assert name.endswith("bad.md")
    assert "binary" in why
    assert "1 document added" in report.sentence()
    assert "bad.md" in report.sentence()


@pytest.mark.parametrize(("name", "says"), [("absent.md", "no such file"), ("table.xlsx", "not read")])
def test_a_file_that_cannot_be_taken_in_is_named(store: Store, tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(BadDocument, match=says):
        add_to(store, [tmp_path / name])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "http://localhost:8000/",
        "http://10.0.0.8/x",
        "http://169.254.169.254/latest",
        "http://[::1]/",
    ],
)
def test_addresses_inside_the_network_are_not_fetched(store: Store, url: str) -> None:
    with pytest.raises(BadDocument, match="private network"):
        add_to(store, [url])


def test_removed_text_is_gone_from_every_file(tmp_path: Path, embedder: Embedder) -> None:
    folder = tmp_path / "kb"
    add([write_jsonl(tmp_path / "news.jsonl", NEWS)], folder, embedder)
    assert remove([NEWS[3]["url"]], folder, embedder) == 1
    assert remove(["https://example.org/never"], folder, embedder) == 0
    left = [path for path in folder.rglob("*") if path.is_file() and b"megawatts" in path.read_bytes()]
    assert left == []
    store = open_store(folder, embedder)
    assert all("Norvik" not in one.text for one in search(store, "How much power will Norvik draw?"))
    store.close()


def test_a_second_writer_is_told_to_wait(store: Store, tmp_path: Path, embedder: Embedder) -> None:
    other = open_store(store.folder, embedder)
    with store.writing(), pytest.raises(StoreBusy, match="Another process"), other.writing():
        pass
    other.close()


def test_a_reader_sees_what_another_process_added(store: Store, tmp_path: Path) -> None:
    add_to(store, [write_jsonl(tmp_path / "a.jsonl", NEWS[:2])])
    assert len(search(store, "rent of the K9 accelerator")) == 2
    news = write_jsonl(tmp_path / "b.jsonl", NEWS[2:])
    code = """
import sys
from pathlib import Path
from knowledge.embed import load_embedder
from knowledge.index import add
add([sys.argv[1]], Path(sys.argv[2]), load_embedder())
"""
    run = [sys.executable, "-c", code, str(news), str(store.folder)]
    subprocess.run(run, cwd=Path(__file__).parents[2], check=True, capture_output=True)
    assert search(store, "rent of the K9 accelerator")[0].url == "https://example.org/brightforge-rents"


def test_what_a_killed_run_left_undone_is_repaired_by_the_next(store: Store, tmp_path: Path) -> None:
    add_to(store, [write_jsonl(tmp_path / "a.jsonl", NEWS)])
    [kept, lost, *_] = sorted(in_chroma(store))
    # As if the run had been killed after the registry was written and before Chroma was.
    store.index._collection().delete(ids=[lost])
    with sqlite3.connect(store.folder / "registry.sqlite") as db:
        db.execute("INSERT INTO unsynced VALUES (?, 0)", (lost,))
    assert not store.registry.in_sync()
    with store.writing():
        pass
    assert store.registry.in_sync()
    assert {kept, lost} <= in_chroma(store)


def test_vectors_of_another_model_are_not_mixed(store: Store, tmp_path: Path, embedder: Embedder) -> None:
    add_to(store, [write_jsonl(tmp_path / "a.jsonl", NEWS)])

    class Other:
        name, dimension = "another-model", 384
        embed = embedder.embed

    with pytest.raises(StoreMismatch, match="another-model"):
        open_store(store.folder, Other())


def test_progress_grows_to_its_end(store: Store, tmp_path: Path) -> None:
    steps: list[tuple[int, int | None]] = []
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\nThe K9 costs 2.15 dollars per hour at {name}.")
    add_to(store, [tmp_path / "a.md", tmp_path / "b.md"], progress=lambda done, of: steps.append((done, of)))
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1][0] == steps[-1][1]
