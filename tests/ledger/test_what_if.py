"""Our own tokens priced again; expected costs are tokens times a price list written out here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import Fill
from tests.ledger.focus import Row, charge
from tools.errors import BadInput, Denied, NeedsChoice, Unknown
from tools.ledger.audience import EVERYTHING, Audience
from tools.ledger.scope import Scope
from tools.ledger.tokens.moved import by_rates_paid, saving_first
from tools.ledger.tokens.reprice import Mix
from tools.ledger.tokens.tokens import kind_of, tokens_in
from tools.ledger.tokens.what_if import what_if
from tools.period import Period
from tools.prices.catalogue import ModelRef, load_catalogue
from tools.results import Result

TODAY = date(2026, 11, 20)
OCTOBER = Scope(Period.month(2026, 10))
CATALOGUE = load_catalogue()
HAIKU = ModelRef("anthropic", "claude-haiku-4-5")
# USD per million tokens: OpenAI's and Anthropic's pricing pages, as genai-prices 0.2.3 keeps them, read 2026-11-01.
GPT_4O = {"input": Decimal("2.50"), "cached": Decimal("1.25"), "output": Decimal("10"), "batch output": Decimal("5")}
ON_HAIKU = {"input": Decimal("1"), "cached": Decimal("0.10"), "output": Decimal("5")}


def tokens(kind: str, count: str, cost: str, unit: str = "tokens", model: str = "gpt-4o", **others: str) -> Row:
    meter = f"{model} {kind} tokens".replace("  ", " ")
    row = charge("2026-10-05", cost, provider="OpenAI", service="OpenAI API", **others)  # type: ignore[arg-type]
    return row | {"SkuMeter": meter, "ConsumedQuantity": count, "ConsumedUnit": unit, "x_Model": model}


ROWS = (
    tokens("input", "6000000", "14", team="support"),
    tokens("cached input", "4000000", "4.50", team="support"),
    tokens("output", "1000000", "9", team="support"),
    charge("2026-10-01", "-2", provider="OpenAI", category="Credit", team="support"),
)


def figures(result: Result) -> dict[str, Decimal]:
    return {figure.label: figure.value for figure in result.figures}


def test_the_real_mix_is_priced_on_another_model(fill: Fill) -> None:
    result = what_if(fill(*ROWS), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU)
    there = 6 * ON_HAIKU["input"] + 4 * ON_HAIKU["cached"] + 1 * ON_HAIKU["output"]
    now = Decimal("14") + Decimal("4.50") + Decimal("9")
    found = figures(result)
    assert result.figures[0].value == there
    assert found["Effective cost of the same tokens now"] == now
    assert found["Difference"] == there - now
    assert found["The same tokens at list price today, as they are"] == (
        6 * GPT_4O["input"] + 4 * GPT_4O["cached"] + 1 * GPT_4O["output"]
    )
    assert found["Low end of the range"] == there * Decimal("0.85")
    assert found["High end of the range"] == there * Decimal("1.15")


def test_a_change_of_the_cached_share_keeps_the_input_as_a_whole(fill: Fill) -> None:
    result = what_if(fill(*ROWS), OCTOBER, EVERYTHING, TODAY, CATALOGUE, cached_share=Decimal("0.9"))
    assert result.figures[0].value == 1 * GPT_4O["input"] + 9 * GPT_4O["cached"] + 1 * GPT_4O["output"]
    assert "Low end of the range" not in figures(result)


def test_output_as_a_batch_costs_the_batch_price(fill: Fill) -> None:
    result = what_if(fill(ROWS[2]), OCTOBER, EVERYTHING, TODAY, CATALOGUE, batch=True)
    assert result.figures[0].value == GPT_4O["batch output"]


def test_rows_without_tokens_are_left_out_and_said_with_their_amount(fill: Fill) -> None:
    result = what_if(fill(*ROWS), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU)
    assert any("-$2.00" in warning for warning in result.warnings)


def test_quantities_in_thousands_and_millions_are_read(fill: Fill) -> None:
    rows = (tokens("input", "6000", "1", unit="1K tokens"), tokens("output", "2.5", "1", unit="1M tokens"))
    found = figures(what_if(fill(*rows), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU))
    assert found["Input tokens billed"] == 6_000_000
    assert found["Output tokens billed"] == 2_500_000


def test_a_mix_that_is_not_known_gives_a_range_from_all_input_to_all_output(fill: Fill) -> None:
    row = tokens("", "1000000", "3")
    result = what_if(fill(row), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU)
    low, high = ON_HAIKU["input"] * Decimal("0.85"), ON_HAIKU["output"] * Decimal("1.15")
    assert [figure.value for figure in result.figures[:2]] == [low, high]
    assert result.summary.startswith("Between $0.85 and $5.75 on Claude Haiku 4.5")


def test_a_part_that_is_not_said_is_split_as_the_rest_and_widens_the_range(fill: Fill) -> None:
    rows = (tokens("input", "3000000", "3"), tokens("output", "1000000", "3"), tokens("", "4000000", "3"))
    result = what_if(fill(*rows), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU)
    assert result.figures[0].value == (3 + 3) * ON_HAIKU["input"] + (1 + 1) * ON_HAIKU["output"]
    assert figures(result)["Low end of the range"] == (7 * ON_HAIKU["input"] + ON_HAIKU["output"]) * Decimal("0.85")


def test_the_same_model_elsewhere_needs_no_allowance_for_its_tokenizer(fill: Fill) -> None:
    rows = (tokens("input", "1000000", "1", model="claude-haiku-4-5"),)
    result = what_if(fill(*rows), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU)
    assert "Low end of the range" not in figures(result)


def test_nothing_to_change_asks_back(fill: Fill) -> None:
    with pytest.raises(NeedsChoice):
        what_if(fill(*ROWS), OCTOBER, EVERYTHING, TODAY, CATALOGUE)


@pytest.mark.parametrize("share", ["-0.1", "1.1"])
def test_a_share_beyond_the_whole_is_refused(fill: Fill, share: str) -> None:
    with pytest.raises(BadInput, match="between 0% and 100%"):
        what_if(fill(*ROWS), OCTOBER, EVERYTHING, TODAY, CATALOGUE, cached_share=Decimal(share))


def test_spend_without_any_token_quantity_is_unknown(fill: Fill) -> None:
    with pytest.raises(Unknown, match="how many tokens"):
        what_if(fill(charge("2026-10-05", "9")), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU)


def test_a_model_of_our_own_has_no_list_price_and_is_unknown(fill: Fill) -> None:
    rows = (tokens("input", "1000", "9", model="our-own-7"),)
    with pytest.raises(Unknown, match="our-own-7"):
        what_if(fill(*rows), OCTOBER, EVERYTHING, TODAY, CATALOGUE, batch=True)


def test_euro_costs_are_not_set_against_dollar_prices(fill: Fill) -> None:
    rows = (tokens("input", "1000000", "9", currency="EUR"),)
    result = what_if(fill(*rows), OCTOBER, EVERYTHING, TODAY, CATALOGUE, to_model=HAIKU)
    assert result.figures[0].value == ON_HAIKU["input"]
    assert "Difference" not in figures(result)


def test_another_teams_tokens_are_not_counted(fill: Fill) -> None:
    rows = (*ROWS, tokens("input", "99000000", "9", team="atlas"))
    found = figures(what_if(fill(*rows), OCTOBER, Audience.of("support"), TODAY, CATALOGUE, to_model=HAIKU))
    assert found["Input tokens billed"] == 10_000_000
    scope = Scope(OCTOBER.period, (("team", ("atlas",)),))
    with pytest.raises(Denied):
        what_if(fill(*rows), scope, Audience.of("support"), TODAY, CATALOGUE, to_model=HAIKU)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("gpt-4o input tokens", "input"),
        ("gpt-4o cached input tokens", "cached_input"),
        ("gpt 4o 0806 cchd Inp glbl Tokens", "cached_input"),
        ("gpt 4o 0806 Outp regnl Tokens", "output"),
        ("USE1-Claude3Sonnet-output-tokens", "output"),
        ("claude-sonnet-4-5-cache-read-input-token-count", "cached_input"),
        ("Claude Sonnet 4.5 Cache Write Tokens", "cache_write"),
        ("input_cache_write_1h", "cache_write_1h"),
        ("gpt-6-astra, input_tokens", "input"),
        ("Gemini 2.5 Flash Text Output - Predictions", "output"),
        ("gpt-4o-audio-preview audio input tokens", "other"),
        ("Context cache storage", "other"),
        ("gpt-4o", "unsaid"),
    ],
)
def test_the_kind_of_token_is_read_from_the_names_that_bills_use(name: str, kind: str) -> None:
    assert kind_of((name,)) == kind


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("tokens", 1),
        ("Tokens", 1),
        ("1K tokens", 1000),
        ("1,000 tokens", 1000),
        ("1M", 10**6),
        ("million tokens", 10**6),
    ],
)
def test_a_unit_of_tokens_is_read_with_its_scale(unit: str, scale: int) -> None:
    assert tokens_in(unit, about_tokens=True) == scale


@pytest.mark.parametrize("unit", ["Hours", "", None, "GB", "Requests", "1K"])
def test_any_other_unit_counts_no_tokens(unit: str | None) -> None:
    assert tokens_in(unit, about_tokens=False) is None


count = st.integers(0, 10**9)


@given(count, count, count, count, count, st.decimals(0, 1, places=4), st.decimals(0, 1, places=4))
@settings(max_examples=60, deadline=None)
def test_a_changed_mix_keeps_every_token(
    plain: int, cached: int, written: int, output: int, unsaid: int, share: Decimal, part: Decimal
) -> None:
    kinds = {"input": plain, "cached_input": cached, "cache_write": written, "output": output, "unsaid": unsaid}
    mix = Mix("OpenAI", "gpt-4o", kinds, 0, ())  # type: ignore[arg-type]
    usage = mix.usage(part, False, share)
    assert usage.input_tokens + usage.output_tokens == plain + cached + written + output + unsaid
    assert abs(usage.cached_input_tokens - usage.input_tokens * share) <= 1


def test_what_is_saved_is_told_at_the_rates_paid_where_they_are_not_the_list_prices(fill: Fill) -> None:
    tenth_off = tokens("output", "1000000", "9", team="support")
    result = what_if(fill(tenth_off), OCTOBER, EVERYTHING, TODAY, CATALOGUE, batch=True)
    found = figures(result)
    assert result.figures[0].value == GPT_4O["batch output"]
    assert found["Cost so at the rates paid, all spend, October 2026"] == Decimal("0.9") * GPT_4O["batch output"]
    saved = saving_first(by_rates_paid(result))
    assert saved.figures[0].value == Decimal("9") - Decimal("4.5")
