"""From a turn's calls and the text about them to a checked reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from bot.agent.grounding.check import check, feedback
from bot.agent.grounding.evidence import Evidence
from bot.agent.grounding.instructions import without_instructions
from bot.agent.grounding.links import clean_links
from bot.agent.turn import Call, Turn
from bot.reply import Reply, Step
from tools.errors import NeedsChoice, Status, ToolError
from tools.money import plain
from tools.results import Result

T = TypeVar("T")

FAILED = "Something went wrong on my side and I could not answer. It has been logged; please try again."
UNTRACED = "I could not support an answer with figures that I can trace."
# Without the figure: what has no source is not shown here either.
LEFT_OUT = "A sentence was left out because a figure in it has no source."
# Which failure a reply shows when nothing was answered.
FIRST: tuple[Status, ...] = ("denied", "clarify", "unknown", "failed")


def complaint(turn: Turn, text: str) -> str | None:
    """What to tell a model whose text holds figures without an origin; None when there are none."""
    checked = check(text, _evidence(turn))
    return None if checked.ok else feedback(checked.removed)


def reply(turn: Turn, text: str, notes: tuple[str, ...] = ()) -> Reply:
    """The text with every figure and link checked, beside the figures, tables and sources of the calls."""
    answered = [call for call in turn.calls if call.output is not None]
    failures = [call.error for call in turn.calls if call.error is not None]
    sources = tuple(dict.fromkeys(source for call in answered if call.output for source in call.output.sources))
    evidence, urls = _evidence(turn), {source.url for source in sources if source.url}
    checked = check(without_instructions(text, _instructions()) if turn.by_model else text, evidence)
    shown, links = clean_links(checked.text, urls)
    warnings = [*notes]
    if checked.removed:
        warnings.append(LEFT_OUT)
    if links:
        warnings.append("A link that is not among the sources was removed.")
    results = [call.output.result for call in answered if call.output]
    shown_figures = _unique(figure for result in _worked_out_first(answered) for figure in result.figures)
    status = status_of(turn.calls)
    if not shown.strip():
        said = [str(error) for error in failures if error.status == status]
        if turn.by_model:
            said = [clean_links(check(sentence, evidence).text, urls)[0] for sentence in said]
        shown = next((sentence for sentence in said if sentence.strip()), UNTRACED)
        status = "failed" if not results and status == "answered" else status
    days = [result.data_through for result in results if result.data_through is not None]
    return Reply(
        status=status,
        question=turn.question.text,
        text=shown.strip(),
        figures=shown_figures,
        tables=_unique(result.table for result in results if result.table is not None),
        charts=_unique(result.chart for result in results if result.chart is not None),
        sources=sources,
        assumptions=_unique(line for result in results for line in result.assumptions),
        warnings=_unique([*warnings, *(line for result in results for line in result.warnings)]),
        steps=tuple(Step(call.tool, call.args, call.seconds) for call in turn.calls),
        options=tuple(option for option in _options(failures) if not turn.by_model or _is_clean(option, evidence, urls))
        if status == "clarify"
        else (),
        data_through=min(days) if days else None,
    )


def _worked_out_first(calls: Sequence[Call]) -> list[Result]:
    """The results, one that was worked out from the headline of another before that one: it is what was asked for."""
    kept = [(call, call.output.result) for call in calls if call.output is not None]
    for at in range(len(kept) - 1, 0, -1):
        given = {str(value) for value in kept[at][0].args.values()}
        if kept[at][0].tool == "combined_amounts":
            kept.insert(0, kept.pop(at))
            continue
        base = next((i for i, (_, r) in enumerate(kept[:at]) if r.figures and plain(r.figures[0].value) in given), None)
        if base is not None:
            kept.insert(base, kept.pop(at))
    return [result for _, result in kept]


def status_of(calls: Iterable[Call]) -> Status:
    """Answered when any call gave a result; else the gravest of the failures."""
    made = list(calls)
    if not made or any(call.output is not None for call in made):
        return "answered"
    statuses = {call.error.status for call in made if call.error is not None}
    return next((status for status in FIRST if status in statuses), "failed")


def refusal(turn: Turn, sentence: str) -> Reply:
    """A question that can't be taken as it is."""
    return Reply(status="clarify", question=turn.question.text[:500], text=sentence)


def failure(turn: Turn, sentence: str = FAILED) -> Reply:
    return Reply(status="failed", question=turn.question.text, text=sentence)


def _options(failures: Iterable[ToolError]) -> tuple[str, ...]:
    return _unique(option for error in failures if isinstance(error, NeedsChoice) for option in error.options)


def _is_clean(text: str, evidence: Evidence, urls: set[str]) -> bool:
    return check(text, evidence).ok and not clean_links(text, urls)[1]


def _evidence(turn: Turn) -> Evidence:
    """Results, cited passages, the question, and what errors say (nearest names, the data's span)."""
    outputs = [call.output for call in turn.calls if call.output is not None]
    sources = [source for output in outputs for source in output.sources]
    return Evidence.of(
        [output.result for output in outputs],
        [
            *(passage for output in outputs for passage in output.passages),
            *(f"{source.title} {source.publisher} {source.quote}" for source in sources),
            *(_told(call, turn.by_model) for call in turn.calls if call.error is not None),
        ],
        turn.question.text,
        today=turn.question.today,
        dates=[source.published_on for source in sources],
    )


def operands(turn: Turn) -> Evidence:
    """What a chat model may calculate with: results of this question, the question, and the conversation before it."""
    results = [call.output.result for call in turn.calls if call.output is not None]
    return Evidence.of(results, turn.earlier, turn.question.text, today=turn.question.today)


@cache
def _instructions() -> str:
    return files("bot.agent").joinpath("prompt.md").read_text("utf-8")


def _told(call: Call, by_model: bool) -> str:
    """What an error says. Arguments that a chat model chose are its own words and no origin of a figure, also where the
    error repeats them."""
    said = str(call.error)
    if by_model:
        for word in sorted(_words(call.args), key=len, reverse=True):
            said = said.replace(word, " ")
    return said


def _words(value: Any) -> Iterator[str]:
    """Every text and number in the arguments of a call, and the arguments' names."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield str(name)
            yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)
    elif not isinstance(value, bool) and value is not None and str(value).strip():
        yield str(value)


def _unique(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
