"""One word more, or one written otherwise, in a question: what that may change is told by the reply's figures."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from bot.agent.ask import Agent
from bot.evaluation.example_company import TODAY
from bot.reply import Question, Reply
from tests.rewording.noise import mistyped

STRANGERS = ("zorblax", "Quvent", "brimly", "tavoque", "ondrelay")
"""Words that name nothing anywhere."""


@dataclass(frozen=True, slots=True)
class Changed:
    """`question` as asked with one word changed, and what each got; `same` where their headlines are the same."""

    plain: str
    question: str
    before: Reply
    after: Reply

    @property
    def wrong(self) -> bool:
        """Whether the changed question got another headline than the plain one."""
        told = [(figure.value, figure.unit) for figure in self.after.figures[:1]]
        return self.after.status == "answered" and told != [(f.value, f.unit) for f in self.before.figures[:1]]


def with_a_stranger(question: str, chance: random.Random) -> str:
    """The question with a word that names nothing put between two others, or before or after all."""
    words = question.rstrip("?.! ").split(" ")
    words.insert(chance.randrange(len(words) + 1), chance.choice(STRANGERS))
    return " ".join(words) + "?"


def changed(
    agent: Agent, questions: Collection[str], chance: random.Random, known: Collection[str], strangers: bool
) -> Iterator[Changed]:
    """Each question that is answered with figures, and once more with a stranger in it or a slip of the hand."""
    for plain in questions:
        question = with_a_stranger(plain, chance) if strangers else mistyped(plain, chance, known, ())
        if question == plain:
            continue
        before = agent.ask(Question(plain, TODAY))
        if before.status == "answered" and before.figures:
            yield Changed(plain, question, before, agent.ask(Question(question, TODAY)))
