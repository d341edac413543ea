"""The loop of a model and its tools, compiled once: whose question it is, and which model, comes with each run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain.agents.middleware.types import ModelRequest, ModelResponse
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, SystemMessage

from bot.agent.failover import is_refusal
from bot.agent.toolbox.as_langchain import TURN, as_langchain
from bot.agent.toolbox.catalogue import all_tools
from bot.agent.turn import Turn
from bot.reply import Question

if TYPE_CHECKING:
    from langchain_core.outputs import ChatResult

    from bot.services import Services

MOST_STEPS = 16
CUT = frozenset({"length", "max_tokens"})

Handler = Callable[[ModelRequest[Any]], ModelResponse[Any]]
Ask = Callable[[ModelRequest[Any], Handler], ModelResponse[Any]]
"""How one call of a model is made: by the planner, or by a Failover."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a model said: its last text, the calls with their results before it, and every message that it cost."""

    text: str
    calls: list[AnyMessage]
    made: list[AnyMessage]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, made: list[AnyMessage]) -> Spoken:
        """A refusal counts as no text; a text that met the model's limit says so."""
        final = made[-1] if made else None
        if not isinstance(final, AIMessage):
            return cls("", made, made)
        why = str(final.response_metadata.get("finish_reason") or final.response_metadata.get("stop_reason"))
        notes = ("The answer was cut short by the model's limit on length.",) if why in CUT else ()
        return cls("" if is_refusal(final) else str(final.text), made[:-1], made, notes)


@dataclass(frozen=True, slots=True)
class _Run:
    question: Question
    ask: Ask


class Loop:
    """Over `services`. `caches` asks Anthropic to keep the tools and the prompt in its cache. Nothing of a run is kept:
    safe from several threads."""

    def __init__(self, services: Services, *, caches: bool = False) -> None:
        middleware: list[AgentMiddleware[Any, Any, Any]] = [
            _Asked(),
            ModelCallLimitMiddleware(run_limit=MOST_STEPS, exit_behavior="error"),
            ToolCallLimitMiddleware(run_limit=2 * MOST_STEPS, exit_behavior="continue"),
        ]
        if caches:
            from langchain_anthropic.middleware import AnthropicPromptCachingMiddleware

            middleware.append(AnthropicPromptCachingMiddleware(unsupported_model_behavior="ignore"))
        self._agent: Any = create_agent(
            _Chosen(),
            [as_langchain(tool, services) for tool in all_tools()],
            middleware=middleware,
            context_schema=_Run,
        )

    def run(self, turn: Turn, messages: Sequence[AnyMessage], ask: Ask) -> Spoken:
        """What is added to `messages`, which end with a human one. Raises what `ask` raises, and an error of its own
        when the model never comes to an end."""
        state = self._agent.invoke(
            {"messages": list(messages)},
            {"recursion_limit": 6 * MOST_STEPS, "configurable": {TURN: turn}},
            context=_Run(turn.question, ask),
        )
        return Spoken.of(state["messages"][len(messages) :])


def by(model: BaseChatModel) -> Ask:
    """Each call made of `model` as it is."""
    return lambda request, handler: handler(request.override(model=model))


def system_prompt(question: Question) -> str:
    """The prompt file, then the day that `today` means: what changes comes last, so that the rest can be cached."""
    text = files("bot.agent").joinpath("prompt.md").read_text("utf-8")
    return f"{text}\nToday is {question.today.isoformat()}."


class _Asked(AgentMiddleware[Any, Any, Any]):
    """Makes each call as the run says."""

    def wrap_model_call(self, request: ModelRequest[Any], handler: Handler) -> ModelResponse[Any]:
        run: _Run = request.runtime.context
        return run.ask(request.override(system_message=SystemMessage(system_prompt(run.question))), handler)


class _Chosen(BaseChatModel):
    """Stands where the run's model comes in."""

    @property
    def _llm_type(self) -> str:
        return "outlay-chosen-per-run"

    def _generate(self, *args: Any, **options: Any) -> ChatResult:
        raise NotImplementedError("A run names its model.")
