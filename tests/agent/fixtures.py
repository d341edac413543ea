"""Pytest fixtures over the example company: `from tests.agent.fixtures import example, services`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services import Services
from tests.agent.example import Example, example_in


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Example:
    base = tmp_path_factory.getbasetemp()
    shared: Path = base if worker_id == "master" else base.parent
    return example_in(shared / "example")


@pytest.fixture(scope="session")
def services(example: Example) -> Services:
    return Services(example.home)
