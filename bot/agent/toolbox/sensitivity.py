"""A tool that varies the inputs of another one: which of them moves its answer most."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal, get_args

from pydantic import Field, ValidationError

from bot.agent.toolbox import build, decide, finance, hardware, projects
from bot.agent.toolbox.arguments import Number, Percent
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.calculators.defaults import FLEET_UTILISATION, MFU, OWN_UTILISATION, PUE
from tools.calculators.inputs import Default
from tools.errors import BadInput, NeedsChoice
from tools.money import plain
from tools.results import Result, listed

Calculation = Literal[
    "training_cost",
    "fine_tuning_cost",
    "serving_cost",
    "rent_or_buy",
    "energy",
    "project_value",
    "commitment_worth",
    "bill_after_change",
    "depreciation",
    "blended_rate",
    "compound_growth",
]
UNCERTAIN: Mapping[str, Mapping[str, Default]] = {
    "training_cost": {"mfu": MFU},
    "fine_tuning_cost": {"mfu": MFU},
    "serving_cost": {"utilisation": FLEET_UTILISATION},
    "rent_or_buy": {"utilisation": OWN_UTILISATION},
    "energy": {"pue": PUE},
}
"""Inputs that have a default with a range; they are varied over it when the person gives none."""
RANGE = re.compile(r"(?P<name>[\w-]+)\s*=\s*(?P<low>.+?)\s*(?:\.\.|\bto\b)\s*(?P<high>.+)")
FIXED = frozenset({"count", "bits", "periods", "term_months", "months", "after_years"})
"""Whole numbers that no share of can be taken."""


class Sensitivity(Arguments):
    of: Calculation = Field(description="The calculation whose inputs are varied.")
    given: tuple[str, ...] | dict[str, str] = Field(
        default=(), description="Its arguments, each as name=value: parameters=70B."
    )
    vary: tuple[str, ...] = Field(default=(), description="Inputs with both ends: mfu=30..50; default: all, by `by`.")
    by: Percent = Field(default=Decimal(20), description="Percent up and down where no ends are given.")
    figure: str | None = Field(default=None, description="The figure of its result to watch; default: its headline.")


class _Amount(Arguments):
    value: Number


def _sensitivity(services: Services, turn: Turn, args: Sensitivity) -> Output:
    from tools.calculators.sensitivity import sensitivity

    tool = _tools()[args.of]
    inputs = _given(tool, args.given)

    def calculator(**values: Any) -> Result:
        return tool.run(services, turn, _checked(tool, values)).result

    base = calculator(**inputs)  # what the calculation itself lacks is asked for first
    ranges = _asked(args, tool) or _around(args, tool, inputs)
    if not ranges:
        raise NeedsChoice(f"Which inputs of {args.of} should vary?", tuple(_numeric(tool))[:4])
    found = sensitivity(calculator, inputs, ranges, figure=args.figure)
    return Output(replace(found, assumptions=(*found.assumptions, *base.assumptions)))


def _tools() -> dict[str, Tool[Any]]:
    known = (*build.TOOLS, *hardware.TOOLS, *decide.TOOLS, *projects.TOOLS, *finance.TOOLS)
    return {tool.name: tool for tool in known if tool.name in get_args(Calculation)}


def _given(tool: Tool[Any], given: tuple[str, ...] | dict[str, str]) -> dict[str, Any]:
    """The arguments by name, as text; several values of one are parted by semicolons."""
    found: dict[str, Any] = {}
    for text in given if isinstance(given, tuple) else tuple(f"{name}={value}" for name, value in given.items()):
        name, equals, value = text.partition("=")
        if not equals:
            raise BadInput(f"{text!r} is not name=value.")
        key = name.strip().replace("-", "_")
        several = (
            "tuple" in str(tool.arguments.model_fields[key].annotation) if key in tool.arguments.model_fields else 0
        )
        found[key] = tuple(value.split(";")) if several else value.strip()
    return found


def _checked(tool: Tool[Any], values: Mapping[str, Any]) -> Any:
    try:
        return tool.arguments.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(f"{tool.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None


def _asked(args: Sensitivity, tool: Tool[Any]) -> dict[str, tuple[Any, Any]]:
    ranges: dict[str, tuple[Any, Any]] = {}
    for text in args.vary:
        found = RANGE.fullmatch(text.strip())
        name = (found["name"] if found else text).strip().replace("-", "_")
        if name not in tool.arguments.model_fields:
            raise BadInput(f"{args.of} has no input {name!r}; it has {listed(list(tool.arguments.model_fields), 30)}.")
        if found is None:
            raise BadInput(f"{text!r} is not name=low..high.")
        ranges[name] = _end(tool, name, found["low"]), _end(tool, name, found["high"])
    return ranges


def _around(args: Sensitivity, tool: Tool[Any], inputs: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Every amount that was given, a share up and down, and what has a default over its own range."""
    ranges: dict[str, tuple[Any, Any]] = {}
    checked = _checked(tool, inputs)
    for name in _numeric(tool):
        value = getattr(checked, name)
        if name in inputs and isinstance(value, Decimal) and value and name not in FIXED:
            low, high = (value * (1 + sign * args.by / 100) for sign in (-1, 1))
            ranges[name] = _end(tool, name, plain(low)), _end(tool, name, plain(high))
        elif default := UNCERTAIN.get(args.of, {}).get(name):
            scale = 100 if _is_percent(tool, name) else 1
            ranges[name] = tuple(_end(tool, name, plain(end * scale)) for end in (default.low, default.high))
    return ranges


def _end(tool: Tool[Any], name: str, text: str) -> Any:
    """An end of a range, as the calculation takes it: a percent keeps its sign so that it is shown with it."""
    try:
        value = _Amount(value=text).value  # type: ignore[arg-type]
    except ValidationError:
        raise BadInput(f"{text!r} is not a number.") from None
    return f"{plain(value)}%" if _is_percent(tool, name) else value


def _numeric(tool: Tool[Any]) -> list[str]:
    return [name for name, field in tool.arguments.model_fields.items() if "Decimal" in str(field.annotation)]


def _is_percent(tool: Tool[Any], name: str) -> bool:
    field = tool.arguments.model_fields[name]
    return "In percent" in f"{field.annotation} {field.description} {field.metadata}" or (
        field.description or ""
    ).startswith("Percent")


TOOLS = (
    Tool(
        "sensitivity",
        "Which input moves a calculation's answer most: each to its low and high end in turn (a tornado chart).",
        Sensitivity,
        _sensitivity,
        "Varying the inputs",
    ),
)
