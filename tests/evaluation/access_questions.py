"""What each person may see where, by the access.toml that is shipped with the example company: everyone the totals,
U_ANN search, U_BOB orion and atlas, U_CFO all; C_SEARCH shows search, C_FINANCE all, other channels the totals."""

from __future__ import annotations

from decimal import Decimal

from tests.evaluation.ledger_arithmetic import OCTOBER, SEPTEMBER, Charges, between, effective, of_team
from tests.evaluation.line import Line, line, usd

NO_FIGURE = ("$", "USD")
Asked = tuple[str, str, str | None, Decimal | None]


def access_questions(charges: Charges) -> list[Line]:
    return [*_alone(charges), *_in_threads(charges)]


def _alone(charges: Charges) -> list[Line]:
    october = between(charges, *OCTOBER)
    total = effective(october)
    search, orion, atlas = (effective(of_team(october, team)) for team in ("search", "orion", "atlas"))
    asked: list[Asked] = [
        ("What did my team, search, spend in October 2026?", "U_ANN", None, search),
        ("search's october bill?", "U_ANN", "C_SEARCH", search),
        ("How much did Orion spend last month?", "U_ANN", None, None),
        ("orion and search in October: who spent more?", "U_ANN", None, None),
        ("our total spend in October 2026", "U_ANN", None, total),
        ("What did search spend in October?", "U_ANN", "C_RANDOM", None),
        ("What did we spend in total in October?", "U_ANN", "C_RANDOM", total),
        ("atlas spend, October 2026", "U_BOB", None, atlas),
        ("how much did orion spend in October 2026", "U_BOB", "C_FINANCE", orion),
        ("What did search cost in October?", "U_BOB", "C_FINANCE", None),
        ("orion's spend last month please", "U_BOB", "C_SEARCH", None),
        ("What did orion spend in October?", "U_CFO", None, orion),
        ("What did orion spend in October?", "U_CFO", "C_SEARCH", None),
        ("What did orion spend in October?", "U_CFO", "C_FINANCE", orion),
        ("Which team spent the most in October?", "U_EVE", None, None),
        ("Break October's spend down by team.", "U_EVE", None, None),
        ("What did growth pay OpenAI in October?", "U_EVE", None, None),
        ("October total?", "U_EVE", None, total),
    ]
    return [
        line(
            f"access-{n:02}",
            "access",
            text,
            *(() if value is None else (usd(value),)),
            status="denied" if value is None else "answered",
            never=NO_FIGURE if value is None else (),
            person=person,
            channel=channel,
        )
        for n, (text, person, channel, value) in enumerate(asked, 1)
    ]


def _in_threads(charges: Charges) -> list[Line]:
    """A person does not get by a follow-up what a question would not give; nor does a channel's next asker."""
    search, before = (effective(of_team(between(charges, *month), "search")) for month in (OCTOBER, SEPTEMBER))
    asked: list[Asked] = [
        ("What did search spend in October 2026?", "U_ANN", None, search),
        ("and orion?", "U_ANN", None, None),
        ("ok, then search in September", "U_ANN", None, before),
    ]
    return [
        line(
            f"access-thread-{n}",
            "access",
            text,
            *(() if value is None else (usd(value),)),
            status="denied" if value is None else "answered",
            never=NO_FIGURE if value is None else (),
            person=person,
            channel=channel,
            thread="access",
        )
        for n, (text, person, channel, value) in enumerate(asked, 1)
    ]
