"""A name that nobody knows is noticed, so that it never silently becomes everybody."""

from __future__ import annotations

import pytest

from bot.agent.planner.left_over.unread import unread_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What did atlas spend in May?", "atlas"),
        ("zebra spend in May", "zebra"),
        ("Zebra's bill", "Zebra"),
        ("what has the zebra team paid", "zebra"),
        ("our spend for bluebird", "bluebird"),
        ("team kestrel last month", "kestrel"),
        ("how much did kestrel-ops cost", "kestrel-ops"),
    ],
)
def test_a_word_that_stands_as_a_team_does_is_an_unread_team(text: str, name: str) -> None:
    assert [(u.name, u.team) for u in unread_names(text, [])] == [(name, True)]


def test_a_vendor_nobody_knows_is_unread_and_no_team() -> None:
    assert [(u.name, u.team) for u in unread_names("What do we spend on Foocorp", [])] == [("Foocorp", False)]


@pytest.mark.parametrize(
    "text",
    [
        "how much did we spend last month",
        "spend with the provider in total",
        "our spend by team",
        "the whole team spend",
        "What was our bill?",
        "which team spent the most",
        "",
        "12 345 ?!",
    ],
)
def test_ordinary_words_name_nobody(text: str) -> None:
    assert unread_names(text, []) == []


def test_what_has_been_read_is_not_unread() -> None:
    text = "What did atlas spend on Foocorp?"
    assert [u.name for u in unread_names(text, [(9, 14)])] == ["Foocorp"]
    assert unread_names(text, [(0, len(text))]) == []


def test_each_unread_name_is_told_once_in_order_where_it_stands() -> None:
    text = "What did zebra spend on Foocorp for bluebird, and zebra's Foocorp bill?"
    found = unread_names(text, [])
    assert [u.name for u in found] == ["zebra", "Foocorp", "bluebird", "zebra", "Foocorp"]
    assert all(text[u.start : u.end] == u.name for u in found)
    assert len({(u.start, u.end) for u in found}) == len(found)
