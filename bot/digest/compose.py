"""The weekly digest as a reply: last week's spend and what moved it, month to date, anomalies, cited stories."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reply import Reply, Source, Step
from tools.errors import Denied, ToolError, Unknown
from tools.ledger.audience import Audience
from tools.period import Period, day_shown
from tools.results import Result

Spend = Callable[[Period, Audience, date], Result]
STORIES = 5
QUOTE = 240
NOT_SHOWN = "Spend is not shown in this channel."


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where a digest's figures and stories come from. Each spend function takes a period, who reads, and today;
    `change` compares the period with the equal one before. `stories(since, until, most)` gives passages published from
    `since` up to but without `until`, best first. `budgets(audience, today)` says where they stand; Unknown where none
    may be shown."""

    total: Spend
    change: Spend
    anomalies: Spend
    stories: Callable[[date, date, int], Sequence[Source]]
    budgets: Callable[[Audience, date], Result] | None = None


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    text: str
    result: Result | None = None
    step: Step | None = None


def last_week(today: date) -> Period:
    """The last complete week, Monday to Sunday, before today."""
    monday = today - timedelta(today.weekday())
    return Period(monday - timedelta(7), monday)


def compose(inputs: Inputs, audience: Audience, today: date) -> Reply:
    """What the readers of one channel may see. A section that has no data says so; one that may not be shown is not
    mentioned. Status `unknown` when there is neither a figure nor a story."""
    week = last_week(today)
    to_date = today.day > 1
    month = Period(today.replace(day=1), today) if to_date else Period.last_month(today)
    heading = "Month to date" if to_date else "Last month"
    asked = [
        ("spend_change", "Against the week before", inputs.change, week),
        ("spend_total", heading, inputs.total, month),
        ("anomalies", "Anomalies", inputs.anomalies, week),
    ]
    sections = [] if audience.sees_nothing else [_section(*one, audience, today) for one in asked]
    if inputs.budgets is not None and not audience.sees_nothing:
        sections.insert(2, _budgets(inputs.budgets, audience, today))
    sections = [section for section in sections if section.text] or [_Section("Spend", NOT_SHOWN)]
    sources = _cited(inputs, week)
    results = [section.result for section in sections if section.result is not None]
    title = f"**Spend, week of {week.shown()}**"
    through = min((r.data_through for r in results if r.data_through is not None), default=None)
    fresh = f"Billing data through {day_shown(through)}." if through else ""
    parts = [title, *(f"**{s.heading}**\n{_without(fresh, s.text)}" for s in sections), fresh, _stories(sources, week)]
    first = results[0] if results else None
    return Reply(
        status="answered" if sources or any(result.figures for result in results) else "unknown",
        question=f"Digest of {week.shown()}",
        text="\n\n".join(part for part in parts if part),
        figures=tuple(figure for result in results for figure in result.figures),
        tables=tuple(result.table for result in results[:1] if result.table is not None),
        charts=(first.chart,) if first is not None and first.chart is not None else (),
        sources=tuple(sources),
        assumptions=_once(line for result in results for line in result.assumptions),
        warnings=_once(line for result in results for line in result.warnings),
        steps=tuple(section.step for section in sections if section.step is not None),
        data_through=through,
    )


def _section(tool: str, heading: str, spend: Spend, period: Period, audience: Audience, today: date) -> _Section:
    began = time.perf_counter()
    try:
        result = spend(period, audience, today)
    except Denied:
        return _Section(heading, "")
    except ToolError as error:
        return _Section(heading, str(error))
    step = Step(tool, {"period": period.shown()}, time.perf_counter() - began)
    return _Section(heading, result.summary, result, step)


def _budgets(standing: Callable[[Audience, date], Result], audience: Audience, today: date) -> _Section:
    """Where no budget is set, or none may be shown, there is nothing to say."""
    began = time.perf_counter()
    try:
        result = standing(audience, today)
    except (Denied, Unknown):
        return _Section("Budgets", "")
    except ToolError as error:
        return _Section("Budgets", str(error))
    step = Step("budget_status", {"day": today.isoformat()}, time.perf_counter() - began)
    return _Section("Budgets", result.summary, result, step)


def _without(fresh: str, text: str) -> str:
    """A digest says once how far the data goes."""
    return text.replace(f" {fresh}", "") if fresh else text


def _cited(inputs: Inputs, week: Period) -> list[Source]:
    found: dict[str, Source] = {}
    for source in inputs.stories(week.start, week.end, 4 * STORIES):
        if source.published_on is not None and week.contains(source.published_on):
            found.setdefault(source.url or source.title, source)
    return list(found.values())[:STORIES]


def _stories(sources: Sequence[Source], week: Period) -> str:
    if not sources:
        return f"**Stories**\nNo story of {week.shown()} is in the knowledge base."
    lines = [
        f"- {source.title} ({source.publisher}, {day_shown(source.published_on)}) [{number}]: “{source.quote}”"
        for number, source in enumerate(sources, 1)
        if source.published_on is not None
    ]
    return "\n".join(["**Stories**", *lines])


def _once(lines: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))  # type: ignore[call-overload]
