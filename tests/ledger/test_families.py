"""Models in the words of people: what is named stands for those that bear all of it, and no version is guessed."""

from __future__ import annotations

import pytest

from tools.ledger.naming.spoken_models import models_meant

BILLED = (
    "claude-sonnet-4-5",
    "claude-sonnet-4",
    "claude-3-5-haiku",
    "claude-haiku-4-5",
    "gpt-4o",
    "gpt-4o-mini",
    "gpt-4.1",
    "gpt-4.1-mini",
    "gemini-2.5-flash",
    "gemini-2.5-flash-lite",
    "gemini-2.5-pro",
    "llama-3.3-70b",
    "llama-3.1-70b-instruct",
    "llama-3.1-8b",
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("sonnet 4.5", ("claude-sonnet-4-5",)),
        ("sonnet 4", ("claude-sonnet-4",)),
        ("haiku 3.5", ("claude-3-5-haiku",)),
        ("Claude 4.5", ("claude-sonnet-4-5", "claude-haiku-4-5")),
        ("4o", ("gpt-4o",)),
        ("4o mini", ("gpt-4o-mini",)),
        ("4.1-mini", ("gpt-4.1-mini",)),
        ("gemini flash", ("gemini-2.5-flash",)),
        ("flash lite", ("gemini-2.5-flash-lite",)),
        ("llama 70b", ("llama-3.3-70b", "llama-3.1-70b-instruct")),
        ("llama 3.3", ("llama-3.3-70b",)),
        ("haiku", ("claude-3-5-haiku", "claude-haiku-4-5")),
    ],
)
def test_a_model_is_found_by_every_part_that_is_said(said: str, meant: tuple[str, ...]) -> None:
    assert models_meant(said, BILLED) == meant


@pytest.mark.parametrize(
    "said", ["sonnet 3.7", "gpt-4", "gpt-5", "llama 3 70b", "haiku 4", "opus", "llama 405b", "70b"]
)
def test_another_version_or_size_is_never_put_in_its_place(said: str) -> None:
    assert models_meant(said, BILLED) == (said,)
