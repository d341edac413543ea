"""A large made-up bill: FOCUS 1.2 Parquet files, one a month, imported in the normal way or, much sooner, written
straight as the ledger's own files; a test holds the two to be the same rows.

    python -m tests.benchmarks.ledger_rows --rows 10000000 --home DIR --straight

Twelve teams and untagged rows, six providers, forty models, twenty-four months, hourly charges. Every amount is an
exact decimal drawn anew: tokens times a unit price, less a discount. The company, its prices and quantities are
invented; the same arguments give the same rows.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tools.ledger import columns as c
from tools.ledger.storing import store
from tools.ledger.storing.importing import import_files
from tools.ledger.storing.parts import BATCH, PartWriter
from tools.period import Period, months_after

FIRST_MONTH = date(2024, 11, 1)
MONTHS = 24
PLACES = 10
"""Amounts have up to ten digits after the point."""
TEAMS = (
    *("atlas", "billing", "data", "growth", "legal", "mobile"),
    *("orion", "platform", "research", "sales", "search", "support"),
)
PROVIDERS = {
    "OpenAI": ("OpenAI API", "gpt-4o gpt-4o-mini gpt-4.1 gpt-4.1-mini gpt-4.1-nano gpt-5 gpt-5-mini o3 o4-mini"),
    "Anthropic": ("Claude API", "claude-sonnet-4-5 claude-haiku-4-5 claude-opus-4-1 claude-3-5-haiku claude-sonnet-4"),
    "AWS": ("Amazon Bedrock", "nova-pro nova-lite nova-micro nova-premier llama-3.1-8b llama-3.3-70b titan-embed"),
    "Google Cloud": (
        "Vertex AI",
        "gemini-2.5-pro gemini-2.5-flash gemini-2.5-flash-lite gemini-2.0-flash gemma-3-27b imagen-4 veo-3",
    ),
    "Microsoft": ("Azure OpenAI Service", "gpt-3.5-turbo gpt-4-turbo o1 o1-mini phi-4 text-embedding-3-large"),
    "Mistral AI": (
        "La Plateforme",
        "mistral-large mistral-medium mistral-small codestral-2 ministral-8b pixtral-large",
    ),
}
MODELS = tuple((seller, model) for seller, (_, models) in PROVIDERS.items() for model in models.split())
METERS = ("input", "cached input", "output")
RESOURCES = 20_000
SEED = 20261031


def write_exports(folder: Path, rows: int) -> list[Path]:
    """`rows` charges as one Parquet file a month in `folder`, oldest first; later months have more of them."""
    import numpy
    import pyarrow.parquet as parquet

    folder.mkdir(parents=True, exist_ok=True)
    chance = numpy.random.default_rng(SEED)
    growth = [1 + month / MONTHS for month in range(MONTHS)]
    counts = [int(rows * share / sum(growth)) for share in growth]
    counts[-1] += rows - sum(counts)
    paths = []
    for number, count in enumerate(counts):
        start = months_after(FIRST_MONTH, number)
        path = folder / f"focus-{start:%Y-%m}.parquet"
        parquet.write_table(_month(start, count, chance), path, compression="zstd")
        paths.append(path)
    return paths


def fill(home: Path, rows: int) -> float:
    """Makes the exports and imports them into `home`; the seconds that the import took."""
    with tempfile.TemporaryDirectory(dir=home) as folder:
        paths = write_exports(Path(folder), rows)
        started = time.perf_counter()
        reports = import_files(home, paths)
        seconds = time.perf_counter() - started
    read = sum(report.rows for report in reports)
    if read != rows:
        raise ValueError(f"{read} of {rows} rows were read.")
    return seconds


def write_straight(home: Path, rows: int, group: int = BATCH) -> None:
    """What `fill` leaves, without reading the exports row by row; row groups hold `group` rows."""
    import duckdb
    import pyarrow.parquet as parquet

    manifest = store.Manifest()
    with store.changing(store.folder(home)) as staging, tempfile.TemporaryDirectory(dir=home) as folder:
        schema = PartWriter(staging, "made-up").schema
        for number, path in enumerate(write_exports(Path(folder), rows)):
            month = path.stem.removeprefix("focus-")
            part = f"{staging.name}/month={month}/made-up-{number}.parquet"
            (staging.parent / part).parent.mkdir()
            with duckdb.connect() as database:
                database.execute("SET TimeZone = 'UTC'")
                database.execute(f"CREATE TABLE rows AS SELECT {_stored(path)}")
                found = database.sql("SELECT * FROM rows").to_arrow_table().cast(schema)
                held = database.execute(
                    f"SELECT {c.X_PROVIDER}, {c.BILLING_ACCOUNT_ID}, {c.BILLING_PERIOD_START}::DATE, min({c.X_DAY}), "
                    f"max({c.X_DAY}), count(*) FROM rows GROUP BY ALL"
                ).fetchall()
            parquet.write_table(found, staging.parent / part, compression="zstd", row_group_size=group)
            slices = tuple(store.Slice(*row) for row in held)
            made = store.Source(part, path.name, part, "FOCUS 1.2 Parquet", found.num_rows, (part,), slices)
            manifest = manifest.with_source(made)
            path.unlink()
        store.commit(staging.parent, manifest)


def _stored(path: Path) -> str:
    """SQL of an export's rows as the ledger keeps them, without the SELECT."""
    team = "json_extract_string(Tags, '$.team')"
    ours = {
        c.X_PROVIDER: c.PROVIDER_NAME,
        c.X_TEAM: team,
        c.X_TEAM_KEY: team,
        c.X_MODEL: c.X_MODEL,
        c.X_AI: "true",
        c.X_DAY: f"{c.CHARGE_PERIOD_START}::DATE",
        c.X_THROUGH: f"{c.CHARGE_PERIOD_START}::DATE",
        c.X_TAGS: "Tags::JSON::MAP(VARCHAR, VARCHAR)",
        c.X_SOURCE: f"'{path.name}'",
        c.X_LINE: "row_number() OVER ()",
    }
    ours |= {name: f"{name}::DECIMAL(38, {c.SCALE})" for name in (*c.COSTS, c.CONSUMED_QUANTITY)}
    ours |= {name: f"{name}::TIMESTAMP" for name in c.INSTANTS}
    given = _schema_names(path)
    chosen = [f"{ours.get(name, name if name in given else 'NULL')} AS {name}" for name in c.STORED]
    return f"{', '.join(chosen)} FROM read_parquet('{path}')"


