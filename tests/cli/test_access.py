"""`--as` and `--channel`: what a person may see and the channel may show, and what a refusal keeps to itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Outlay

RULES = """
everyone = "nothing"
admins = ["U_CFO"]
[people]
U_ANN = ["orion"]
[channels]
C_ORION = ["orion"]
C_TOTALS = "totals"
C_ALL = "all"
"""
ORION, SUPPORT, NOBODY, ALL, BY_TEAM = (
    "What did orion spend in October 2026?",
    "What did support spend in October 2026?",
    "What did zebra spend in October 2026?",
    "What did we spend in October 2026?",
    "October 2026 spend by team",
)
FIGURES = ("142", "100.25", "41.75", "900", "1042", "1,042")
Replies = list[dict[str, Any]]


@pytest.fixture
def rules(home: Path) -> Path:
    (home / "access.toml").write_text(RULES)
    return home / "access.toml"


def ask(outlay: Outlay, *questions: str, who: str | None = None, where: str | None = None) -> Replies:
    options = [*(("--as", who) if who else ()), *(("--channel", where) if where else ())]
    ran = outlay("ask", "-", "--json", "--today", "2026-11-23", *options, stdin="\n".join(questions).encode())
    return [json.loads(line) for line in ran.out.splitlines()]


def headline(reply: dict[str, Any]) -> str | None:
    return reply["figures"][0]["value"] if reply["figures"] else None


def tells_nothing(reply: dict[str, Any], asked: str, *names: str) -> bool:
    """No figure, and no name beyond the asker's own words."""
    shown = json.dumps({**reply, "question": "", "seconds": 0, "steps": []}).replace("October 2026", "")
    return not [word for word in (*FIGURES, *names) if word in shown and word not in asked]


@pytest.mark.usefixtures("rules")
def test_the_operator_and_an_admin_in_private_see_everything(outlay: Outlay) -> None:
    for who in (None, "U_CFO", "u_cfo"):
        replies = ask(outlay, ORION, SUPPORT, ALL, who=who)
        assert [headline(reply) for reply in replies] == ["142", "900", "1042"]


@pytest.mark.usefixtures("rules")
def test_a_person_sees_their_own_teams(outlay: Outlay) -> None:
    """All that Ann may see is orion's: the sum over "us" is orion's, and says so."""
    mine, other, all_of_us, by_team = ask(outlay, ORION, SUPPORT, ALL, BY_TEAM, who="U_ANN")
    assert headline(mine) == "142"
    assert other["status"] == "denied"
    assert tells_nothing(other, SUPPORT, "orion")
    assert headline(all_of_us) == "142"
    assert "orion" in all_of_us["text"]
    assert "support" not in json.dumps(by_team)
    assert "900" not in json.dumps(by_team)


@pytest.mark.usefixtures("rules")
def test_who_is_not_listed_sees_nothing(outlay: Outlay) -> None:
    for who, where in (("U_BEN", None), ("U_BEN", "C_ALL"), ("U_CFO", "C_UNLISTED"), (None, "C_UNLISTED")):
        for reply, asked in zip(
            ask(outlay, ORION, NOBODY, ALL, who=who, where=where), (ORION, NOBODY, ALL), strict=True
        ):
            assert reply["status"] == "denied", (who, where, asked)
            assert tells_nothing(reply, asked, "orion", "support")


@pytest.mark.usefixtures("rules")
def test_a_channel_limits_whoever_asks(outlay: Outlay) -> None:
    for who in ("U_CFO", None):
        mine, other, all_of_us = ask(outlay, ORION, SUPPORT, ALL, who=who, where="C_ORION")
        assert headline(mine) == "142"
        assert other["status"] == "denied"
        assert tells_nothing(other, SUPPORT)
        assert headline(all_of_us) == "142"
    assert [headline(reply) for reply in ask(outlay, SUPPORT, who="U_CFO", where="C_ALL")] == ["900"]


@pytest.mark.usefixtures("rules")
def test_a_channel_of_totals_shows_sums_and_no_team(outlay: Outlay) -> None:
    orion, all_of_us, by_team = ask(outlay, ORION, ALL, BY_TEAM, who="U_CFO", where="C_TOTALS")
    assert headline(all_of_us) == "1042"
    for reply, asked in ((orion, ORION), (by_team, BY_TEAM)):
        assert reply["status"] == "denied"
        assert tells_nothing(reply, asked, "orion", "support")


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("who", "where"), [("U_ANN", None), ("U_BEN", None), ("U_CFO", "C_TOTALS"), ("U_CFO", "C_ORION")]
)
def test_a_team_that_exists_and_one_that_does_not_are_refused_in_the_same_words(
    outlay: Outlay, who: str, where: str | None
) -> None:
    there, not_there = ask(outlay, SUPPORT, NOBODY, who=who, where=where)
    for reply, name in ((there, "support"), (not_there, "zebra")):
        reply["seconds"] = reply["question"] = None
        for step in reply["steps"]:
            step["seconds"] = None
            step["args"] = json.loads(json.dumps(step["args"]).replace(name, "NAME"))
    assert there == not_there


def test_everyone_may_be_given_all_totals_or_a_list(outlay: Outlay, home: Path) -> None:
    for everyone, expected in (
        ('"all"', ["142", "900", "1042"]),
        ('"totals"', [None, None, "1042"]),
        ('["support"]', [None, "900", "900"]),
        ('"nothing"', [None, None, None]),
    ):
        (home / "access.toml").write_text(f"everyone = {everyone}\n")
        assert [headline(reply) for reply in ask(outlay, ORION, SUPPORT, ALL, who="U_BEN")] == expected, everyone


@pytest.mark.usefixtures("home")
def test_without_the_file_everyone_sees_everything(outlay: Outlay) -> None:
    assert [headline(reply) for reply in ask(outlay, ORION, SUPPORT, who="U_BEN", where="C_ANY")] == ["142", "900"]


@pytest.mark.usefixtures("rules")
def test_a_channels_digest_shows_what_that_channel_may_show(outlay: Outlay) -> None:
    ran = outlay("digest", "preview", "--channel", "C_ORION", "--today", "2026-11-23", "--json")
    reply = json.loads(ran.out)
    assert ran.code == 0
    assert "support" not in ran.out
    assert "30.00" not in ran.out
    assert reply["status"] == "answered"
    unlisted = outlay("digest", "preview", "--channel", "C_UNLISTED", "--today", "2026-11-23", "--json")
    assert json.loads(unlisted.out)["figures"] == []
    assert "$" not in unlisted.out
