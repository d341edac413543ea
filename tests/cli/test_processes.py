"""The command as a process: what it loads for its help, and that no traceback reaches anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.conftest import Outlay, is_one_sentence

HEAVY = {
    *("pandas", "numpy", "ibis", "duckdb", "pyarrow", "chromadb", "onnxruntime", "slack_bolt", "slack_sdk", "aiohttp"),
    *("langchain", "langchain_core", "langgraph", "matplotlib", "genai_prices", "trafilatura", "pypdfium2"),
}
COMMANDS = (
    *((), ("ask",), ("chat",), ("eval",), ("serve",), ("doctor",), ("spend",), ("spend", "import"), ("knowledge",)),
    *(("knowledge", "add"), ("knowledge", "search"), ("digest",), ("digest", "preview"), ("slack", "manifest")),
)
ALL_HELP = f"""
import io, json, sys
from contextlib import redirect_stdout
from bot.cli import main
said = []
for command in {[list(command) for command in COMMANDS]!r}:
    sys.argv = ["outlay", *command, "--help"]
    out = io.StringIO()
    with redirect_stdout(out):
        try:
            main()
        except SystemExit as ended:
            said.append([ended.code, out.getvalue()])
print(json.dumps({{"said": said, "loaded": sorted(set(sys.modules) & set({sorted(HEAVY)!r}))}}))
"""
Process = Callable[..., "CompletedProcess[bytes]"]


def test_help_of_every_command_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", ALL_HELP], capture_output=True, check=True, timeout=60)
    told = json.loads(done.stdout)
    assert told["loaded"] == []
    for command, (code, text) in zip(COMMANDS, told["said"], strict=True):
        assert code == 0, command
        assert text.startswith(" ".join(("Usage: outlay", *command))), command
        assert "--help" in text


@pytest.mark.usefixtures("home")
def test_a_reader_that_goes_away_ends_it_quietly(environment: Path) -> None:
    """As `outlay ask - | head -1`: the first reply is read, then the pipe is closed."""
    outlay = Path(sys.executable).parent / "outlay"
    with subprocess.Popen(
        [outlay, "ask", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(b"\n")
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["status"] == "clarify"
        running.stdout.close()
        running.stdin.write(b"\n" * 50)
        running.stdin.close()
        said = running.stderr.read()
        running.wait(60)
    assert said == b""
    assert running.returncode != 0


@pytest.mark.usefixtures("home")
def test_an_argument_that_is_not_utf8_and_a_terminal_that_is_not_are_no_error(process: Process) -> None:
    """A byte that is no text in the question; then a reply with letters that an ASCII terminal does not have."""
    done = process("ask", b"How much is \xff\xfe?", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["question"] == "How much is \ufffd\ufffd?"
    ascii_only = process("ask", "--json", "Wie viel kostet \u00fcber 5 \u20ac?", PYTHONIOENCODING="ascii")
    assert ascii_only.returncode == 0
    assert "error" not in ascii_only.stderr.decode().casefold()


def test_a_fault_of_ours_is_one_sentence_and_how_to_see_more(outlay: Outlay, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot import doctor

    def broken(settings: object) -> None:
        raise KeyError("inside")

    monkeypatch.setattr(doctor, "report", broken)
    ran = outlay("doctor")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Something went wrong in Outlay itself (KeyError). Set OUTLAY_DEBUG=1 to see where.\n"


BROKEN = """
import sys
from bot.agent.planner import context
from bot.cli import main

def broken(*given):
    raise ZeroDivisionError("inside")

context.context_of = broken
sys.argv = ["outlay", "ask", "What did we spend?", "--json"]
main()
"""


@pytest.mark.usefixtures("environment")
def test_a_fault_while_answering_is_a_failed_reply_and_one_line() -> None:
    root = Path(__file__).parents[2]

    def run(**variables: str) -> subprocess.CompletedProcess[str]:
        env = os.environ | {"PYTHONPATH": str(root)} | variables
        return subprocess.run(
            [sys.executable, "-c", BROKEN], env=env, capture_output=True, text=True, check=False, timeout=90
        )

    ran = run()
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["status"] == "failed"
    assert "inside" not in ran.stdout
    assert is_one_sentence(ran.stderr), ran.stderr
    assert "OUTLAY_DEBUG" in ran.stderr
    told = run(OUTLAY_DEBUG="1")
    assert "ZeroDivisionError: inside" in told.stderr
    assert json.loads(told.stdout)["status"] == "failed"


@pytest.mark.parametrize(
    "command", [("ask", "What did we spend?", "--thread", "T"), ("doctor",), ("knowledge", "search", "GPUs")]
)
def test_a_home_that_cannot_be_one_is_no_traceback(process: Process, tmp_path: Path, command: tuple[str, ...]) -> None:
    """OUTLAY_HOME inside a file: no folder can be made there."""
    (tmp_path / "file").write_text("")
    done = process(*command, OUTLAY_HOME=str(tmp_path / "file" / "home"))
    assert done.returncode == 2
    assert done.stdout == b""
    assert is_one_sentence(done.stderr.decode())
    assert "Not a directory" in done.stderr.decode()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_named(outlay: Outlay, tmp_path: Path) -> None:
    bill = tmp_path / "bill.csv"
    bill.write_text("x")
    bill.chmod(0)
    ran = outlay("spend", "import", bill)
    assert ran.code == 2
    assert is_one_sentence(ran.err)
    assert "bill.csv" in ran.err
