"""What tools say of a ledger passes the check, whatever the teams, products and accounts in it are called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.agent import compose
from bot.agent.toolbox.catalogue import all_tools
from bot.agent.turn import Turn
from bot.reply import Question
from bot.services import Services
from tests.ledger.focus import Row, charge, write
from tools.ledger.audience import EVERYTHING
from tools.ledger.storing.importing import import_files

TODAY = date(2026, 6, 20)
NAMES = (
    *("q3-launch", "team 42", "2nd line", "5g", "H100 crew", "24/7 care", "k8s", "10x", "gpt-4o pilots", "100%"),
    *(
        "Project 2026",
        "R&D",
        "$saver",
        "FY26 plan",
        "1,000 cuts",
        "week-12",
        "EUR desk",
        "total",
        "other",
        "3M adhesives",
    ),
    *("3M adhesives", "march-madness", "Ops (EU)", "v2.5", "million", "no-1"),
)
CALLS: tuple[tuple[str, dict[str, object]], ...] = (
    ("spend_total", {"period": "May 2026"}),
    ("spend_by", {"by": ["team"], "period": "May 2026"}),
    ("spend_by", {"by": ["team"], "top": 3, "period": "May 2026"}),
    ("spend_by", {"by": ["team"], "top": 1, "period": "May 2026"}),
    ("spend_by", {"by": ["team", "provider"], "period": "May 2026"}),
    ("spend_by", {"by": ["tag:product"], "period": "May 2026"}),
    ("spend_by", {"by": ["month", "team"], "period": "2026-04-01 to 2026-05-31"}),
    ("spend_series", {"grain": "month", "by": "team", "period": "2026-04-01 to 2026-05-31"}),
    ("spend_change", {"period": "May 2026", "by": "team"}),
    ("spend_change", {"period": "May 2026", "by": "team", "mover": "up"}),
    ("spend_anomalies", {"period": "May 2026"}),
    ("untagged_share", {"period": "May 2026"}),
    ("forecast", {"period": "June 2026"}),
)


def _rows() -> Iterator[Row]:
    for number, name in enumerate(NAMES):
        day = date(2026, 4, 1)
        while day < date(2026, 6, 18):
            # A number of its own a team and day, and a spike for every fifth team.
            cents = (
                1000 + 37 * number + 13 * day.toordinal() % 97 + (90_000 if number % 5 == 0 and day.day == 17 else 0)
            )
            currency = "EUR" if number % 4 == 0 and day.day % 2 else "USD"
            cost, tags = f"{cents / 100:.2f}", f'{{"team": "{name}", "product": "{name} app"}}'
            yield charge(day, cost, team=name, currency=currency, service=f"{name} API") | {"Tags": tags}
            day += timedelta(3)
    yield charge("2026-05-04", "55.50")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    folder = tmp_path_factory.mktemp("odd")
    import_files(folder / "home", [write(folder / "bill.csv", _rows())])
    return Services(folder / "home")


def _told(services: Services, name: str, args: dict[str, object]) -> tuple[str, tuple[str, ...], str]:
    """What the tool says, the warnings of the reply, and what the reply says."""
    turn = Turn(Question(name, TODAY), EVERYTHING)
    tool = next(tool for tool in all_tools() if tool.name == name)
    tool.call(services, turn, args)
    said = turn.calls[0].output
    assert said is not None, turn.calls[0].error
    reply = compose.reply(turn, said.result.summary)
    return said.result.summary, reply.warnings, reply.text


@pytest.mark.parametrize(("tool", "args"), CALLS)
def test_a_summary_passes_whole(services: Services, tool: str, args: dict[str, object]) -> None:
    said, warnings, shown = _told(services, tool, args)
    assert compose.LEFT_OUT not in warnings, said
    assert shown == said


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_of_one_team_passes_whole(services: Services, name: str) -> None:
    for tool, args in (
        ("spend_total", {"team": [name], "period": "May 2026"}),
        ("spend_share", {"team": [name], "of": ["team"], "period": "May 2026"}),
        ("spend_change", {"team": [name], "period": "May 2026"}),
        ("spend_by", {"team": [name, "R&D"], "by": ["team"], "period": "May 2026"}),
    ):
        said, warnings, shown = _told(services, tool, args)
        assert compose.LEFT_OUT not in warnings, said
        assert shown == said