def _schema_names(path: Path) -> list[str]:
    import pyarrow.parquet as parquet

    return list(parquet.read_schema(path).names)


def _month(start: date, count: int, chance: Any) -> Any:
    import numpy
    import pyarrow as arrow

    period = Period.month(start.year, start.month)
    sold = chance.choice(len(MODELS), count, p=_skewed(len(MODELS)))
    team = chance.choice(len(TEAMS) + 1, count, p=_skewed(len(TEAMS) + 1))
    meter = chance.integers(0, len(METERS), count)
    hour = numpy.sort(chance.integers(0, period.days * 24, count))
    resource = chance.integers(0, RESOURCES, count)
    tokens = chance.lognormal(9, 2, count).astype("int64") + 1
    unit_price = (17 + 31 * sold) * numpy.array((100, 10, 400))[meter] // 10  # 1e-10 USD a token, by model and meter
    listed = tokens * unit_price
    effective = listed * chance.integers(70, 101, count) // 100
    billed = numpy.where(chance.random(count) < 0.02, 0, effective)
    sellers = list(PROVIDERS)
    seller = numpy.array([sellers.index(name) for name, _ in MODELS])[sold]
    begins = numpy.datetime64(start, "us") + hour.astype("timedelta64[h]")
    meters = [(model, name) for _, model in MODELS for name in METERS]
    tags = [json.dumps({"env": "production", "team": name}) for name in TEAMS]
    moment = arrow.timestamp("us", "UTC")

    def constant(value: Any, kind: Any) -> Any:
        return arrow.repeat(arrow.scalar(value, kind), count)

    def named(names: list[str], places: Any) -> Any:
        return arrow.array(names).take(arrow.array(places))

    columns = {
        c.BILLED_COST: _decimals(billed),
        c.EFFECTIVE_COST: _decimals(effective),
        c.LIST_COST: _decimals(listed),
        c.CONTRACTED_COST: _decimals(listed),
        c.BILLING_ACCOUNT_ID: named([f"account-{n}" for n in range(len(sellers))], seller),
        c.BILLING_CURRENCY: constant("USD", arrow.string()),
        c.BILLING_PERIOD_START: constant(datetime.combine(period.start, datetime.min.time()), moment),
        c.BILLING_PERIOD_END: constant(datetime.combine(period.end, datetime.min.time()), moment),
        c.CHARGE_PERIOD_START: arrow.array(begins, moment),
        c.CHARGE_PERIOD_END: arrow.array(begins + numpy.timedelta64(1, "h"), moment),
        c.CHARGE_CATEGORY: constant("Usage", arrow.string()),
        c.CHARGE_DESCRIPTION: named([f"{model} {name} tokens" for model, name in meters], sold * len(METERS) + meter),
        c.CONSUMED_QUANTITY: arrow.array(tokens).cast(arrow.decimal128(38, 0)),
        c.CONSUMED_UNIT: constant("tokens", arrow.string()),
        c.PROVIDER_NAME: named(sellers, seller),
        c.REGION_ID: named(["us-east-1", "us-west-2", "eu-west-1", "ap-south-1"], resource % 4),
        c.RESOURCE_ID: named([f"deployment-{n:05d}" for n in range(RESOURCES)], resource),
        c.SERVICE_CATEGORY: constant("AI and Machine Learning", arrow.string()),
        c.SERVICE_NAME: named([service for service, _ in PROVIDERS.values()], seller),
        c.SKU_ID: named([f"{model}-{name.replace(' ', '-')}" for model, name in meters], sold * len(METERS) + meter),
        c.SUB_ACCOUNT_ID: named([f"project-{n:03d}" for n in range(200)], resource % 200),
        c.TAGS: named(["{}", *tags], team),
        c.X_MODEL: named([model for _, model in MODELS], sold),
    }
    return arrow.table(columns)


