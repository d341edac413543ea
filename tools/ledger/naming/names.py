"""What a large ledger is asked about, summed up beside its manifest: every name with the team that bears it, and every
day, so that no question reads ten million rows to learn which names there are.

    <home>/ledger/names.parquet

Each file of the ledger is summed up once, after the import that wrote it, and again when the allocation rules change;
what is missing, of an older ledger say, is made up for at the first question. The file is swapped by an atomic rename,
and a reader takes of it only what was made of the files that it reads. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.errors import BadInput
from tools.ledger import columns as c
from tools.ledger.dimensions import DIMENSIONS, LARGE, TAG, in_sql
from tools.ledger.storing import store
from tools.ledger.storing.allocation import Rule, load_allocation
from tools.ledger.storing.opening import VIEW, connected, quoted

FILE = "names.parquet"
TABLE = "names"
FROM_ROWS = 250_000
"""A ledger of up to this many rows is asked itself: it is in memory, and lists its names in milliseconds."""
MOST_OF_TAG = 2_000
MOST = 20_000
"""Of a dimension with more values in a portion, or of a tag with more than `MOST_OF_TAG`, the most frequent are kept,
and a row of kind `cut` says so. `LARGE` dimensions are looked up in the rows."""
AT_ONCE = 64_000_000
"""Bytes of the ledger's files that are summed up at a time."""
SHAPE = {
    "portion": "string",
    "kind": "string",
    "dimension": "string",
    "team": "string",
    "name": "string",
    "label": "string",
    "rows": "int64",
    "used": "boolean",
    "day": "date",
    "through": "date",
    "currency": "string",
}
"""`kind` is `value` (a name of a dimension, and how many rows of the team have it), `cut`, `snapshot` (a model and the
dated name it was billed under) or `days` (a provider's rows of a first and last day and a currency, usage or not)."""


def sum_up(home: Path) -> None:
    """Brings the file of a home's ledger up to date after an import. Rules that cannot be used are left to the next
    question to complain of: the import itself is done."""
    try:
        rules = load_allocation(home)
    except BadInput:
        return
    refresh(store.folder(home), store.read_manifest(store.folder(home)), rules)


def refresh(folder: Path, manifest: store.Manifest, rules: Sequence[Rule]) -> tuple[str, ...]:
    """Makes the file for this state of the ledger, or completes it, where the ledger is large enough to need it; the
    portions that it consists of, none where it is not needed or cannot be written."""
    if manifest.rows() <= FROM_ROWS:
        return ()
    wanted = _portions(folder, manifest, rules)
    known = _known(folder / FILE)
    if known == wanted.keys():
        return tuple(wanted)
    fresh = folder / f"{FILE}.{os.getpid()}"
    try:
        _written(folder, wanted, known, rules, fresh)
        fresh.replace(folder / FILE)
    except OSError:
        return ()
    finally:
        fresh.unlink(missing_ok=True)
    return tuple(wanted)


def put_into(database: Any, folder: Path, portions: Sequence[str]) -> bool:
    """Makes the table `names` of these portions; False, and no table, where the file does not hold all of them."""
    import duckdb

    if not portions:
        return False
    try:
        database.execute(
            f"CREATE TABLE {TABLE} AS SELECT * FROM read_parquet({quoted(folder / FILE)}) WHERE portion IN "
            "(SELECT unnest(?))",
            [list(portions)],
        )
    except duckdb.IOException:
        return False
    held = database.execute(f"SELECT count(DISTINCT portion) FROM {TABLE}").fetchone()
    if held == (len(set(portions)),):
        return True
    database.execute(f"DROP TABLE {TABLE}")
    return False


def _portions(folder: Path, manifest: store.Manifest, rules: Sequence[Rule]) -> dict[str, tuple[str, ...]]:
    """What is summed up together, by what it was made of: each file alone; all of them where a rule splits by spend,
    since a file's teams then depend on the others."""
    made = hashlib.sha256(repr((sorted(SHAPE), DIMENSIONS, sorted(LARGE), MOST, MOST_OF_TAG, tuple(rules))).encode())
    prefix = made.hexdigest()[:16]
    parts = manifest.parts()
    looks = {}
    for part in parts:
        seen = (folder / part).stat()
        looks[part] = f"{part} {seen.st_size} {seen.st_mtime_ns}"
    if any(rule.by_spend for rule in rules):
        whole = hashlib.sha256("\n".join(sorted(looks.values())).encode()).hexdigest()
        return {f"{prefix} {whole}": tuple(parts)}
    return {f"{prefix} {look}": (part,) for part, look in looks.items()}


def _known(path: Path) -> set[str]:
    """The portions that the file holds; none where there is no file, or one that cannot be read."""
    import duckdb

    if not path.exists():
        return set()
    try:
        with duckdb.connect() as database:
            found = database.execute(f"SELECT DISTINCT portion FROM read_parquet({quoted(path)})").fetchall()
            shape = database.execute(f"SELECT * FROM read_parquet({quoted(path)}) LIMIT 0").description
    except duckdb.Error:
        return set()
    return {row[0] for row in found} if [column[0] for column in shape] == list(SHAPE) else set()


