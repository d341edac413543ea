"""One call of a chat model: tried again after growing pauses, then made of the second model, all within a time."""

from __future__ import annotations

import contextvars
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any, cast

from bot.agent.meter import Meter, price_of, usage_of
from bot.agent.toolbox.tool import MALFORMED
from bot.agent.turn import Spent, Turn

if TYPE_CHECKING:
    from langchain.agents.middleware.types import ModelRequest, ModelResponse
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
FIRST_PAUSE = 0.5
# Answered by a server that did not do the work: another try may succeed.
PASSING = frozenset({408, 409, 425, 429}) | frozenset(range(500, 600))
REFUSED = frozenset({"refusal", "content_filter"})
MOST_MALFORMED = 1


@dataclass(frozen=True, slots=True)
class Named:
    """A chat model and its `provider:name`."""

    name: str
    model: BaseChatModel


class ModelFault(Exception):
    """A model gives no usable answer; the text says what it did ("did not answer (HTTP 529)")."""


@dataclass
class Failover:
    """The models of one question, in order. `seconds` is how long all calls of the question may take together, one call
    at most `timeout`; with a second model the first gets half of what is left. Not shared between questions."""

    models: Sequence[Named]
    turn: Turn
    timeout: float
    seconds: float
    meter: Meter | None = None
    sleep: Callable[[float], None] = time.sleep
    notes: list[str] = field(default_factory=list)
    _at: int = 0
    _malformed: int = 0
    _answers: list[tuple[str, AIMessage | None]] = field(default_factory=list)
    _started: float = field(default_factory=time.monotonic)

    @property
    def name(self) -> str:
        """The model whose turn it is."""
        return self.models[self._at].name

    @property
    def spent(self) -> Spent:
        """What the calls so far cost. An answer without usage, or of a model without a price, makes it unknown."""
        usages = [(name, usage_of(message)) for name, message in self._answers]
        known = [usage for _, usage in usages if usage is not None]
        prices = [None if usage is None else price_of(usage, name, self.turn.question.today) for name, usage in usages]
        return Spent(
            self.name,
            sum(usage.input_tokens for usage in known),
            sum(usage.cached_input_tokens for usage in known),
            sum(usage.output_tokens for usage in known),
            None if None in prices else sum((price for price in prices if price is not None), Decimal(0)),
        )

    def __call__(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]
    ) -> ModelResponse[Any]:
        """The answer of the first model that gives one; ModelFault of the last, CapReached where no call fits."""
        while True:
            last = self._at + 1 == len(self.models)
            try:
                response = self._tried(request, handler, last)
                fault = None if last else _emptiness(_answer(response))
                if fault is None:
                    return response
            except ModelFault as failure:
                if last:
                    raise
                fault = str(failure)
            self.notes.append(f"The model {self.name} {fault}; {self.models[self._at + 1].name} was asked instead.")
            self._at += 1
            self._malformed = 0

    def _tried(
        self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]], last: bool
    ) -> ModelResponse[Any]:
        now = time.monotonic()
        until = now + (self._started + self.seconds - now) / (1 if last else 2)
        for attempt in count(1):
            try:
                return self._called(request, handler, min(self.timeout, until - time.monotonic()))
            except ModelFault:
                raise
            except _Failed as failed:
                pause = max(FIRST_PAUSE * 2 ** (attempt - 1) * (1 + random.random() / 4), failed.retry_after)
                over = attempt == MOST_ATTEMPTS or time.monotonic() + pause >= until
                if not failed.passing or over:
                    raise ModelFault(f"did not answer {failed.why}") from failed.__cause__
                self.sleep(pause)
        raise AssertionError("count() does not end")

    def _called(
        self,
        request: ModelRequest[Any],
        handler: Callable[[ModelRequest[Any]], ModelResponse[Any]],
        seconds: float,
    ) -> ModelResponse[Any]:
        if seconds <= 0:
            raise ModelFault("did not answer in time")
        chosen = self.models[self._at]
        key = self.meter.hold(chosen.name, request.messages, _other(request)) if self.meter else ""
        message, billed = None, True
        try:
            with self.turn.step("", "Thinking"):
                response = within(seconds, lambda: handler(request.override(model=chosen.model)))
            message = _answer(response)
        except Exception as error:
            failed = _Failed(error)
            billed = failed.status is None and failed.reached
            log.warning("The model %s did not answer %s", chosen.name, failed.why)
            raise failed from error
        finally:
            if billed:
                self._answers.append((chosen.name, message))
            if self.meter:
                self.meter.settle(key, message, chosen.name) if billed else self.meter.drop(key)
        return self._mended(response, message)

    def _mended(self, response: ModelResponse[Any], message: AIMessage) -> ModelResponse[Any]:
        """Arguments that are not JSON become a call that its tool refuses with a sentence; a second time is a fault."""
        if not message.invalid_tool_calls:
            return response
        self._malformed += 1
        if self._malformed > MOST_MALFORMED:
            raise ModelFault("sent arguments that cannot be read")
        refused = [
            {"name": call["name"] or "unknown", "args": {MALFORMED: True}, "id": call["id"], "type": "tool_call"}
            for call in message.invalid_tool_calls
        ]
        calls = {"tool_calls": [*message.tool_calls, *refused], "invalid_tool_calls": []}
        response.result[-1] = message.model_copy(update=calls)
        return response


