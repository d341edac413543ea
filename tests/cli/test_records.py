"""`outlay audit`, `outlay forget` and what the doctor says of rules, models, cost and database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.state.costs import Tokens
from bot.state.store import State
from tests.cli.conftest import Outlay


def test_the_audit_log_of_the_command_line_says_who_asked_and_whose_spend_was_read(outlay: Outlay, home: Path) -> None:
    (home / "access.toml").write_text('everyone = "nothing"\n[people]\nU_ANN = ["orion"]\n')
    outlay("ask", "What did orion spend last month?", "--as", "U_ANN", "--today", "2026-11-23")
    outlay("ask", "What did orion spend last month?", "--as", "U_EVE", "--today", "2026-11-23")
    outlay("ask", "What is the price of gpt-4o?")
    (home / "access.toml").unlink()
    ran = outlay("audit", "--json")
    entries = [json.loads(line) for line in ran.out.splitlines()]
    assert [(e["person"], e["status"], e["teams"]) for e in entries] == [
        ("U_ANN", "answered", ["orion"]),
        ("U_EVE", "denied", []),
        (None, "answered", []),
    ]
    assert all(set(entry) == {"at", "person", "channel", "status", "tools", "teams"} for entry in entries)
    shown = outlay("audit").out.splitlines()
    assert len(shown) == 3
    assert "U_ANN" in shown[0]
    assert "spend of orion" in shown[0]
    assert "operator" in shown[2]


def test_the_audit_log_begins_on_the_day_that_is_asked_for(outlay: Outlay) -> None:
    outlay("ask", "What is the price of gpt-4o?")
    assert outlay("audit", "--since", "2099-01-01").out == "Nothing was asked since 2099-01-01.\n"
    bad = outlay("audit", "--since", "yesterday")
    assert (bad.code, bad.err) == (2, "--since takes a day such as 2026-11-23, not 'yesterday'.\n")


def test_a_conversation_is_erased_by_its_name(outlay: Outlay, home: Path) -> None:
    outlay("ask", "What did orion spend last month, says the aubergine?", "--thread", "T", "--today", "2026-11-23")
    assert b"aubergine" in (home / "threads.sqlite").read_bytes()
    ran = outlay("forget", "--thread", "T")
    assert (ran.code, ran.out) == (0, "The conversation 'T' is erased.\n")
    assert b"aubergine" not in b"".join(file.read_bytes() for file in home.glob("threads.sqlite*"))
    again = outlay("forget", "--thread", "T")
    assert (again.code, again.err) == (2, "No conversation 'T' is remembered.\n")


def doctor(outlay: Outlay) -> dict[str, str]:
    ran = outlay("doctor")
    assert ran.code == 0
    return {line[5:].split(":")[0]: line for line in ran.out.splitlines()}


@pytest.mark.parametrize("file", ["access.toml", "budgets.toml", "allocation.toml", "metrics.csv"])
def test_the_doctor_names_each_file_of_rules_that_cannot_be_used(outlay: Outlay, home: Path, file: str) -> None:
    name = file.split(".")[0]
    assert doctor(outlay)[name].startswith(f"ok   {name}: There is no {file}")
    (home / file).write_text("= nonsense [")
    line = doctor(outlay)[name]
    assert line.startswith("todo")
    assert file in line
    assert "until it is mended" in line


def test_the_doctor_says_what_is_used_of_the_cap(outlay: Outlay, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTLAY_MODEL", "openai:gpt-4o")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
    state = State(home / "state.sqlite")
    state.model_call_held("k", datetime.now(UTC), "openai:gpt-4o", Decimal(1), None)
    state.model_call_settled("k", Tokens(10, 0, 5), Decimal("3.20"))
    state.close()
    assert "$3.20 used" in doctor(outlay)["own cost"]
    assert "no cap is set" in doctor(outlay)["own cost"]
    monkeypatch.setenv("OUTLAY_MODEL_BUDGET", "5")
    assert "of the cap of $5.00" in doctor(outlay)["own cost"]
    monkeypatch.setenv("OUTLAY_MODEL_BUDGET", "3")
    line = doctor(outlay)["own cost"]
    assert line.startswith("todo")
    assert "OUTLAY_MODEL_BUDGET" in line


def test_the_doctor_checks_the_second_model(outlay: Outlay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTLAY_MODEL", "openai:gpt-4o")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
    assert doctor(outlay)["fallback"].startswith("ok")
    monkeypatch.setenv("OUTLAY_FALLBACK_MODEL", "anthropic:claude-haiku-4-5")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    line = doctor(outlay)["fallback"]
    assert line.startswith("todo fallback: OUTLAY_FALLBACK_MODEL")
    assert "ANTHROPIC_API_KEY" in line


def test_a_database_that_cannot_be_reached_is_named_without_its_password(
    outlay: Outlay, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg", reason="PostgreSQL's packages are not installed")
    monkeypatch.setenv("OUTLAY_DATABASE_URL", "postgresql://outlay:5up3r@127.0.0.1:9/outlay")
    line = doctor(outlay)["state"]
    assert line.startswith("todo state: OUTLAY_DATABASE_URL")
    assert "5up3r" not in line
    ran = outlay("ask", "And then?", "--thread", "T")
    assert ran.code == 1
    assert "OUTLAY_DATABASE_URL" in ran.out
    assert "5up3r" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OUTLAY_DATABASE_URL", "mysql://x"),
        ("OUTLAY_MODEL_BUDGET", "-1"),
        ("OUTLAY_MODEL_BUDGET", "a lot"),
        ("OUTLAY_FORGET_AFTER_DAYS", "0"),
        ("OUTLAY_MODEL_DEADLINE", "0"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    outlay: Outlay, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    ran = outlay("doctor")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{name}: ")
    assert ran.err.count("\n") == 1
