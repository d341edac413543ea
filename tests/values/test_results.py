"""A result refuses what is no exact figure, and a reply's JSON has the keys and the exact decimals of the contract."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reply import Reply, Source, Step
from tools.money import Money
from tools.results import Chart, Figure, Series, Table, listed

CONTRACT = {
    *("status", "question", "text", "figures", "tables", "charts", "sources", "assumptions", "warnings", "steps"),
    *("data_through", "model", "cost_usd", "seconds"),
}
EXACT = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")
FINITE = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)

FULL = Reply(
    status="answered",
    question="What did we spend?",
    text="**$12.50** in October 2026.",
    figures=(Figure("Spend", Decimal("12.50"), "USD", date(2026, 10, 31)), Figure("Share", Decimal("1E+2"), "%")),
    tables=(Table("By team", ("Team", "Spend (USD)", "Rows", "Day"), (("atlas", Decimal("0E-9"), 3, date(2026, 10, 1)),
                                                                      (None, None, 0, None))),),
    charts=(Chart("line", "Spend", "USD", ("1", "2"), (Series("atlas", (Decimal("1.10"), None)),)),),
    sources=(Source("A title", "A paper", "https://example.org/a", date(2026, 11, 2), "quoted"),
             Source("Undated", "A paper", "https://example.org/b", None, "quoted")),
    assumptions=("a",),
    warnings=("w",),
    steps=(Step("spend_total", {"period": "2026-10"}, 0.012345678),),
    data_through=date(2026, 10, 31),
    cost_usd=Decimal("0.00010"),
    seconds=0.23456,
)  # fmt: skip


def sent(reply: Reply) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(reply.to_json()))
    return made


@pytest.mark.parametrize("value", [1, 1.0, "1", None, Decimal("NaN"), Decimal("Infinity"), True])
def test_a_figure_is_a_finite_decimal(value: object) -> None:
    with pytest.raises(TypeError, match="'Spend' needs a finite Decimal"):
        Figure("Spend", value, "USD")


def test_a_figure_of_money_is_in_its_currency() -> None:
    figure = Figure.of("Spend", Money(Decimal("3.10"), "EUR"), date(2026, 11, 1))
    assert figure == Figure("Spend", Decimal("3.10"), "EUR", date(2026, 11, 1))


@pytest.mark.parametrize("row", [(), ("atlas",), ("atlas", Decimal(1), 2)])
def test_a_row_has_a_cell_for_each_column(row: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="2-column table 'By team'"):
        Table("By team", ("Team", "Spend (USD)"), (("core", Decimal(1)), row))


def test_names_are_listed_as_people_say_them() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d"], most=2) == "a, b and 2 more"
    assert listed(list("abcdefgh")) == "a, b, c, d, e, f, g and h"


@pytest.mark.parametrize("reply", [FULL, Reply("unknown", "q", "I do not know."), Reply("denied", "q", "No.")])
def test_a_reply_has_the_keys_of_the_contract(reply: Reply) -> None:
    assert set(sent(reply)) == CONTRACT


def test_the_options_of_a_question_back_are_in_its_text() -> None:
    asked = Reply("clarify", "q", "Which one?", options=("atlas", "orion"))
    assert sent(asked)["text"] == "Which one?\n- atlas\n- orion"


def test_the_parts_of_a_reply_have_the_keys_of_the_contract() -> None:
    made = sent(FULL)
    assert [set(figure) for figure in made["figures"]] == [{"label", "value", "unit", "as_of"}] * 2
    assert [set(table) for table in made["tables"]] == [{"title", "columns", "rows"}]
    assert [set(source) for source in made["sources"]] == [{"title", "publisher", "url", "published_on", "quote"}] * 2
    assert [set(step) for step in made["steps"]] == [{"tool", "args", "seconds"}]


def test_the_headline_stays_first_and_decimals_are_exact_strings() -> None:
    made = sent(FULL)
    assert [(f["label"], f["value"], f["as_of"]) for f in made["figures"]] == [
        ("Spend", "12.5", "2026-10-31"),
        ("Share", "100", None),
    ]
    assert made["tables"][0]["rows"] == [["atlas", "0", 3, "2026-10-01"], [None, None, 0, None]]
    assert made["cost_usd"] == "0.0001"
    assert (made["data_through"], made["sources"][0]["published_on"]) == ("2026-10-31", "2026-11-02")


def test_what_is_unknown_is_null_and_never_zero() -> None:
    made = sent(FULL)
    assert made["charts"][0]["series"] == [{"name": "atlas", "values": ["1.1", None]}]
    assert made["sources"][1]["published_on"] is None
    assert sent(Reply("failed", "q", "t", cost_usd=None))["cost_usd"] is None
    assert sent(Reply("unknown", "q", "t"))["data_through"] is None


@given(st.lists(FINITE, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_every_value_is_the_same_number_as_an_exact_decimal_string(values: list[Decimal]) -> None:
    figures = tuple(Figure("f", value, "USD") for value in values)
    table = Table("t", ("v",), tuple((value,) for value in values))
    made = sent(Reply("answered", "q", "t", figures=figures, tables=(table,)))
    written = [figure["value"] for figure in made["figures"]]
    assert all(EXACT.fullmatch(text) for text in written)
    assert [Decimal(text) for text in written] == values
    assert [row[0] for row in made["tables"][0]["rows"]] == written
