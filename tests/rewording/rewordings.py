"""Random rewordings of questions whose figures are known: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tests.evaluation.ledger_arithmetic import Charges
from tests.evaluation.line import Expected
from tests.rewording.calculator_intents import calculator_intents
from tests.rewording.grammar import written
from tests.rewording.intent import Intent
from tests.rewording.more_calculators import more_calculators
from tests.rewording.noise import disturbed
from tests.rewording.price_intents import price_intents
from tests.rewording.spend_intents import spend_intents
from tests.rewording.values import MONTHS

NAMES = frozenset(
    {
        *("atlas", "orion", "search", "support", "growth", "research", "openai", "anthropic", "microsoft", "azure"),
        *(name.lower() for name in MONTHS),
        *(name[:3].lower() for name in MONTHS),
    }
)


@dataclass(frozen=True, slots=True)
class Rewording:
    """`question` as reworded, `plain` as somebody careful would have asked."""

    intent: str
    plain: str
    question: str
    figures: tuple[Expected, ...]


def every_intent(charges: Charges) -> tuple[Intent, ...]:
    return (*spend_intents(charges), *price_intents(), *calculator_intents(), *more_calculators())


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
        yield Rewording(intent.name, plain, disturbed(text, chance, words, ()), drawn.figures)
