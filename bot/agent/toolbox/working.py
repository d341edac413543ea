"""Tools on the answer itself: where its figures come from, and the same answer in another form.

They speak of the calls made before them for the same question, so that what may be seen is checked anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from bot.agent.toolbox.arguments import ISO_SPAN, read_period
from bot.agent.toolbox.tool import Arguments, Tool
from bot.agent.turn import Call, Output, Turn
from bot.services import Services
from tools.errors import Unknown
from tools.period import day_shown
from tools.results import Cell, Chart, Figure, Result, Series, Table, listed

if TYPE_CHECKING:
    from datetime import date

About = Literal["origin", "assumptions", "taxes", "credits"]
Form = Literal["table", "csv", "chart", "short", "plain"]
NOTHING_BEFORE = "There is no answer before this one in this conversation."
MOST_BARS = 20
COSTS = {
    "effective": "Effective cost is what the usage cost after discounts, with what was paid in advance spread over its "
    "term, and with taxes, credits and refunds as they were charged (credits and refunds are negative).",
    "billed": "Billed cost is what the invoices charge in that period, with taxes, credits and refunds.",
    "list": "List cost is what the usage would have cost at public prices, before any discount.",
    "contracted": "Contracted cost is what the usage costs at the negotiated prices, before commitments and credits.",
}
ALL_CHARGES = "usage, purchases, taxes, credits, refunds and corrections"
AT_LIST = "These are list prices: tax, credits and discounts of your own are not in them."
COUNTS_NEITHER = "The calculation counts neither tax nor credits."


class Working(Arguments):
    about: About = "origin"


class Again(Arguments):
    form: Form


def _working(services: Services, turn: Turn, args: Working) -> Output:
    calls = _answered(turn)
    if args.about in {"taxes", "credits"}:
        return Output(Result(summary=" ".join(dict.fromkeys(_included(call, args.about) for call in calls))))
    assumed = tuple(dict.fromkeys(line for call in calls if call.output for line in call.output.result.assumptions))
    if args.about == "assumptions":
        said = f"It assumes: {'; '.join(line.rstrip('.') for line in assumed)}." if assumed else ""
        kinds = " ".join(dict.fromkeys(COSTS[_cost(call)] for call in calls if _of_ledger(call)))
        nothing = "Nothing was assumed beyond what you asked and what the figures' sources say."
        return Output(Result(summary=" ".join(part for part in (said, kinds) if part) or nothing, assumptions=assumed))
    rows: list[tuple[Cell, ...]] = []
    said_of: list[str] = []
    for call in calls:
        said_of.append(_origin(services, turn, call))
        rows += [(call.tool, *row) for row in _rows(call, turn)]
    table = Table("How this was worked out", ("Step", "Item", "Value"), tuple(rows))
    return Output(Result(summary=" ".join(dict.fromkeys(said_of)), table=table, assumptions=assumed))


def _answered(turn: Turn) -> list[Call]:
    """The calls of this question that gave a result, before the one under way."""
    calls = [call for call in turn.calls if call.output is not None]
    if not calls:
        raise Unknown(NOTHING_BEFORE)
    return calls


def _of_ledger(call: Call) -> bool:
    from bot.agent.toolbox.catalogue import reads_spend

    return reads_spend(call.tool)


def _cost(call: Call) -> str:
    return str(call.args.get("cost", "effective"))


def _included(call: Call, about: str) -> str:
    if _of_ledger(call):
        kept = call.args.get("charge_kind")
        left_out = [str(item).partition("=")[2] for item in call.args.get("without", ()) if "charge" in str(item)]
        if kept:
            return f"Only {listed([str(kind) for kind in kept])} are counted there."
        but = f" except {listed(left_out)}" if left_out else ""
        return f"{_cost(call).capitalize()} cost here counts every kind of charge{but}: {ALL_CHARGES}."
    assert call.output is not None
    priced = any(
        "list price" in line.casefold() for line in (call.output.result.summary, *call.output.result.assumptions)
    )
    return AT_LIST if priced else COUNTS_NEITHER


def _origin(services: Services, turn: Turn, call: Call) -> str:
    """One call in a sentence or two: what it read, for what, how fresh that is."""
    assert call.output is not None
    result = call.output.result
    given = listed(_arguments(call.args, turn), 12)
    asked = f", asked for {given}" if given else ""
    if _of_ledger(call):
        through = f" through {day_shown(result.data_through)}" if result.data_through else ""
        return f"It is summed by {call.tool} from {_files(services, turn)}{through}{asked}. {COSTS[_cost(call)]}"
    if call.output.sources:
        titles = listed(
            list(dict.fromkeys(f"“{source.title}” ({source.publisher})" for source in call.output.sources)), 4
        )
        return f"It is quoted from {titles}."
    days = sorted({figure.as_of for figure in result.figures if figure.as_of is not None})
    dated = f", on data of {_day(days)}" if days else ""
    parts = [figure for figure in result.figures[1:] if figure.unit == result.figures[0].unit] if result.figures else []
    made = f" It is made up of {listed([f'{f.label.lower()} {_shown(f)}' for f in parts], 6)}." if parts else ""
    return f"It is worked out by {call.tool}{asked}{dated}.{made}"


def _day(days: Sequence[date]) -> str:
    return day_shown(days[0]) if len(days) == 1 else f"{day_shown(days[0])} to {day_shown(days[-1])}"


def _shown(figure: Figure) -> str:
    if len(figure.unit) == 3 and figure.unit.isupper():
        from tools.money import Money

        return Money(figure.value, figure.unit).shown()
    return f"{figure.value:,f} {figure.unit}".strip()


def _files(services: Services, turn: Turn) -> str:
    """The imported files by name for who may see all; a file's name may tell of a team."""
    from tools.ledger.storing.store import folder, read_manifest

    if not turn.audience.sees_all:
        return "the imported billing exports"
    names = [source.file for source in read_manifest(folder(services.home)).sources]
    return f"the imported billing exports ({listed(names, 6)})" if names else "the imported billing exports"


