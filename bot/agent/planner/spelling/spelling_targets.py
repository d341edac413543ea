"""The words that a misspelt one may have meant: those that are values of a question, and those that lead to them."""

from __future__ import annotations

import calendar
import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from bot.agent.planner.routing.route import examples
from bot.agent.planner.words.lexicon import cue_words

MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
DAYS = frozenset(name.lower() for name in calendar.day_name if name)
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LETTERS = re.compile(r"[a-z]{4,}")


@lru_cache(maxsize=1)
def values() -> frozenset[str]:
    """Words each of which is a value by itself (a number, a month, what is left out): one of them is read only where
    no other word may be meant."""
    return MONTHS | DAYS | _of("numbers", "spans", "leaving_out")


@lru_cache(maxsize=1)
def numbers() -> frozenset[str]:
    """Numbers in words."""
    return _of("numbers") | {"one", "two", "six", "ten"}


@lru_cache(maxsize=1)
def values_and_cues() -> frozenset[str]:
    """What is put right wherever it stands."""
    return values() | _of("asking", "domain") | cue_words()


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """What is put right where no name can stand: the words of the examples, of calculations, of any question."""
    told = " ".join(line for lines in examples().values() for line in lines)
    calculations = files("bot.agent.planner.left_over").joinpath("calculator_words.txt").read_text("utf-8")
    return _of("everyday") | frozenset(LETTERS.findall(f"{told} {calculations}".lower()))


@lru_cache(maxsize=1)
def open_models() -> frozenset[str]:
    """The words in the names of models whose shape is on record: mixtral, falcon, bloom."""
    from tools.calculators.architectures import architecture_names

    return frozenset(word for name in architecture_names() for word in LETTERS.findall(name))


@lru_cache(maxsize=1)
def short_words() -> frozenset[str]:
    """Common words of four letters that may be told where one letter is left out."""
    return _of("short")


def _of(*kinds: str) -> frozenset[str]:
    table = _table()
    return frozenset(word for kind in kinds for word in table[kind].split())


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    return tomllib.loads(files("bot.agent.planner.spelling").joinpath("spelling.toml").read_text("utf-8"))
