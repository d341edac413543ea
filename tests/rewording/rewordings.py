"""Random rewordings of questions whose figures are known: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tests.evaluation.ledger_arithmetic import Charges
from tests.evaluation.line import Expected
from tests.rewording.calculator_intents import calculator_intents
from tests.rewording.drawn import Drawn
from tests.rewording.grammar import written
from tests.rewording.intent import Intent
from tests.rewording.more_calculators import more_calculators
from tests.rewording.noise import disturbed
from tests.rewording.option_intents import option_intents
from tests.rewording.plan_intents import plan_intents
from tests.rewording.price_intents import price_intents
from tests.rewording.spend_intents import spend_intents
from tests.rewording.thread_intents import thread_intents
from tests.rewording.values import MONTHS
from tests.rewording.words import with_a_stranger, without_a_small_word

SHORTER = 0.1
"""The share of the questions from which a small word is left out, too."""
NAMES = frozenset(
    {
        *("atlas", "orion", "search", "support", "growth", "research", "openai", "anthropic", "microsoft", "azure"),
        *(name.lower() for name in MONTHS),
        *(name[:3].lower() for name in MONTHS),
    }
)


@dataclass(frozen=True, slots=True)
class Rewording:
    """`question` as reworded, `plain` as somebody careful would have asked; `before` it, in the same thread."""

    intent: str
    plain: str
    question: str
    figures: tuple[Expected, ...]
    headline: bool = True
    before: str = ""


def every_intent(charges: Charges) -> tuple[Intent, ...]:
    drawn = Drawn(charges)
    return (
        *spend_intents(charges),
        *price_intents(),
        *calculator_intents(),
        *more_calculators(),
        *plan_intents(drawn),
        *option_intents(drawn),
        *thread_intents(drawn),
    )


def rewordings(
    charges: Charges, count: int, seed: int, english: Collection[str], only: str | None = None
) -> Iterator[Rewording]:
    """`count` of them, the intents in turn; `only` keeps those with this in their name."""
    chance = random.Random(seed)
    intents = [intent for intent in every_intent(charges) if only is None or only in intent.name]
    words = {*english, *NAMES}
    for n in range(count):
        intent = intents[n % len(intents)]
        drawn = intent.draw(chance)
        text = written(chance.choice(intent.templates), drawn.slots, chance)
        plain = written(intent.templates[0], drawn.slots, random.Random(0))
        question = disturbed(text, chance, words, ())
        if chance.random() < SHORTER and not drawn.before:
            question = without_a_small_word(question, chance)
        yield Rewording(intent.name, plain, question, drawn.figures, drawn.headline, drawn.before)


def with_strangers(charges: Charges, count: int, seed: int, only: str | None = None) -> Iterator[Rewording]:
    """`count` plain questions, each with a word that names nothing put somewhere: the same figures, or none."""
    chance = random.Random(seed)
    intents = [one for one in every_intent(charges) if only is None or only in one.name]
    for n in range(count):
        intent = intents[n % len(intents)]
        drawn = intent.draw(chance)
        plain = written(intent.templates[0], drawn.slots, random.Random(0))
        question = with_a_stranger(plain, chance)
        yield Rewording(intent.name, plain, question, drawn.figures, drawn.headline, drawn.before)