def _decimals(units: Any) -> Any:
    """Whole numbers of 1e-10 as a DECIMAL(38, 10) column."""
    import numpy
    import pyarrow as arrow

    halves = numpy.empty((len(units), 2), "int64")
    halves[:, 0], halves[:, 1] = units, units >> 63
    return arrow.Array.from_buffers(arrow.decimal128(38, PLACES), len(units), [None, arrow.py_buffer(halves)])


def _skewed(count: int) -> Any:
    """Shares that fall like 1, 1/2, 1/3 ...: a few large, many small."""
    import numpy

    weights = 1 / numpy.arange(1, count + 1)
    return weights / weights.sum()


def main() -> None:
    parser = argparse.ArgumentParser(description="Fill a ledger with a large made-up bill of 24 months.")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--home", type=Path, required=True, help="an OUTLAY_HOME without a ledger")
    parser.add_argument("--straight", action="store_true", help="write the ledger's files without importing")
    given = parser.parse_args()
    if (store.folder(given.home) / store.MANIFEST).exists():
        parser.error(f"{given.home} has a ledger already.")
    given.home.mkdir(parents=True, exist_ok=True)
    if given.straight:
        write_straight(given.home, given.rows)
        print(f"{given.rows:,} rows written.")
    else:
        seconds = fill(given.home, given.rows)
        print(f"{given.rows:,} rows imported in {seconds:,.0f} s, {given.rows / seconds:,.0f} rows/s.")


if __name__ == "__main__":
    main()
