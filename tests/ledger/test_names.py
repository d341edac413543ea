"""What is summed up beside a large ledger says the same as the rows themselves, to everyone what they may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.ledger.focus import Row, charge, write
from tools.errors import Unknown
from tools.ledger.audience import EVERYTHING, NOTHING, Audience
from tools.ledger.dimensions import DIMENSIONS
from tools.ledger.known import (
    covered_days,
    data_span,
    days_of_providers,
    known_values,
    model_snapshots,
    named_values,
    provider_spans,
    tag_keys,
)
from tools.ledger.ledger import Ledger
from tools.ledger.naming import names
from tools.ledger.scope import Scope
from tools.ledger.spend import spend_by, spend_total
from tools.ledger.storing import store
from tools.ledger.storing.importing import import_files
from tools.period import Period

TODAY = date(2026, 11, 20)
AUDIENCES = (
    EVERYTHING,
    NOTHING,
    Audience.of("orion"),
    Audience.of("ORION", "search"),
    Audience.of(totals=True),
    Audience.of("search", totals=True),
)
RULES = {
    "no rules": "",
    "a team for a project": '[[rule]]\nsub_account = "p-*"\nteam = "Platform"\nretag = true\n',
    "a split by shares": '[[rule]]\nprovider = "AWS"\nsplit = "fixed"\nshares = {orion = 60, newcomer = 40}\n',
    "a split by spend": '[[rule]]\nprovider = "*"\nsplit = "by spend"\n',
}


def bill(chance: Random, first: date, days: int, count: int) -> Iterator[Row]:
    for _ in range(count):
        provider, model = chance.choice((("OpenAI", "gpt-4o-2024-08-06"), ("OpenAI", "gpt-4o"), ("AWS", "nova-pro")))
        tags = {
            "team": chance.choice(("Orion", "orion", "search", "secret", None)),
            "Cost-Center": chance.choice(("C 1", "c 1", "C 2", None)),
            "api_key_id": chance.choice(("key_1", None)),
        }
        yield charge(
            first + timedelta(chance.randrange(days)),
            "1.25",
            provider=provider,
            service=chance.choice(("Amazon Bedrock", "OpenAI API")),
            currency=chance.choice(("USD", "USD", "EUR")),
            category=chance.choice(("Usage", "Usage", "Credit", "Tax")),
            x_Model=chance.choice((model, "")),
            RegionId=chance.choice(("us-east-1", "")),
            SubAccountId=chance.choice(("p-1", "p-2", "")),
            SkuId=f"sku-{chance.randrange(9)}",
            Tags=json.dumps(tags),
        )


def asked(ledger: Ledger, audience: Audience) -> dict[str, Any]:
    """Everything that is known without reading a row's amounts."""
    said: dict[str, Any] = {name: named_values(ledger, audience, name) for name in DIMENSIONS}
    said |= {f"tag {key}": named_values(ledger, audience, f"tag:{key}") for key in ("cost-center", "nothing")}
    said |= {"keys": tag_keys(ledger, audience), "snapshots": model_snapshots(ledger, audience)}
    said |= {"spans": provider_spans(ledger), "days": covered_days(ledger), "whole": data_span(ledger)}
    return said | {"OpenAI's days": days_of_providers(ledger, ("OpenAI",), Period.month(2026, 9))}


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ledger counts as large."""
    monkeypatch.setattr(names, "FROM_ROWS", 0)


@pytest.mark.parametrize("rules", RULES)
def test_a_large_ledger_knows_what_its_rows_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    chance = Random(5)
    files = [write(tmp_path / f"{month}.csv", bill(chance, date(2026, month, 1), 28, 150)) for month in (8, 9, 10)]
    import_files(tmp_path, files)
    (tmp_path / "allocation.toml").write_text(RULES[rules])
    by_rows = [asked(Ledger(tmp_path), audience) for audience in AUDIENCES]
    monkeypatch.setattr(names, "FROM_ROWS", 0)
    ledger = Ledger(tmp_path)
    assert ledger.summed_up
    assert [asked(ledger, audience) for audience in AUDIENCES] == by_rows
    assert by_rows[0]["team"] != by_rows[2]["team"]


@pytest.mark.usefixtures("large")
def test_the_names_of_another_team_are_not_known_to_a_team(tmp_path: Path) -> None:
    rows = [charge("2026-09-01", "1", team="orion", x_Model="gpt-4o"), charge("2026-09-01", "1", team="secret")]
    rows[1] |= {"x_Model": "hidden-model", "SubAccountId": "hidden", "Tags": '{"team": "secret", "hidden": "hidden"}'}
    import_files(tmp_path, [write(tmp_path / "a.csv", rows)])
    ledger = Ledger(tmp_path)
    assert "hidden" not in repr([asked(ledger, Audience.of("orion"))[name] for name in (*DIMENSIONS, "keys")])
    with pytest.raises(Unknown) as told:
        spend_total(ledger, Scope(where=(("model", ("hidden-mode",)),)), Audience.of("orion"), TODAY)
    assert told.value.nearest == ("gpt-4o",)


@pytest.mark.usefixtures("large")
def test_new_rules_count_at_once_and_take_names_away_again(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "a.csv", [charge("2026-09-01", "1", x_Model="gpt-4o")])])
    ledger, orion = Ledger(tmp_path), Audience.of("orion")
    assert known_values(ledger, orion, "model") == ()
    (tmp_path / "allocation.toml").write_text('[[rule]]\nprovider = "AWS"\nteam = "orion"\n')
    assert known_values(ledger, orion, "model") == ("gpt-4o",)
    assert known_values(ledger, EVERYTHING, "team") == ("orion",)
    (tmp_path / "allocation.toml").unlink()
    assert known_values(ledger, orion, "model") == ()


@pytest.mark.usefixtures("large")
def test_an_import_sums_up_only_what_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summed: list[int] = []
    real = names._summed

    def counted(folder: Path, batch: Any, rules: Any) -> Any:
        summed.append(sum(len(parts) for parts in batch.values()))
        return real(folder, batch, rules)

    monkeypatch.setattr(names, "_summed", counted)
    august = write(tmp_path / "8.csv", bill(Random(1), date(2026, 8, 1), 28, 50))
    import_files(tmp_path, [august, write(tmp_path / "9.csv", bill(Random(2), date(2026, 9, 1), 28, 50))])
    import_files(tmp_path, [write(tmp_path / "10.csv", bill(Random(3), date(2026, 10, 1), 28, 50))])
    assert summed == [2, 1]
    assert known_values(Ledger(tmp_path), EVERYTHING, "month")
    assert summed == [2, 1]
    import_files(tmp_path, [august])
    assert (summed, max(covered_days(Ledger(tmp_path)))) == ([2, 1, 1], date(2026, 10, 28))


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("content", [None, b"", b"PAR1 nothing like it"])
def test_what_is_missing_or_damaged_is_made_again(tmp_path: Path, content: bytes | None) -> None:
    import_files(tmp_path, [write(tmp_path / "a.csv", [charge("2026-09-01", "1", team="orion")])])
    place = store.folder(tmp_path) / names.FILE
    before = place.read_bytes()
    place.unlink()
    if content is not None:
        place.write_bytes(content)
    assert known_values(Ledger(tmp_path), EVERYTHING, "team") == ("orion",)
    assert len(place.read_bytes()) == len(before)
    assert [path.name for path in place.parent.glob(f"{names.FILE}*")] == [names.FILE]


@pytest.mark.usefixtures("large")
def test_where_it_cannot_be_written_the_rows_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(names, "_written", full)
    import_files(tmp_path, [write(tmp_path / "a.csv", [charge("2026-09-01", "1", team="orion")])])
    ledger = Ledger(tmp_path)
    assert (ledger.summed_up, known_values(ledger, EVERYTHING, "team")) == (False, ("orion",))


@pytest.mark.usefixtures("large")
def test_a_value_past_the_most_that_are_listed_is_still_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_WHOLE", names._WHOLE.replace(f"THEN {names.MOST_OF_TAG} ELSE", "THEN 3 ELSE"))
    rows = [charge("2026-09-01", "1", Tags=json.dumps({"team": "orion", "run": f"r{n}"})) for n in range(5)]
    rows += [charge("2026-09-01", "7", Tags=json.dumps({"team": "search", "run": f"S{n}"})) for n in range(2)]
    import_files(tmp_path, [write(tmp_path / "a.csv", rows)])
    ledger = Ledger(tmp_path)
    assert len(named_values(ledger, EVERYTHING, "tag:run")) == 3
    assert len(named_values(ledger, Audience.of("search"), "tag:run")) == 2
    found = spend_total(ledger, Scope(where=(("tag:run", ("S1",)),)), EVERYTHING, TODAY)
    assert found.figures[0].value == 7
    with pytest.raises(Unknown):
        spend_total(ledger, Scope(where=(("tag:run", ("S1",)),)), Audience.of("orion"), TODAY)


def test_a_small_ledger_keeps_no_summary(tmp_path: Path) -> None:
    import_files(tmp_path, [write(tmp_path / "a.csv", [charge("2026-09-01", "1", team="orion")])])
    assert spend_by(Ledger(tmp_path), Scope(), EVERYTHING, TODAY, ("team",)).figures[0].value == 1
    assert not (store.folder(tmp_path) / names.FILE).exists()
