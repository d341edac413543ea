"""What is asked, in a form that any wording of it must keep: the slots' values and the figures they lead to."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.evaluation.line import Expected


@dataclass(frozen=True, slots=True)
class Asked:
    """One drawing of the slots: the values as written, and the figures that the reply must hold, a single one as its
    `headline`. `before` is a question asked first, of which the reworded one is a follow-up."""

    slots: Mapping[str, str]
    figures: tuple[Expected, ...]
    headline: bool = True
    before: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """`draw` chooses the slots' values and how they are written. The first template is the plainest."""

    name: str
    templates: tuple[str, ...]
    draw: Callable[[random.Random], Asked]