def _written(
    folder: Path, wanted: Mapping[str, tuple[str, ...]], known: set[str], rules: Sequence[Rule], fresh: Path
) -> None:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    tables = []
    if kept := known & wanted.keys():
        tables.append(parquet.read_table(folder / FILE, filters=[("portion", "in", sorted(kept))]).cast(_schema()))
    missing = {portion: parts for portion, parts in wanted.items() if portion not in kept}
    for batch in _batches(folder, missing):
        tables.append(_summed(folder, batch, rules))
    parquet.write_table(arrow.concat_tables(tables), fresh, compression="zstd")


def _batches(folder: Path, missing: Mapping[str, tuple[str, ...]]) -> list[dict[str, tuple[str, ...]]]:
    batches: list[dict[str, tuple[str, ...]]] = []
    room = 0
    for portion, parts in missing.items():
        size = sum((folder / part).stat().st_size for part in parts)
        if not batches or size > room:
            batches.append({})
            room = AT_ONCE
        batches[-1][portion] = parts
        room -= size
    return batches


def _summed(folder: Path, batch: Mapping[str, tuple[str, ...]], rules: Sequence[Rule]) -> Any:
    """The rows for these portions, as an Arrow table."""
    made_of = [(str(folder / part), portion) for portion, parts in batch.items() for part in parts]
    parts = [part for found in batch.values() for part in found]
    with connected(folder, parts, rules, in_memory=False, by_part=True) as database:
        database.execute("CREATE TABLE made_of (file VARCHAR, portion VARCHAR)")
        database.executemany("INSERT INTO made_of VALUES (?, ?)", made_of)
        database.execute(
            "CREATE TABLE found (portion VARCHAR, dimension VARCHAR, team VARCHAR, name VARCHAR, label VARCHAR, "
            "rows BIGINT)"
        )
        for dimension in sorted(DIMENSIONS.keys() - LARGE):
            name, label = in_sql(dimension)
            database.execute(
                f"INSERT INTO found SELECT m.portion, '{dimension}', team, name, max(label), sum(rows) FROM (SELECT "
                f"{c.X_SOURCE} AS file, {c.X_TEAM_KEY} AS team, {name} AS name, max({label}) AS label, count(*) AS "
                f"rows FROM {VIEW} GROUP BY 1, 2, 3) JOIN made_of AS m USING (file) WHERE name IS NOT NULL GROUP BY ALL"
            )
        database.execute(
            "INSERT INTO found SELECT m.portion, dimension, team, name, max(label), sum(rows) FROM (SELECT "
            f"{c.X_SOURCE} AS file, {c.X_TEAM_KEY} AS team, '{TAG}' || tag.key AS dimension, lower(tag.value) AS name, "
            f"max(tag.value) AS label, count(*) AS rows FROM (SELECT {c.X_SOURCE}, {c.X_TEAM_KEY}, "
            f"unnest(map_entries({c.X_TAGS})) AS tag FROM {VIEW}) GROUP BY ALL) JOIN made_of AS m USING (file) "
            "WHERE name IS NOT NULL GROUP BY ALL"
        )
        return database.sql(_WHOLE).to_arrow_table().cast(_schema())


def _schema() -> Any:
    import pyarrow as arrow

    kinds = {"string": arrow.string(), "int64": arrow.int64(), "boolean": arrow.bool_(), "date": arrow.date32()}
    return arrow.schema([(name, kinds[kind]) for name, kind in SHAPE.items()])


_WHOLE = f"""
WITH ranked AS (
    SELECT portion, dimension, name, row_number() OVER (PARTITION BY portion, dimension ORDER BY sum(rows) DESC, name)
        AS place, CASE WHEN starts_with(dimension, '{TAG}') THEN {MOST_OF_TAG} ELSE {MOST} END AS most
    FROM found GROUP BY portion, dimension, name
)
SELECT portion, 'value' AS kind, dimension, team, name, label, rows::BIGINT AS rows, NULL::BOOLEAN AS used,
    NULL::DATE AS day, NULL::DATE AS through, NULL AS currency
FROM found JOIN ranked USING (portion, dimension, name) WHERE place <= most
UNION ALL
SELECT DISTINCT portion, 'cut', dimension, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM ranked WHERE place > most
UNION ALL
SELECT portion, 'snapshot', NULL, {c.X_TEAM_KEY}, {c.X_MODEL}, {c.X_SNAPSHOT}, count(*), NULL, NULL, NULL, NULL
FROM {VIEW} JOIN made_of ON {c.X_SOURCE} = file WHERE {c.X_SNAPSHOT} IS NOT NULL GROUP BY ALL
UNION ALL
SELECT portion, 'days', NULL, NULL, {c.X_PROVIDER}, NULL, count(*),
    coalesce(lower({c.CHARGE_CATEGORY}) = 'usage', false) AS used, {c.X_DAY}, {c.X_THROUGH}, {c.BILLING_CURRENCY}
FROM {VIEW} JOIN made_of ON {c.X_SOURCE} = file
GROUP BY portion, {c.X_PROVIDER}, used, {c.X_DAY}, {c.X_THROUGH}, {c.BILLING_CURRENCY}
"""