def _arguments(args: Mapping[str, Any], turn: Turn) -> list[str]:
    """The arguments in words: `team search`, `period October 2026`."""
    found = []
    for key, value in args.items():
        if value in (None, (), [], "", False):
            continue
        name = key.replace("_", " ")
        if isinstance(value, str) and ISO_SPAN.fullmatch(value):
            period = read_period(value, turn, None)
            found.append(f"{name} {period.shown() if period else value}")
        elif isinstance(value, list | tuple):
            found.append(f"{name} {listed([_text(item) for item in value])}")
        else:
            found.append(name if value is True else f"{name} {_text(value)}")
    return found


def _text(value: object) -> str:
    try:
        return f"{Decimal(str(value)):,f}"
    except ArithmeticError:
        return str(value)


def _rows(call: Call, turn: Turn) -> list[tuple[Cell, ...]]:
    assert call.output is not None
    result = call.output.result
    rows: list[tuple[Cell, ...]] = [("asked for", text) for text in _arguments(call.args, turn)]
    rows += [
        (f"{figure.label} ({figure.unit})" if figure.unit else figure.label, figure.value) for figure in result.figures
    ]
    rows += [("assumed", line) for line in result.assumptions]
    if result.data_through:
        rows.append(("data through", result.data_through))
    rows += [("source", f"{source.title}, {source.publisher}, {source.url}") for source in call.output.sources]
    return rows


def _again(services: Services, turn: Turn, args: Again) -> Output:
    results = [call.output.result for call in _answered(turn) if call.output]
    if args.form == "short":
        return Output(Result(summary=" ".join(_first_sentence(result.summary) for result in results)))
    if args.form == "plain":
        return Output(_plainly(_answered(turn)))
    if args.form == "chart":
        return Output(_charted(results))
    tables = [result.table for result in results if result.table is not None]
    made = () if tables else (_as_table(results),)
    rows = sum(len(table.rows) for table in (*tables, *made))
    lines = f"{rows} row{'s' * (rows != 1)}"
    said = f"As CSV, {lines}." if args.form == "csv" else f"As a table, {lines}."
    return Output(Result(summary=said, table=made[0] if made else None))


def _first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence, not one in a number or an abbreviation."""
    found = re.match(r".+?[.!?](?=\s+[A-Z]|$)", text.strip(), re.DOTALL)
    return found[0] if found else text


def _plainly(calls: Sequence[Call]) -> Result:
    """The summaries with what their words mean."""
    said = [call.output.result.summary for call in calls if call.output]
    meant = [COSTS[_cost(call)] for call in calls if _of_ledger(call)]
    assumed = [line for call in calls if call.output for line in call.output.result.assumptions[:2]]
    resting = f"It rests on: {'; '.join(line.rstrip('.') for line in dict.fromkeys(assumed))}." if assumed else ""
    return Result(" ".join(part for part in (*dict.fromkeys(said), *dict.fromkeys(meant), resting) if part))


def _as_table(results: Sequence[Result]) -> Table:
    rows = tuple((figure.label, figure.value, figure.unit) for result in results for figure in result.figures)
    if not rows:
        raise Unknown("That answer has no figures to put in a table.")
    return Table("Figures", ("Figure", "Value", "Unit"), rows)


def _charted(results: Sequence[Result]) -> Result:
    """The chart that the answer has, or bars of its table or of its figures in one unit."""
    if any(result.chart is not None for result in results):
        return Result(summary="Drawn as a chart.")
    figures = [figure for result in results for figure in result.figures]
    unit = figures[0].unit if figures else ""
    bars = list({figure.label: figure for figure in figures if figure.unit == unit}.values())[:MOST_BARS]
    if len(bars) < 2:
        raise Unknown("There is nothing to draw: that answer is one figure. Ask for it by month, by team or by model.")
    values = Series(unit, tuple(figure.value for figure in bars))
    chart = Chart("bar", bars[0].label, unit, tuple(figure.label for figure in bars), (values,))
    return Result(summary="Drawn as a chart.", chart=chart)


TOOLS = (
    Tool(
        "show_working",
        "Where the figures of this question's earlier calls come from: data, arguments, assumptions, what is included. "
        "For 'how do you know?', 'source?', 'does that include tax?'. Make the call that gives the answer again first.",
        Working,
        _working,
        "Tracing the figures",
    ),
    Tool(
        "show_again",
        "The results of this question's earlier calls in another form: table, csv, chart, short or plain words. Make "
        "the call that gives the answer again first.",
        Again,
        _again,
        "Putting it in another form",
    ),
)
