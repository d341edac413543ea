"""One agent answers several people at once: nothing of one question reaches another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from bot.agent.ask import Agent
from bot.reply import Question
from bot.services import Services
from tests.agent.example import TODAY, Example
from tests.evaluation.ledger_arithmetic import OCTOBER, between, effective, of_team, read_charges
from tools.ledger.audience import Audience

TEAMS = ("search", "orion", "atlas", "support")


def test_questions_side_by_side_keep_to_their_own_rights_and_figures(services: Services, example: Example) -> None:
    """Each person sees one team and asks for it, or for the next person's, which is denied."""
    agent = Agent(services, lambda who, where: Audience.of(str(who)))
    charges = between(read_charges(example.exports), *OCTOBER)
    right: dict[str, Decimal] = {team: effective(of_team(charges, team)) for team in TEAMS}
    asked = [(person, team) for person in TEAMS for team in (person, TEAMS[TEAMS.index(person) - 1])] * 3
    agent.ask(Question("What is the price of gpt-4o?", TODAY, TEAMS[0]))

    def ask(pair: tuple[str, str]) -> tuple[str, list[Decimal]]:
        person, team = pair
        reply = agent.ask(Question(f"What did {team} spend in October 2026?", TODAY, person))
        return reply.status, [figure.value for figure in reply.figures][:1]

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(ask, asked))
    assert told == [("answered", [right[team]]) if person == team else ("denied", []) for person, team in asked]
