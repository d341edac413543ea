"""Questions on prices and machines whose amounts are in another currency than the tables' US dollars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.agent.planner.left_over.weights import OF_PRICES
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.words.currency_words import IN_CURRENCY

TOLD = frozenset(
    {
        *("rent_price", "rent_for_budget", "training_cost", "fine_tuning_cost", "compute_budget", "cost_at_throughput"),
        *("energy", "rent_or_buy", "serving_cost"),
    }
)
"""Tools that work in the currency of the prices that they are given."""
IN_DOLLARS = frozenset({"purchase_price", "accelerator_value", "rent_history"})
SENTENCE = "My prices are in US dollars and I hold no exchange rate. How much is {said} in US dollars?"
ASKED = (
    "The prices that I know are in US dollars, and I hold no exchange rate to tell them in {code}. "
    "Shall I tell them in US dollars?"
)


def in_currency(r: Reading, calls: Sequence[Planned]) -> list[Planned]:
    """The calls, told in the currency of the question where all its amounts are of one; or one question back."""
    other = [a for a in r.money if a.unit not in {None, "USD"}]
    tools = {call.tool for call in calls if not call.after}
    dollars = {tool for tool in tools if tool in IN_DOLLARS or tool.startswith(OF_PRICES)}
    if not tools or not tools <= TOLD | dollars:
        return list(calls)
    if not other:
        codes = {str(found.lastgroup) for found in IN_CURRENCY.finditer(r.text)} - {"USD"}
        if not r.money and codes:
            return [Planned("ask_back", {"question": ASKED.format(code=" or ".join(sorted(codes)))})]
        return list(calls)
    if dollars or len({a.unit for a in r.money}) > 1:
        return [Planned("ask_back", {"question": SENTENCE.format(said=other[0].text)})]
    code = str(other[0].unit)
    return [replace(call, args={**call.args, "currency": code}) if call.tool in TOLD else call for call in calls]
