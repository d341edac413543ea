"""Each calculator's median time; where the headline is one formula, beside the bare formula in pandas and DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from typing import Any

from tests.benchmarks.timing import Work, compared
from tools.calculators.architectures import find_architecture
from tools.calculators.arithmetic import calculate
from tools.calculators.blended import blended_rate
from tools.calculators.break_even import break_even
from tools.calculators.chip_time import chip_time_cost
from tools.calculators.commitment import commitment_worth
from tools.calculators.compounding import compound
from tools.calculators.depreciation import depreciation
from tools.calculators.energy import energy_cost
from tools.calculators.fine_tuning import fine_tuning_cost
from tools.calculators.inputs import ChipSpec, Price
from tools.calculators.knapsack import Project, choose_projects
from tools.calculators.projects import project_value, roi
from tools.calculators.rent_or_buy import rent_or_buy
from tools.calculators.scenario import bill_after_change
from tools.calculators.self_host import self_host_or_api
from tools.calculators.sensitivity import sensitivity
from tools.calculators.serving import serving_cost
from tools.calculators.training import training_cost
from tools.money import Money

H100 = ChipSpec("H100", D(80), D("3.35e12"), D("989.4e12"), D("1978.9e12"), D(700), "NVIDIA H100 data sheet")
HOUR, BOUGHT, KWH = (Price(Money(amount), "made up", date(2026, 11, 1)) for amount in ("2.50", "30000", "0.10"))
MODEL_TOKENS = D("70e9"), D("15e12")
FLOWS = [Money("-1000"), *[Money("500")] * 3]
PROJECTS = [Project(f"project {n}", Money(40 + 7 * n % 90), D(50 + 13 * n % 110)) for n in range(20)]


def measured(runs: int) -> Iterator[str]:
    import duckdb

    yield "Calculators, whole result with table, chart and assumptions; beside the bare formula where there is one"
    cases = _cases()
    with duckdb.connect() as database:
        plain = _plain(database)
        for name, work in cases.items():
            others = plain.get(name, {})
            headline = work().figures[0].value
            for other, formula in others.items():
                if abs(D(str(formula())) / headline - 1) > D("1e-9"):
                    raise AssertionError(f"{name}: {other} gives {formula()}, the calculator {headline}")
            yield compared(name, work, others, runs)


def _cases() -> dict[str, Any]:
    parameters, tokens = MODEL_TOKENS
    llama = find_architecture("Llama 3 8B")
    training: dict[str, Any] = {"parameters": parameters, "tokens": tokens, "chip": H100, "price_per_chip_hour": HOUR}
    training["mfu"] = D("0.4")
    return {
        "training": lambda: training_cost(**training),
        "fine-tuning": lambda: fine_tuning_cost(D("8e9"), D("1e9"), H100, HOUR),
        "serving": lambda: serving_cost(llama, H100, HOUR, D("50e6")),
        "self-host or API": lambda: self_host_or_api(llama, H100, HOUR, HOUR, HOUR, D("50e6")),
        "rent or buy": lambda: rent_or_buy(H100, 64, 36, HOUR, BOUGHT, electricity=KWH),
        "commitment": lambda: commitment_worth(D("0.55"), discount=D("0.3"), on_demand=HOUR),
        "NPV, IRR, payback": lambda: project_value(FLOWS, D("0.10")),
        "ROI": lambda: roi(Money("120000"), Money("200000")),
        "20 projects under a budget": lambda: choose_projects(PROJECTS, Money("300")),
        "energy and CO2": lambda: energy_cost(D(8760), kilowatts=D(100), pue=D("1.2"), price_per_kwh=KWH),
        "price scenario, 12 months": lambda: bill_after_change(
            Money("100000"), D("-0.1"), monthly_volume_growth=D("0.05"), months=12
        ),
        "break-even": lambda: break_even(Money("30000"), Money("2.50"), Money("0.40")),
        "chip hours": lambda: chip_time_cost(HOUR, D(720), chips=D(64)),
        "depreciation": lambda: depreciation(Money("300000"), D(5), method="declining balance"),
        "blended rate": lambda: blended_rate(D("0.7"), D("0.4"), on_demand=HOUR),
        "growth": lambda: compound(D("50000"), D("0.08"), D(12), every="month", over="month"),
        "expression": lambda: calculate("1234.5 * 12 * (1 - 0.15)"),
        "sensitivity of training, 3 inputs": lambda: sensitivity(
            training_cost,
            training,
            {"mfu": (D("0.3"), D("0.5")), "tokens": (D("10e12"), D("20e12")), "parameters": (D("60e9"), D("80e9"))},
        ),
    }


def _plain(database: Any) -> dict[str, dict[str, Work]]:
    import pandas

    parameters, tokens = MODEL_TOKENS
    training = pandas.DataFrame({"n": [float(parameters)], "d": [float(tokens)], "flops": [989.4e12], "mfu": [0.4]})
    flows = pandas.Series([float(flow.amount) for flow in FLOWS])
    hours = pandas.DataFrame({"chips": [64.0], "hours": [720.0], "price": [2.5]})

    def sql(statement: str) -> Work:
        return lambda: database.execute(statement).fetchone()[0]

    return {
        "training": {
            "pandas": lambda: training.eval("6 * n * d / (flops * mfu) / 3600 * 2.5").iloc[0],
            "DuckDB SQL": sql("SELECT 6 * 70e9 * 15e12 / (989.4e12 * 0.4::DOUBLE) / 3600 * 2.5::DOUBLE"),
        },
        "NPV, IRR, payback": {
            "pandas": lambda: (flows / 1.1**flows.index).sum(),
            "DuckDB SQL": sql(
                "SELECT sum(flow / 1.1::DOUBLE ** year) FROM (VALUES (0, -1000), (1, 500), (2, 500), (3, 500)) "
                "flows(year, flow)"
            ),
        },
        "chip hours": {
            "pandas": lambda: hours.prod(axis=1).iloc[0],
            "DuckDB SQL": sql("SELECT 64 * 720 * 2.5::DOUBLE"),
        },
    }
