"""Our own dated table over the library's data."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest

from tools.errors import BadInput
from tools.prices.catalogue import Catalogue, ModelRef
from tools.prices.corrections import read_corrections
from tools.prices.cost import bill
from tools.prices.usage import Usage

ROW = """
[[price]]
provider = "openai"
model = "gpt-4o"
component = "input"
value = "9.5"
unit = "USD per million tokens"
valid_from = 2026-01-01
source = "a price list"
observed_on = 2026-02-01
"""


def test_a_correction_counts_from_its_first_day_and_names_its_source() -> None:
    catalogue = Catalogue(read_corrections(tomllib.loads(ROW)))
    usage, ref = Usage(1_000_000, 0), ModelRef("openai", "gpt-4o")
    assert bill(usage, ref, date(2025, 12, 31), catalogue).total.amount == Decimal("2.5")
    later = bill(usage, ref, date(2026, 3, 1), catalogue)
    assert later.total.amount == Decimal("9.5")
    assert (later.sheet.source, later.sheet.as_of) == ("a price list", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('value = "9.5"', 'value = "0"'),
        ('value = "9.5"', 'value = "cheap"'),
        ('unit = "USD per million tokens"', 'unit = "EUR per token"'),
        ('source = "a price list"', ""),
    ],
)
def test_a_row_without_a_price_a_unit_or_a_source_is_refused(old: str, new: str) -> None:
    with pytest.raises(BadInput, match=r"corrections\.toml: price row 1"):
        read_corrections(tomllib.loads(ROW.replace(old, new)))


def test_a_status_that_means_nothing_is_refused() -> None:
    with pytest.raises(BadInput, match="line 2"):
        read_corrections({}, "provider,model,status,ends_on,source,observed_on\nopenai,gpt-4,asleep,,x,2026-01-01\n")


def test_every_row_of_the_packaged_tables_names_a_model_of_the_catalogue(catalogue: Catalogue) -> None:
    listed = {(entry.ref.provider, entry.ref.model) for entry in catalogue}
    rows = catalogue.corrections
    assert rows.prices
    assert rows.endings
    assert {(row.provider, row.model) for row in rows.prices} <= listed
    assert set(rows.endings) <= listed


def test_the_data_date_is_known_for_the_installed_library(catalogue: Catalogue) -> None:
    assert catalogue.version in catalogue.corrections.data_dates
