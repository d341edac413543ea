from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.slots.groupings import DIMENSIONS, groupings
from bot.agent.slots.ranks import top_n


@pytest.mark.parametrize(
    ("text", "dimensions"),
    [
        ("spend by team", ["team"]),
        ("cost per model", ["model"]),
        ("for each provider", ["provider"]),
        ("broken down by team and model", ["team", "model"]),
        ("break it down by sku", ["sku"]),
        ("by provider, model and region per month", ["provider", "model", "region", "month"]),
        ("which team spent most", ["team"]),
        ("what teams do we have", ["team"]),
        ("top 5 models", ["model"]),
        ("five biggest vendors", ["provider"]),
        ("split by service", ["service"]),
        ("group it by project", ["sub_account"]),
        ("by AWS account", []),
        ("daily spend", ["day"]),
        ("each month", ["month"]),
        ("by tag env", ["tag:env"]),
        ("by the env tag", ["tag:env"]),
        ("by cost centre", ["tag:cost centre"]),
        ("teams by spend", ["team"]),
        ("spend by 10 March", []),
        ("what did the search team spend", []),
        ("every 3 months", []),
    ],
)
def test_what_to_break_down_by(text: str, dimensions: list[str]) -> None:
    assert [group.dimension for group in groupings(text)] == dimensions


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("top 5 models", 5),
        ("top three services", 3),
        ("five biggest providers", 5),
        ("the largest model", 1),
        ("which team spent most", 1),
        ("who spent the most", 1),
        ("top 10% of teams", None),
        ("spend by team", None),
        ("first 5 days", None),
    ],
)
def test_how_many_of_the_largest(text: str, count: int | None) -> None:
    assert top_n(text) == count


@given(
    st.lists(
        st.sampled_from([*DIMENSIONS, "by", "per", "and", "top", "9999", "which", "most", ",", "tag", "each", "x"])
    )
)
def test_dimensions_come_once_in_order_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    found = groupings(text)
    assert len({group.dimension for group in found}) == len(found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    top_n(text)


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text: str) -> None:
    groupings(text)
    top_n(text)
