"""Questions with what their answers must hold: one JSON object a line of a `.jsonl` file."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from tools.errors import BadInput, Status

MOST_DIGITS = 60
WORDS_OF_UNITS = (
    (re.compile(r"\s*/\s*"), " per "),
    (re.compile(r"^(?:percent|per cent|percentage points?|pct)$"), "%"),
    (re.compile(r"^(?:\$|us ?\$|us dollars?|dollars?)(?= per |$)"), "usd"),
    (re.compile(r"(?<=[a-z]{2})s\b"), ""),
)
"""How units are written by different hands: a slash, a sign, a word, one or many."""


class Expected(BaseModel):
    """A figure that the reply must hold; `tolerance` is an absolute number in `unit`, or a share such as "1%"."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    value: Decimal = Field(allow_inf_nan=False)
    unit: str | None = None
    tolerance: str = "0"

    @field_validator("value", mode="before")
    @classmethod
    def _written(cls, given: object) -> object:
        power = re.search(r"[eE][+-]?(\d+)\s*$", str(given))
        if isinstance(given, bool) or (power and int(power[1]) > MOST_DIGITS):
            raise ValueError("must be a number such as 12.50")
        return given

    @field_validator("tolerance", mode="before")
    @classmethod
    def _number(cls, given: object) -> str:
        text = "0" if given is None else str(given).strip()
        if not re.fullmatch(r"\d+(\.\d+)?([eE]-?\d{1,2})?%?", text):
            raise ValueError("must be a number such as 0.01, or a share such as 1%")
        return text

    def meets(self, value: Decimal, unit: str) -> bool:
        """Within the tolerance, and in the same unit where one is named; a rate's (USD per million tokens) also
        without what it is per."""
        number = Decimal(self.tolerance.rstrip("%"))
        allowed = abs(self.value) * number / 100 if self.tolerance.endswith("%") else number
        found = same_unit(unit)
        units = {found, found.split(" per ")[0]}
        return (not self.unit or same_unit(self.unit) in units) and abs(value - self.value) <= allowed


class Case(BaseModel):
    """One line of the file. Keys that it does not know are left alone.

    `status` is one that the reply may have, or a list of them. `never` are texts that the reply may not hold. Lines of
    one `thread` are one conversation, asked in the order of the file.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    question: str = Field(min_length=1)
    id: str = ""
    kind: str = "all"
    figures: tuple[Expected, ...] = ()
    status: tuple[Status, ...] = ("answered",)
    sources_any: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    today: date | None = None
    asker: str | None = Field(default=None, alias="as")
    channel: str | None = None
    thread: str | None = None

    @field_validator("id", mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        return str(given) if isinstance(given, int) else given

    @field_validator("status", mode="before")
    @classmethod
    def _one_or_more(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given

    @field_validator("id", "figures", "sources_any", "never", "status", "kind", mode="before")
    @classmethod
    def _absent(cls, given: object, info: ValidationInfo) -> object:
        return cls.model_fields[info.field_name or ""].default if given is None else given

    @field_validator("today", mode="before")
    @classmethod
    def _day(cls, given: object) -> object:
        if given is not None and not isinstance(given, str):
            raise ValueError("must be a day such as 2026-11-23")
        return given or None


def same_unit(unit: str) -> str:
    """One way of writing a unit: lower case, `%`, `usd`, `per`, in the singular."""
    text = " ".join(unit.casefold().split())
    for pattern, plainly in WORDS_OF_UNITS:
        text = pattern.sub(plainly, text)
    return text


def read_cases(file: Path) -> list[Case]:
    """The questions of a file; BadInput names the line and the key that cannot be used."""
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise BadInput("it is not UTF-8 text.", file=str(file)) from None
    except OSError as error:
        raise BadInput(f"it cannot be read ({error.strerror}).", file=str(file)) from None
    cases = []
    for n, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            raise BadInput(f"not JSON: {error.msg}.", file=str(file), line=n) from None
        except (RecursionError, ValueError) as error:
            raise BadInput(_why(error), file=str(file), line=n) from None
    if not cases:
        raise BadInput("it holds no questions.", file=str(file))
    return cases


def _why(error: Exception) -> str:
    """The first thing that is wrong with a line."""
    if not isinstance(error, ValidationError):
        return "the line cannot be read as a question."
    first = error.errors()[0]
    if not first["loc"] and first["type"] in {"model_type", "model_attributes_type"}:
        return "the line is JSON but no object with a question."
    key = ".".join(map(str, first["loc"]))
    why = first["msg"].removeprefix("Value error, ")
    return f"{key}: {why}." if key else f"{why}."
