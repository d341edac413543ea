"""Each word of a question on own spend is read, or changes no figure; what is neither is asked about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.agent.planner.left_over.accounted import settled
from bot.agent.planner.left_over.placed import (
    named_currencies,
    other_currencies,
    unknown_tags,
    unplaced_words,
    unsure_period,
)
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    "text",
    [
        "Hi there, could you please tell me what core has been burning through in May? Thanks!",
        "so what did we actually end up paying OpenAI in May, all told, for the board deck",
        "I'd like to know by how much our bill went up in May compared with April",
        "what share of May was core, and on what basis is that?",
    ],
)
def test_small_talk_changes_no_figure(reading: Read, text: str) -> None:
    assert unplaced_words(reading(text)) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("What did we spend on zorblax in May?", "zorblax"),
        ("spend per ticket in May", "per ticket"),
        ("which customers cost us most in May", "which customers"),
        ("spend by flavour in May", "by flavour"),
        ("our nocturnal spend in May", "nocturnal"),
        ("what do we pay per million tokens in May", "per million tokens"),
    ],
)
def test_a_word_that_nothing_reads_is_named(reading: Read, text: str, part: str) -> None:
    r = replace(reading(text), unread=())
    assert part in unplaced_words(r)


def test_a_family_of_models_is_accounted_for_like_anything_else(reading: Read) -> None:
    r = reading("cost per zorblax of sonnet for us in May")
    asked = settled(r, [Planned("spend_total", {"model": ("sonnet",), "period": "2026-05-01 to 2026-05-31"})])
    assert [call.tool for call in asked] == ["ask_back"]


def test_only_the_currencies_of_the_bills_are_answered(reading: Read) -> None:
    r = reading("What did we spend in euros in May?")
    assert other_currencies(replace(r, currencies=("USD",))) == ["euros"]
    assert other_currencies(replace(r, currencies=("EUR",))) == []
    assert named_currencies(replace(r, currencies=("EUR",))) == ()
    assert named_currencies(replace(r, currencies=("EUR", "USD"))) == ("EUR",)


@pytest.mark.parametrize("text", ["fiscal Q2 spend", "spend in FY26 Q1", "what did we spend on 03/04/2026"])
def test_a_period_of_two_readings_is_asked_about(reading: Read, text: str) -> None:
    assert unsure_period(reading(text)) is not None


@pytest.mark.parametrize("text", ["spend in Q2", "what did we spend on 2026-04-03", "spend on 13/04/2026"])
def test_a_period_of_one_reading_is_not(reading: Read, text: str) -> None:
    assert unsure_period(reading(text)) is None


def test_a_split_by_a_tag_that_no_charge_has_is_unknown(reading: Read) -> None:
    r = replace(reading("spend by customer in May"), tag_keys=("env",))
    assert "'customer'" in unknown_tags(r)
    assert unknown_tags(replace(reading("spend by env in May"), tag_keys=("env",))) == ""
