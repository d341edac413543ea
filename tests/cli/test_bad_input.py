"""Bad input ends with exit code 2 and one sentence on standard error; nothing half-written stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import CHARGES, Outlay, is_one_sentence
from tests.ledger.focus import write

OCTOBER = "What did we spend in October 2026?"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", ""], "question is empty"),
        (["ask", "  \t "], "question is empty"),
        (["ask"], "question"),
        (["ask", OCTOBER, "more"], "unexpected"),
        (["ask", OCTOBER, "--today", "yesterday"], "--today"),
        (["ask", OCTOBER, "--today", "2026-02-30"], "--today"),
        (["ask", OCTOBER, "--today", "0001-01-01"], "--today"),
        (["ask", OCTOBER, "--today", "9999-12-31"], "--today"),
        (["ask", OCTOBER, "--jsn"], "--jsn"),
        (["ask", OCTOBER, "--today"], "--today"),
        (["aks", OCTOBER], "aks"),
        (["spend", "imprt"], "imprt"),
        (["spend", "import"], "FILE"),
        (["spend", "import", "nowhere.csv"], "nowhere.csv"),
        (["spend", "import", "."], "folder"),
        (["knowledge", "add"], "--starter"),
        (["knowledge", "add", "nowhere.md"], "nowhere.md"),
        (["knowledge", "search", "GPUs", "-k", "0"], "-k"),
        (["knowledge", "search", "GPUs", "-k", "ten"], "-k"),
        (["knowledge", "search", "GPUs", "--since", "May"], "--since"),
        (["digest", "preview"], "--channel"),
        (["digest", "preview", "--channel", "C1", "--today", "2026-13-01"], "--today"),
        (["eval", "nowhere.jsonl"], "nowhere.jsonl"),
        (["eval", "."], "cannot be read"),
        (["serve"], "SLACK_BOT_TOKEN"),
    ],
)
def test_a_command_line_that_cannot_be_used_is_told_in_a_sentence(
    outlay: Outlay, arguments: list[str], says: str
) -> None:
    ran = outlay(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert is_one_sentence(ran.err), ran.err
    assert says in ran.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OUTLAY_PORT", "many"),
        ("OUTLAY_TIMEZONE", "Mars/Olympus"),
        ("OUTLAY_DIGEST_WEEKDAY", "someday"),
        ("OUTLAY_DIGEST_HOUR", "25"),
        ("OUTLAY_MODEL", "gpt-4o"),
        ("OUTLAY_MODEL", "nobody:gpt-4o"),
        ("OUTLAY_MODEL", "ollama:llama3"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    outlay: Outlay, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    ran = outlay("ask", OCTOBER)
    assert ran.code == 2
    assert is_one_sentence(ran.err), ran.err
    assert ran.err.startswith(f"{name}: ")


def test_a_model_without_a_key_is_told_which_to_set(outlay: Outlay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTLAY_MODEL", "openai:gpt-4o")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_ADMIN_KEY", raising=False)
    ran = outlay("ask", OCTOBER)
    assert (ran.code, ran.err) == (2, "OUTLAY_MODEL: openai:gpt-4o needs a key; set OPENAI_API_KEY.\n")


def bad_bills(folder: Path) -> Iterator[tuple[Path, str]]:
    """A file that cannot be imported, and a word of what must be said of it."""
    whole = write(folder / "whole.csv", CHARGES).read_bytes()
    header, first, *rest = whole.splitlines(keepends=True)
    made = {
        "empty.csv": (b"", "empty"),
        "quoted.csv": (header + first + rest[0][:-20] + b'"unclosed', "line"),
        "latin.csv": (header + first.replace(b"OpenAI", b"Op\xe9nAI"), "UTF-8"),
        "cost.csv": (header + first.replace(b"60.00", b"sixty"), "line 2"),
        "other.csv": (b"name,age\nann,5\n", ""),
        "text.csv": (b"This is not a table at all.\n", ""),
        "broken.parquet": (b"PAR1 but not really", ""),
        "zeros.csv": (b"\x00" * 400, ""),
    }
    for name, (content, says) in made.items():
        path = folder / name
        path.write_bytes(content)
        yield path, says


def test_a_bill_that_cannot_be_read_is_named_and_leaves_the_ledger_as_it_was(
    outlay: Outlay, home: Path, tmp_path: Path
) -> None:
    before = outlay("ask", OCTOBER, "--json", "--today", "2026-11-23").out
    files = sorted(path for path in home.rglob("*") if path.is_file() and "cache" not in path.parts)
    for path, says in bad_bills(tmp_path):
        good = write(tmp_path / "good.csv", [CHARGES[1] | {"EffectiveCost": "5000"}])
        ran = outlay("spend", "import", good, path)
        assert ran.code == 2, path.name
        assert is_one_sentence(ran.err), (path.name, ran.err)
        assert path.name in ran.err
        assert says in ran.err, (path.name, ran.err)
        assert ran.out == ""
    after = outlay("ask", OCTOBER, "--json", "--today", "2026-11-23").out
    assert json.loads(after)["figures"] == json.loads(before)["figures"]
    assert sorted(path for path in home.rglob("*") if path.is_file() and "cache" not in path.parts) == files


def test_a_bill_cut_off_in_the_middle_of_a_row_is_not_taken_for_whole(outlay: Outlay, tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.csv", CHARGES).read_bytes()
    cut = tmp_path / "cut.csv"
    cut.write_bytes(whole[: whole.rindex(b"Claude API")])
    ran = outlay("spend", "import", cut, "--json")
    if ran.code == 0:
        told = json.loads(ran.out)["files"][0]
        assert [item["line"] for item in told["skipped"]] == [7]
        assert told["rows"] == 5
    else:
        assert ran.code == 2
        assert "cut.csv, line 7" in ran.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b'everyone = "al"', "line 1"),
        (b'everyone = "all"\nadmins = "U_CFO"', "line 2"),
        (b"everyone = [", "line"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'everyone = "all"\nfriends = []', "friends"),
    ],
)
def test_a_broken_access_file_shows_nobody_anything(outlay: Outlay, home: Path, text: bytes, says: str) -> None:
    (home / "access.toml").write_bytes(text)
    ran = outlay("ask", OCTOBER, "--today", "2026-11-23")
    assert (ran.code, ran.out) == (2, "")
    assert is_one_sentence(ran.err), ran.err
    assert "access.toml" in ran.err
    assert says in ran.err


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'{"question": "a"}\nnot json\n', 2),
        (b'{"question": "a"}\n\n["b"]\n', 3),
        (b'{"id": "x"}\n', 1),
        (b'{"question": "a", "figures": [{"value": "ten"}]}\n', 1),
        (b'{"question": "a", "figures": [{"unit": "USD"}]}\n', 1),
        (b'{"question": "a", "figures": 5}\n', 1),
        (b'{"question": "a", "today": "soon"}\n', 1),
        (b'{"question": "a", "today": 5}\n', 1),
        (b'{"question": "a", "sources_any": 5}\n', 1),
        (b'{"question": "a", "status": "fine"}\n', 1),
        (b'{"question": "a", "as": 5}\n', 1),
        (b'{"question": "a", "figures": [{"value": "NaN"}]}\n', 1),
    ],
)
def test_a_line_of_questions_that_cannot_be_used_is_named(
    outlay: Outlay, tmp_path: Path, content: bytes, line: int
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    ran = outlay("eval", path)
    assert (ran.code, ran.out) == (2, "")
    assert is_one_sentence(ran.err), ran.err
    assert f"questions.jsonl, line {line}" in ran.err


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\x00"])
def test_a_file_without_questions_is_said_to_have_none(outlay: Outlay, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    ran = outlay("eval", path)
    assert ran.code == 2
    assert is_one_sentence(ran.err), ran.err
