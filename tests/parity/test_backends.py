"""The ledger's questions give the same decimals on PostgreSQL and on PySpark as on DuckDB.

The ledger writes its queries as ibis expressions bound to no database; here they are compiled for each of the three and
run on the same rows. What is compared is what a person would be shown: whole results, every figure to the last digit.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Context, Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.ledger.focus import charge, write
from tests.parity import postgres
from tests.parity.elsewhere import Elsewhere, on_postgres, on_spark
from tools.ledger import columns as c
from tools.ledger.audience import Audience
from tools.ledger.dimensions import DIMENSIONS, TAG
from tools.ledger.found.untagged import untagged_share
from tools.ledger.known import data_span, known_values, model_snapshots, tag_keys
from tools.ledger.ledger import Ledger, charges
from tools.ledger.over_time.anomalies import anomalies
from tools.ledger.over_time.change import spend_change
from tools.ledger.over_time.series import spend_series
from tools.ledger.query import sums, view
from tools.ledger.scope import COST_COLUMNS, Cost, Scope
from tools.ledger.spend import spend_by, spend_total
from tools.ledger.storing.importing import import_files
from tools.period import Period

TODAY = date(2026, 11, 23)
OCTOBER = Period.month(2026, 10)
EVERYONE = Audience()
MODELS = (("AWS", "nova-pro"), ("OpenAI", "gpt-4o-2024-08-06"), ("OpenAI", "gpt-4o"), ("Anthropic", "claude-haiku-4-5"))
ROWS = 600
WIDE = Context(prec=60)


def _bill(chance: Random) -> Iterator[dict[str, str]]:
    """Charges of 80 days with amounts of up to 22 decimals, credits, several currencies, gaps and odd spellings."""
    for number in range(ROWS):
        provider, model = chance.choice(MODELS)
        places = chance.choice((2, 6, 12, 22))
        amount = Decimal(chance.randrange(-(10**8), 10**10)).scaleb(-min(places, 8)) + Decimal(
            chance.randrange(10**6)
        ).scaleb(-places)
        team = chance.choice(("Orion", "orion", "search", "Größe", None))
        row = charge(
            date(2026, 9, 1) + timedelta(chance.randrange(80)),
            format(amount, "f"),
            provider=provider,
            service=chance.choice(("Amazon Bedrock", "OpenAI API", 'it\'s "quoted"')),
            currency=chance.choice(("USD", "USD", "USD", "EUR")),
            category=chance.choice(("Usage", "Usage", "usage", "Credit", "Tax")),
            service_category=chance.choice(("AI and Machine Learning", "Storage")),
            x_Model=chance.choice((model, "")),
            RegionId=chance.choice(("us-east-1", "")),
            SubAccountId=chance.choice(("p-1", "p-2", "")),
            SkuId=f"sku-{number % 7}",
            Tags=json.dumps({"team": team, "Cost_Center": chance.choice(("C 1", "c 1", None))}),
        )
        yield row | ({"ListCost": ""} if number % 11 == 0 else {})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parity")
    import_files(folder / "home", [write(folder / "bill.csv", _bill(Random(7)))])
    return folder / "home"


@pytest.fixture(scope="module")
def here(home: Path) -> Ledger:
    return Ledger(home)


@pytest.fixture(scope="module", params=["postgres", "spark"])
def elsewhere(
    request: pytest.FixtureRequest, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Elsewhere]:
    if request.param == "spark":
        yield from _spark(home, tmp_path_factory.mktemp("warehouse"))
    else:
        yield from _postgres(home)


def _postgres(home: Path) -> Iterator[Elsewhere]:
    if not importlib.util.find_spec("psycopg"):
        pytest.skip("psycopg is not installed")
    try:
        with postgres.server() as socket:
            ledger = on_postgres(home, socket, postgres.SUPERUSER)
            yield ledger
            ledger.backend.disconnect()
    except postgres.Absent as reason:
        pytest.skip(f"{reason}")


def _spark(home: Path, warehouse: Path) -> Iterator[Elsewhere]:
    if not importlib.util.find_spec("pyspark"):
        pytest.skip("pyspark is not installed")
    if not shutil.which("java"):
        pytest.skip("PySpark needs Java, which is not on the path")
    ledger = on_spark(home, warehouse)
    yield ledger
    ledger.backend.disconnect()


TAG_QUESTION = "a split by tag"
QUESTIONS: dict[str, Callable[[Ledger], Any]] = {
    "the total of a month": lambda at: spend_total(at, Scope(OCTOBER), EVERYONE, TODAY),
    "the total of billed cost, AI only": lambda at: spend_total(
        at, Scope(OCTOBER, cost="billed", ai_only=True), EVERYONE, TODAY
    ),
    "list cost, which some rows do not state": lambda at: spend_by(
        at, Scope(cost="list"), EVERYONE, TODAY, ("service",)
    ),
    "month by team by model": lambda at: spend_by(at, Scope(), EVERYONE, TODAY, ("month", "team", "model")),
    "the two largest models": lambda at: spend_by(at, Scope(OCTOBER), EVERYONE, TODAY, ("model",), 2),
    "weeks by provider": lambda at: spend_series(at, Scope(), EVERYONE, TODAY, "week", "provider"),
    "days of one provider": lambda at: spend_series(
        at, Scope(OCTOBER, (("provider", ("openai",)),)), EVERYONE, TODAY, "day"
    ),
    "a change and what drove it": lambda at: spend_change(at, Scope(OCTOBER), EVERYONE, TODAY),
    TAG_QUESTION: lambda at: spend_by(at, Scope(), EVERYONE, TODAY, ("tag:cost_center",)),
    "columns that stand in for each other": lambda at: spend_by(
        at, Scope(OCTOBER), EVERYONE, TODAY, ("sub_account", "region")
    ),
    "what one team may see, in any case": lambda at: spend_by(
        at, Scope(OCTOBER), Audience.of("ORION"), TODAY, ("model",)
    ),
    "one dated model among its kind": lambda at: spend_total(
        at, Scope(OCTOBER, (("model", ("gpt-4o-2024-08-06",)),)), EVERYONE, TODAY
    ),
    "one SKU, looked up in the data": lambda at: spend_total(at, Scope(where=(("sku", ("SKU-3",)),)), EVERYONE, TODAY),
    "what is untagged": lambda at: untagged_share(at, Scope(OCTOBER), EVERYONE, TODAY),
    "days that stand out": lambda at: anomalies(at, EVERYONE, TODAY, Period.last_days(7, TODAY)),
}


NO_TAGS = "ibis 12 looks a tag up in PostgreSQL as JSONB_CONTAINS(tags, 'key'), which the server refuses"
UNTAGGED = [
    name for name, one in DIMENSIONS.items() if not any(place.startswith(TAG) for place in (*one.keys, *one.labels))
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_alike_everywhere(
    request: pytest.FixtureRequest, here: Ledger, elsewhere: Elsewhere, question: str
) -> None:
    if question == TAG_QUESTION and elsewhere.backend.name == "postgres":
        request.applymarker(pytest.mark.xfail(reason=NO_TAGS, strict=True))
    asked = elsewhere.asked
    assert QUESTIONS[question](elsewhere) == QUESTIONS[question](here)
    assert elsewhere.asked > asked


@pytest.mark.parametrize(("cost", "column"), COST_COLUMNS.items())
def test_sums_are_those_of_the_rows_added_one_by_one(
    here: Ledger, elsewhere: Elsewhere, cost: Cost, column: str
) -> None:
    added: dict[str, Decimal] = {}
    table = charges()
    for code, amount in here.rows(table.select(c.BILLING_CURRENCY, column)):
        added[code] = WIDE.add(added.get(code, Decimal(0)), amount or Decimal(0))
    found = sums(elsewhere, view(elsewhere, Scope(cost=cost), EVERYONE))
    assert {group.amount.currency: group.amount.amount for group in found} == added


def test_the_names_and_days_that_the_ledger_knows_are_the_same(here: Ledger, elsewhere: Elsewhere) -> None:
    assert data_span(elsewhere) == data_span(here)
    assert tag_keys(elsewhere, EVERYONE) == tag_keys(here, EVERYONE) == ("cost_center", "team")
    assert model_snapshots(elsewhere, EVERYONE) == model_snapshots(here, EVERYONE)
    for dimension in DIMENSIONS if elsewhere.backend.name != "postgres" else UNTAGGED:
        assert sorted(known_values(elsewhere, EVERYONE, dimension)) == sorted(known_values(here, EVERYONE, dimension))
