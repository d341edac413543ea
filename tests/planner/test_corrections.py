"""Of two values around "no, sorry" the later is meant; nothing else is taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agent.planner.wording.corrections import kept_of

KINDS = {"may": "period", "april": "period", "june": "period", "core": "team", "growth": "team", "data": "team"}
MARKERS = (
    "sorry",
    "no, sorry",
    "no wait",
    "I mean",
    "wait, no",
    "scratch that",
    "or rather",
    "make that",
    "correction",
)


@dataclass(frozen=True)
class Said:
    name: str
    start: int
    end: int


def kept(text: str) -> list[str]:
    said = [Said(m[0].lower(), m.start(), m.end()) for m in re.finditer("|".join(KINDS), text, re.IGNORECASE)]
    return [one.name for one in kept_of(text, said, lambda one: KINDS[one.name])]


@pytest.mark.parametrize("marker", MARKERS)
def test_the_value_before_a_correction_is_taken_back(marker: str) -> None:
    assert kept(f"core spend in May, {marker} April") == ["core", "april"]
    assert kept(f"core spend in May, {marker.upper()}, April") == ["core", "april"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("core in May, actually April", ["core", "april"]),
        ("core in May, no, April", ["core", "april"]),
        ("core and growth, sorry, data in May", ["core", "data", "may"]),
        ("core in May, sorry growth in April", ["growth", "april"]),
        ("core, sorry data, no wait growth", ["growth"]),
    ],
)
def test_only_the_last_of_a_kind_before_the_correction_goes(text: str, meant: list[str]) -> None:
    assert kept(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "sorry, what did core spend in May",
        "core spend in May, sorry",
        "core spend, sorry, in May",
        "compare core and growth in May and April",
        "did core actually spend more in May than in April",
        "is there no growth in core between May and April",
        "core has no data for May",
    ],
)
def test_nothing_goes_where_no_value_of_the_kind_follows_or_nothing_is_corrected(text: str) -> None:
    assert kept(text) == [name.lower() for name in re.findall("|".join(KINDS), text, re.IGNORECASE)]


@given(st.lists(st.sampled_from(sorted(KINDS)), max_size=6))
@settings(max_examples=50, deadline=None)
def test_without_a_correction_every_value_is_kept(said: list[str]) -> None:
    assert kept(" and ".join(said)) == said


@given(st.lists(st.sampled_from(["core", "growth", "data"]), min_size=1, max_size=6), st.sampled_from(MARKERS))
@settings(max_examples=50, deadline=None)
def test_of_values_corrected_one_after_another_the_last_is_meant(said: list[str], marker: str) -> None:
    assert kept(f", {marker} ".join(said)) == said[-1:]


@given(st.lists(st.sampled_from([*KINDS, *MARKERS]), max_size=9))
@settings(max_examples=80, deadline=None)
def test_what_is_kept_is_in_order_and_holds_the_last_of_each_kind(words: list[str]) -> None:
    said = [word for word in words if word in KINDS]
    left = kept(", ".join(words))
    remaining = iter(said)
    assert all(word in remaining for word in left)
    for kind in set(KINDS.values()):
        assert [w for w in left if KINDS[w] == kind][-1:] == [w for w in said if KINDS[w] == kind][-1:]