class _Failed(Exception):
    """A call that raised. `status` is the HTTP status of the provider's answer, None where none came; `reached` is
    False where there was not even a connection."""

    def __init__(self, error: Exception) -> None:
        kinds = {kind.__name__ for kind in type(error).__mro__}
        self.status = _status(error)
        timed_out = any("Timeout" in kind for kind in kinds)
        broken = any("Connect" in kind or kind in {"TransportError", "OSError"} for kind in kinds)
        self.passing = self.status in PASSING if self.status is not None else timed_out or broken
        self.why = "in time" if timed_out else f"({type(error).__name__})"
        if self.status is not None:
            self.why = f"(HTTP {self.status})"
        self.reached = "ConnectError" not in {type(cause).__name__ for cause in _causes(error)}
        self.retry_after = _retry_after(error)
        super().__init__(self.why)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def within(seconds: float, call: Callable[[], Any]) -> Any:
    """What `call` returns or raises; TimeoutError after `seconds`, when it is left to end by itself."""
    outcome: list[tuple[Any, BaseException | None]] = []
    context = contextvars.copy_context()

    def run() -> None:
        try:
            outcome.append((context.run(call), None))
        except BaseException as error:
            outcome.append((None, error))

    thread = threading.Thread(target=run, name="outlay-model", daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise TimeoutError(f"No answer within {seconds:.1f} s.")
    value, error = outcome[0]
    if error is not None:
        raise error
    return value


def is_refusal(message: AIMessage) -> bool:
    why = str(message.response_metadata.get("finish_reason") or message.response_metadata.get("stop_reason"))
    return why in REFUSED or bool(message.additional_kwargs.get("refusal"))


def _answer(response: ModelResponse[Any]) -> AIMessage:
    return cast("AIMessage", response.result[-1])


def _emptiness(message: AIMessage) -> str | None:
    if message.tool_calls:
        return None
    return "gave no answer" if is_refusal(message) or not str(message.text).strip() else None


def _other(request: ModelRequest[Any]) -> int:
    """Characters of the system prompt and the tools."""
    return len(request.system_prompt or "") + sum(len(str(getattr(tool, "args_schema", ""))) for tool in request.tools)


def _status(error: Exception) -> int | None:
    response = getattr(error, "response", None)
    found = [getattr(error, "status_code", None), getattr(error, "code", None), getattr(response, "status_code", None)]
    if isinstance(response, dict):  # botocore
        found.append(response.get("ResponseMetadata", {}).get("HTTPStatusCode"))
    return next((status for status in found if isinstance(status, int)), None)


def _retry_after(error: Exception) -> float:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(float(headers.get("retry-after", 0)), 0.0)
    except (TypeError, ValueError):
        return 0.0
