"""What a budget buys, and prices that are not by the token; expected values from list prices written out here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from tools.errors import BadInput, Unknown
from tools.money import Money
from tools.prices.affordable import requests_for_budget, tokens_for_budget, tokens_of_a_mix
from tools.prices.by_unit import price_units
from tools.prices.catalogue import Catalogue
from tools.prices.compare import cheapest
from tools.prices.movement import price_movement
from tools.prices.names import find_model
from tools.prices.usage import Usage


def test_requests_of_a_size_are_counted_whole(catalogue: Catalogue, today: date) -> None:
    """gpt-4.1-mini: 2,000 at $0.40 and 400 at $1.60 a million are $0.00144; $100 buys 69,444 of them."""
    model = find_model("gpt-4.1-mini", catalogue)
    found = requests_for_budget(Money(D(100)), Usage(2000, 400), "calls", model, today, catalogue)
    assert [figure.value for figure in found.figures[:2]] == [69444, D("0.00144")]
    with pytest.raises(Unknown, match="buys none"):
        requests_for_budget(Money(D("0.001")), Usage(2000, 400), "calls", model, today, catalogue)


def test_a_mix_is_priced_by_its_two_sides(catalogue: Catalogue, today: date) -> None:
    """Claude Sonnet 4.5, four in for one out: (4 x 3 + 15) / 5 = $5.40 a million."""
    model = find_model("claude sonnet 4.5", catalogue)
    found = tokens_of_a_mix(Money(D(540)), Usage(4_000_000, 1_000_000), model, today, catalogue)
    assert [figure.value for figure in found.figures[:3]] == [100_000_000, 80_000_000, 20_000_000]


def test_a_batch_buys_twice_as_much(catalogue: Catalogue, today: date) -> None:
    model = find_model("gpt-4o", catalogue)
    once, batched = (
        tokens_for_budget(Money(D(10)), model, "output", today, catalogue, batch=batch) for batch in (False, True)
    )
    assert (once.figures[0].value, batched.figures[0].value) == (1_000_000, 2_000_000)
    assert "1,000,000 output tokens" in once.summary


def test_euros_buy_nothing_at_dollar_prices(catalogue: Catalogue, today: date) -> None:
    with pytest.raises(BadInput, match="USD"):
        tokens_for_budget(Money(D(10), "EUR"), find_model("gpt-4o", catalogue), "input", today, catalogue)


def test_audio_is_priced_by_the_hour_and_pages_by_the_thousand(catalogue: Catalogue, today: date) -> None:
    """OpenAI's whisper-1 is $0.006 a minute; Mistral's newest OCR $4 per 1,000 pages since 23 June 2026."""
    whisper, ocr = find_model("whisper-1", catalogue), find_model("mistral-ocr-latest", catalogue)
    assert price_units(whisper, "audio hours", D(500), today, catalogue).figures[0].value == D("0.006") * 60 * 500
    assert price_units(ocr, "pages", D(250), today, catalogue).figures[0].value == 1
    assert price_units(ocr, "pages", None, today, catalogue).figures[0].value == 4
    with pytest.raises(Unknown, match="not free"):
        price_units(whisper, "pages", D(1), today, catalogue)


def test_the_cheapest_of_all_but_one_maker_is_not_of_that_maker(catalogue: Catalogue, today: date) -> None:
    usage = Usage(3_000_000, 500_000)
    best = cheapest(usage, catalogue, today, min_context=900_000).figures[0].label
    maker = {"gpt": "openai", "Cla": "anthropic", "Gem": "google"}.get(best.removeprefix("Cost on ")[:3], "amazon")
    other = cheapest(usage, catalogue, today, min_context=900_000, without=(maker,)).figures[0].label
    assert other != best


def test_each_change_of_a_price_is_told_with_its_day(catalogue: Catalogue, today: date) -> None:
    """Mistral Large 4: $0.68 at first, $1.36 from 20 October 2026, $0.70 from the 29th on."""
    found = price_movement(find_model("mistral-large-4", catalogue), today, catalogue)
    assert found.table is not None
    assert [row[:2] for row in found.table.rows] == [
        ("before", D("0.68")), (date(2026, 10, 20), D("1.36")), (date(2026, 10, 29), D("0.7"))
    ]  # fmt: skip
    named = {figure.label: figure.value for figure in found.figures}
    assert named["Input price before the last change"] == D("1.36")
