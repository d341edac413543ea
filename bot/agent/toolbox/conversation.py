"""What the agent does when no figure is to be had: ask back, say that it does not know, say what it can do."""

from __future__ import annotations

from typing import Literal

from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Output, Turn
from bot.services import Services
from tools.errors import NeedsChoice, Unknown
from tools.results import Result

CAPABILITIES = (
    "I answer questions about what AI costs: model prices and comparisons, our own spend by team, provider, service "
    "or model and what changed it, GPU rents, training, serving and project calculations, and indexed news and "
    "reports with their sources."
)


class AskBack(Arguments):
    question: str
    options: tuple[str, ...] = ()


class SayUnknown(Arguments):
    reason: str


class Nothing(Arguments):
    pass


class SmallTalk(Arguments):
    kind: Literal["thanks", "noted", "greeting"] = "noted"


SAID = {
    "thanks": "You are welcome.",
    "noted": "All right.",
    "greeting": f"Hello. {CAPABILITIES}",
}


def _ask_back(services: Services, turn: Turn, args: AskBack) -> Output:
    raise NeedsChoice(args.question, args.options)


def _say_unknown(services: Services, turn: Turn, args: SayUnknown) -> Output:
    raise Unknown(args.reason)


def _small_talk(services: Services, turn: Turn, args: SmallTalk) -> Output:
    return Output(Result(summary=SAID[args.kind]))


def _about(services: Services, turn: Turn, args: Nothing) -> Output:
    return Output(Result(summary=CAPABILITIES))


TOOLS = (
    Tool(
        "ask_back",
        "Ask the person one short question when a needed value is missing or two readings fit. Give short options.",
        AskBack,
        _ask_back,
        "Checking what is meant",
    ),
    Tool(
        "say_unknown",
        "Say that no tool or source has this. Use it instead of guessing.",
        SayUnknown,
        _say_unknown,
        "Checking what is known",
    ),
    Tool("about_outlay", "What Outlay can do, for greetings and 'help'.", Nothing, _about, "Looking at what I can do"),
    Tool("small_talk", "Answer thanks, an ok or a greeting that asks nothing.", SmallTalk, _small_talk, "Answering"),
)
