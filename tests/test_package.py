"""The package as it is installed: all three top-level packages and the data files they read."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    source = folder / "source"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(source)], check=True)
    subprocess.run([*command, str(source)], check=True)
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


def test_a_wheel_holds_all_three_packages(installed: set[str]) -> None:
    assert {"bot/cli.py", "knowledge/searching/search.py", "tools/money.py"} <= installed


def test_a_wheel_holds_every_data_file_of_the_packages(installed: set[str]) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "bot", "knowledge", "tools"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    missing = {name for name in listed if not name.endswith(".py")} - installed
    assert missing == set()
