"""Some hundred rewordings of questions whose figures are known: the same figures or a question back, never others.
`python -m tests.rewording --count 10000` asks more."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from bot.agent.ask import Agent
from bot.services import Services
from tests.agent.example import Example
from tests.agent.fixtures import example, services
from tests.evaluation.ledger_arithmetic import Charges, read_charges
from tests.rewording.asking import Outcome, asked
from tests.rewording.grammar import written
from tests.rewording.noise import mistyped
from tests.rewording.remembering import memory_in
from tests.rewording.rewordings import every_intent, rewordings
from tests.rewording.values import count, spelt
from tools.ledger.audience import EVERYTHING

__all__ = ["example", "services"]

COUNT, SEED = 160, 20261123
LEAST_SAME = 0.7
"""Most must be answered: a planner that asks back always would never be wrong."""


@pytest.fixture(scope="module")
def charges(example: Example) -> Charges:
    return read_charges(example.exports)


@pytest.fixture(scope="module")
def outcomes(services: Services, charges: Charges, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    with memory_in(tmp_path_factory.mktemp("memory")) as memory:
        agent = Agent(services, lambda asker, channel: EVERYTHING, memory=lambda: memory)
        return list(asked(agent, rewordings(charges, COUNT, SEED, services.english)))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_no_rewording_gets_another_figure(outcomes: list[Outcome]) -> None:
    wrong = [f"{one.question} -> {one.got}; expected {one.expected}" for one in outcomes if one.verdict == "wrong"]
    assert wrong == []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_most_rewordings_get_their_figures(outcomes: list[Outcome]) -> None:
    found = Counter(one.verdict for one in outcomes)
    assert found["same"] >= LEAST_SAME * COUNT, found


def test_there_are_sixty_intents_and_no_two_of_a_name(charges: Charges) -> None:
    names = [intent.name for intent in every_intent(charges)]
    assert len(names) >= 60
    assert len(set(names)) == len(names)


def test_a_seed_gives_the_same_rewordings_and_another_seed_others(charges: Charges) -> None:
    one, again, other = (list(rewordings(charges, 120, seed, ())) for seed in (1, 1, 2))
    assert one == again
    assert len({r.question for r in one} & {r.question for r in other}) < 12


def test_no_rewording_expects_nothing(charges: Charges) -> None:
    for one in rewordings(charges, 200, 3, ()):
        assert one.figures, one
        assert all(figure["value"] not in {"0", ""} for figure in one.figures), one


def test_a_template_keeps_its_slots_whatever_is_chosen() -> None:
    for seed in range(30):
        text = written("<{a};{b};x> [one|two] {a}", {"a": "A!", "b": "B!"}, random.Random(seed))
        assert text.count("A!") == 2
        assert text.count("B!") == 1
        assert ("one" in text) != ("two" in text)


def test_a_typing_error_never_touches_digits_nor_makes_another_word() -> None:
    words = {"march", "match", "spend"}
    for seed in range(300):
        made = mistyped("March spend of gpt-4o on 2026-10", random.Random(seed), words, ())
        assert "4o on 2026-10" in made
        assert "Match" not in made


@pytest.mark.parametrize(("number", "forms"), [(3_000_000, {"3,000,000", "3M", "3 million", "three million"})])
def test_a_count_is_written_in_many_ways(number: int, forms: set[str]) -> None:
    assert forms <= {count(number, random.Random(seed)) for seed in range(200)}


@pytest.mark.parametrize(("number", "word"), [(0, "zero"), (15, "fifteen"), (20, "twenty"), (65, "sixty-five")])
def test_a_number_is_spelt(number: int, word: str) -> None:
    assert spelt(number) == word
