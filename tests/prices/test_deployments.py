"""Where a model runs moves its price: Bedrock's ids and geographies, Azure's zones, Vertex AI, government clouds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tools.errors import Unknown
from tools.prices.catalogue import Catalogue
from tools.prices.names import find_model
from tools.prices.sheet import price_sheet

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "cost"),
    [
        # Claude Sonnet 4.5 on Bedrock: $3 on a global profile, 10% more within a geography
        ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "3"),
        ("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "3.3"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "3.3"),
        ("jp.anthropic.claude-sonnet-4-5-20250929-v1:0", "3.3"),
        ("anthropic.claude-sonnet-4-5-20250929-v1:0", "3.3"),
        ("claude sonnet 4.5 on bedrock eu", "3.3"),
        ("claude sonnet 4.5 on bedrock", "3"),
        # Claude 3.5 Sonnet has one price everywhere
        ("apac.anthropic.claude-3-5-sonnet-20241022-v2:0", "3"),
        # Nova Lite, $0.06
        ("eu.amazon.nova-lite-v1:0", "0.06"),
        ("amazon.nova-lite-v1:0", "0.06"),
    ],
)
def test_a_bedrock_id_is_priced_at_bedrock_and_in_its_geography(catalogue: Catalogue, name: str, cost: str) -> None:
    ref = find_model(name, catalogue)
    assert ref.provider == "aws"
    assert price_sheet(ref, DAY, catalogue).rates["input"].base == Decimal(cost)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gpt-4o on azure data zone", "data zone"),
        ("gpt-4o on azure regional", "no Regional prices of Azure"),
        ("gpt-4o on azure eu", "no Regional prices of Azure"),
        ("claude sonnet 4.5 on vertex regional", "no regional prices of Anthropic"),
        ("us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", "us-gov"),
        ("gpt-4o on azure government", "azure government"),
    ],
)
def test_a_deployment_without_prices_is_unknown_and_not_the_global_price(
    catalogue: Catalogue, name: str, says: str
) -> None:
    with pytest.raises(Unknown, match=says):
        find_model(name, catalogue)


def test_gemini_on_vertex_in_the_eu_has_its_one_price(catalogue: Catalogue) -> None:
    assert find_model("gemini 2.5 flash on vertex eu", catalogue).provider == "google"
