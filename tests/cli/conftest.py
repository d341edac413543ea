from __future__ import annotations

import io
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from tests.agent.example import Example
from tests.agent.fixtures import example, services
from tests.ledger.focus import charge, write
from tools.ledger.storing.importing import import_files

__all__ = ["example", "services"]

CHARGES = (
    charge("2026-09-15", "60.00", team="orion", provider="OpenAI", service="OpenAI API"),
    charge("2026-10-01", "100.25", team="orion", provider="OpenAI", service="OpenAI API"),
    charge("2026-10-20", "41.75", team="orion", provider="OpenAI", service="OpenAI API"),
    charge("2026-10-07", "900.00", team="support", provider="Anthropic", service="Claude API"),
    charge("2026-11-10", "50.00", team="orion", provider="OpenAI", service="OpenAI API"),
    charge("2026-11-18", "30.00", team="support", provider="Anthropic", service="Claude API"),
)
"""Orion in October: 100.25 + 41.75 = 142.00; everybody in October: 142.00 + 900.00 = 1,042.00."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Outlay = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, example: Example) -> Path:
    """An OUTLAY_HOME with CHARGES imported, and what is kept of the planner's examples."""
    folder = tmp_path / "home"
    shutil.copytree(example.home / "cache", folder / "cache")
    import_files(folder, [write(tmp_path / "bill.csv", CHARGES)])
    return folder


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, OUTLAY_HOME in it, and nothing of the developer's settings."""
    for name in list(os.environ):
        if name.startswith(("OUTLAY_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("OUTLAY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def outlay(environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Outlay:
    """`outlay("ask", "...", stdin=b"")` runs the command in this process."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["outlay", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        monkeypatch.setattr(logging, "lastResort", logging.lastResort)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def process(environment: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """`process("ask", "...", input=b"")` runs the command as a process of its own."""

    def run(*arguments: str | bytes | Path, input: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
        command = [str(Path(sys.executable).parent / "outlay"), *arguments]
        return subprocess.run(
            command, input=input, env=os.environ | variables, capture_output=True, check=False, timeout=90
        )

    return run


def is_one_sentence(text: str) -> bool:
    """One line of standard error that a person can read: no traceback, no log, ended as a sentence is."""
    lines = text.strip().splitlines()
    return len(lines) == 1 and lines[0].endswith(".") and "Traceback" not in text
