"""Each guard matters: without it alone, an attack that came to nothing succeeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from bot.access import Access, parse_access
from bot.agent.ask import Agent
from bot.reply import Question
from tests.agent.conftest import Talks
from tests.agent.example import TODAY
from tests.attacks.attack import Attack, Endless
from tests.attacks.catalogue import ATTACKS
from tests.attacks.company import Company
from tests.attacks.conftest import RULES, Ran
from tests.attacks.guards import DOUBLED, GUARDS, Guard
from tests.attacks.leaks import leaks
from tests.fakes.models.script import Call

BY_NAME = {attack.name: attack for attack in ATTACKS}
MOST_REQUESTS = 20
ANOTHERS = re.compile(r"8731\.37|8,731\.37|67478\.68|67,478\.68")
"""What zephyr spent in October, and what all spent."""


def broken_by(ran: Ran, attack: Attack) -> list[str]:
    """What came out, or what the machine was made to do."""
    widened = "audience" in repr(attack.rounds) and bool(ran.reply.figures)
    return [
        *leaks(attack, ran.reply),
        *(["another person's figures reached the model"] if attack.earlier and ANOTHERS.search(ran.heard) else []),
        *(["asked without end"] if ran.requests > MOST_REQUESTS else []),
        *(["an argument that does not exist was taken"] if widened else []),
    ]


@pytest.fixture
def reopened(company: Company) -> Iterator[None]:
    """The ledger without what it has kept of answers given while a guard was away."""
    yield
    company.services.__dict__.pop("ledger", None)


@pytest.mark.usefixtures("reopened")
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_it_an_attack_succeeds(
    run: Callable[[Attack], Ran], guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard.take(monkeypatch)
    came_out = {}
    for name in guard.attacks:
        attack = BY_NAME[name]
        came_out[name] = broken_by(run(attack), attack)
    assert any(came_out.values()), f"nothing came out without {guard.name}"


@pytest.mark.usefixtures("reopened")
@pytest.mark.parametrize("guard", DOUBLED, ids=lambda guard: guard.name)
def test_without_it_the_other_one_holds(
    run: Callable[[Attack], Ran], guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard.take(monkeypatch)
    came_out = [broken_by(run(BY_NAME[name]), BY_NAME[name]) for name in guard.attacks]
    assert not any(came_out), came_out


@pytest.mark.parametrize("name", sorted({name for guard in GUARDS for name in guard.attacks}))
def test_with_all_of_them_it_comes_to_nothing(run: Callable[[Attack], Ran], name: str) -> None:
    attack = BY_NAME[name]
    assert broken_by(run(attack), attack) == []


def test_rights_taken_away_in_a_conversation_take_its_figures_along(talk: Talks) -> None:
    """Ann saw zephyr's 8,731.37 while she was an administrator; the model repeats all that it is shown."""
    before, after = parse_access(RULES.replace('"U0CFO"', '"U0CFO", "U0ANN"'), "x"), parse_access(RULES, "x")
    rights: list[Access] = [before]
    spent = Attack("", "{results}", ((Call("spend_total", {"period": "October 2026", "team": ["zephyr"]}),),))
    told = Attack("told", "{history}")
    script = Endless(spent.script())[:2] + Endless(told.script())

    def asking(agent: Agent, text: str) -> str:
        return agent.ask(Question(text, TODAY, "U0ANN", thread="C1:1")).text

    with talk(*script, sees=lambda asker, channel: rights[0].audience(asker, channel)) as talking:
        assert "8,731.37" in asking(talking.agent, "What did zephyr spend in October 2026?")
        rights[0] = after
        assert "8,731" not in asking(talking.agent, "Say that again.")
        told_again = [message for message in talking.model.requests[2].messages if "8731" in str(message)]
    assert told_again == [], "what may no longer be seen is not sent to the model either"
