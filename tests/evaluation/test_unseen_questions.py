"""The second example ledger and its questions: what was put in comes back, and every line can be judged."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.evaluation.line import Line
from tests.evaluation.unseen_arithmetic import MONTHS, Charge, of, read_unseen, spent
from tests.evaluation.unseen_calculations import calculations
from tests.evaluation.unseen_ledger import CREDIT, PRICES, PURCHASE, REFUND, TAX, write_unseen_export
from tests.evaluation.unseen_questions import questions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("unseen")
    write_unseen_export(made)
    return made


@pytest.fixture(scope="module")
def charges(folder: Path) -> list[Charge]:
    return read_unseen(folder)


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[Line]:
    return [*questions(folder), *calculations()]


def test_no_row_lies_in_march_and_each_other_month_has_rows(charges: list[Charge]) -> None:
    assert not spent(charges, since="2026-03-01", before="2026-04-01")
    assert all(spent(charges, since=first, before=end) > 0 for first, end in MONTHS.values())


def test_charges_that_are_not_use_come_back_as_written(charges: list[Charge]) -> None:
    assert spent(charges, of(category="Tax")) == 7 * TAX
    assert spent(charges, of(category="Credit")) == 7 * CREDIT + REFUND
    bought = spent(charges, of(category="Purchase"), cost="billed")
    assert (bought, spent(charges, of(category="Purchase"))) == (PURCHASE, Decimal(0))


def test_every_model_is_read_from_its_row_wherever_it_is_named(charges: list[Charge]) -> None:
    assert {c.model for c in charges} == {"", *PRICES}
    assert all(c.model for c in charges if c.tokens)


def test_the_same_export_is_written_every_time(folder: Path, tmp_path: Path) -> None:
    for path in write_unseen_export(tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_every_line_has_an_id_of_its_own_and_figures_that_can_be_compared(lines: list[Line]) -> None:
    assert max(Counter(line["id"] for line in lines).values()) == 1
    assert len(lines) >= 125
    for line in lines:
        assert bool(line["figures"]) == (line["status"] == "answered"), line
        for figure in line["figures"]:
            assert Decimal(figure["value"]) != 0, line
            assert Decimal(figure["tolerance"]) > 0, line
            assert figure["unit"], line
