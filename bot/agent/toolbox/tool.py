"""A tool as the agent sees it: a name, a description, checked arguments, and a plain function behind it."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.agent.turn import Call, Output, Turn
from bot.reply import json_cell
from tools.errors import BadInput, NeedsChoice, ToolError, Unknown
from tools.money import plain

if TYPE_CHECKING:
    from bot.services import Services

log = logging.getLogger(__name__)

MOST_ROWS_TO_MODEL = 40
LONGEST_ARGUMENTS = 10_000
MALFORMED = "malformed arguments"
"""Stands among the arguments of a call whose arguments a model did not send as JSON."""


class Arguments(BaseModel):
    """Base of every tool's arguments: unknown names are refused, so that a misspelt filter can't widen a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)


A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True, slots=True)
class Tool(Generic[A]):
    """`run` gets the services, the turn (whose audience it must pass on) and the checked arguments."""

    name: str
    description: str
    arguments: type[A]
    run: Callable[[Services, Turn, A], Output]
    doing: str

    def call(self, services: Services, turn: Turn, args: dict[str, Any]) -> tuple[str, int]:
        """Run it and record the call in the turn; a ToolError becomes part of the record, never an exception."""
        started = time.perf_counter()
        with turn.step(self.name, self.doing) as failed:
            shown, output, error = self._tried(services, turn, args)
            if error is not None:
                failed()
        call = Call(self.name, shown, time.perf_counter() - started, output, error)
        return content(call), turn.record(call)

    def refuse(self, turn: Turn, args: dict[str, Any], error: ToolError) -> tuple[str, int]:
        """Record a call that is not made."""
        call = Call(self.name, dict(args), 0.0, error=error)
        return content(call), turn.record(call)

    def _tried(
        self, services: Services, turn: Turn, args: dict[str, Any]
    ) -> tuple[dict[str, Any], Output | None, ToolError | None]:
        """The arguments as they are shown, and the output or why there is none."""
        if MALFORMED in args:
            return {}, None, BadInput(f"{self.name}: the arguments were not a JSON object; send them again as one.")
        if len(str(args)) > LONGEST_ARGUMENTS:
            return (
                {},
                None,
                BadInput(f"{self.name}: the arguments are too long; {LONGEST_ARGUMENTS:,} characters at most."),
            )
        shown = dict(args)
        try:
            checked = self.arguments.model_validate(args)
            shown = checked.model_dump(mode="json", exclude_defaults=True)
            return shown, self.run(services, turn, checked), None
        except ToolError as failure:
            return shown, None, failure
        except ValidationError as failure:
            return dict(args), None, misfit(self.name, failure)
        except Exception:  # a fault of ours must not take the other calls of the question with it
            log.exception("The tool %s failed.", self.name)
            return shown, None, ToolError(f"The tool {self.name} failed on my side; it has been logged.")


def content(call: Call) -> str:
    """What the model reads of a call, as JSON: exact figures and passages, or the error's sentence."""
    if call.error is not None:
        body: dict[str, Any] = {"error": str(call.error), "status": call.error.status}
        if isinstance(call.error, Unknown) and call.error.nearest:
            body["nearest"] = list(call.error.nearest)
        if isinstance(call.error, NeedsChoice) and call.error.options:
            body["options"] = list(call.error.options)
        return json.dumps(body, ensure_ascii=False)
    assert call.output is not None
    result = call.output.result
    body = {
        "summary": result.summary,
        "figures": [{"label": f.label, "value": plain(f.value), "unit": f.unit} for f in result.figures],
    }
    if result.table is not None:
        rows = [[json_cell(cell) for cell in row] for row in result.table.rows[:MOST_ROWS_TO_MODEL]]
        body["table"] = {"columns": list(result.table.columns), "rows": rows, "of_rows": len(result.table.rows)}
    for name, value in (("assumptions", result.assumptions), ("warnings", result.warnings)):
        if value:
            body[name] = list(value)
    if result.data_through:
        body["data_through"] = result.data_through.isoformat()
    if call.output.sources:
        body["sources"] = [source.to_json() for source in call.output.sources]
    return json.dumps(body, ensure_ascii=False)


def misfit(tool: str, error: ValidationError) -> BadInput:
    """Which argument does not fit, and why; a name that does not exist is named, too."""
    first = error.errors()[0]
    return BadInput(f"{tool}: {'.'.join(map(str, first['loc']))}: {first['msg']}.")
