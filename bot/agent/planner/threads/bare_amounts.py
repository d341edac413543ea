"""A number alone in a follow-up: `make it 40%`, `what about 128?`, `at 2.10`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.agent.planner.kinds import BY_TOOL
from bot.agent.planner.left_over.amounts_used import PERCENTS
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.threads.history import Earlier
from tools.money import plain

SMALL = (
    r"(?:(?:and|or|but|no|ok|what|how|about|if|make|it|that|is|was|were|with|at|use|try|say|take|assume|set|to|now|then|for"
    r"|instead|rather|only|just|please|we|had|have|need|needed|it's|its|there|are|be|would)\W+)*"
)
AFTER = r"\W*(?:(?:of\s+)?(?:them|those|these)|then|instead|rather|please|now|only|in\s+all)?\W*"
# A bare percent in a follow-up has no word beside it that says of what.
BARE_PERCENT = re.compile(rf"\W*{SMALL}~?\d+(?:\.\d+)?\s*(?:%|percent|per cent|pct){AFTER}", re.IGNORECASE)
BARE_NUMBER = re.compile(
    rf"\W*{SMALL}~?(?P<number>\d[\d,]*)(?P<scale>\s?(?:k|m|mn|million|thousand))?{AFTER}", re.IGNORECASE
)
BARE_MONEY = re.compile(
    rf"\W*{SMALL}~?[$€£]?\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>k|m|mn|million|thousand)?{AFTER}", re.I
)
SCALE = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6}
# Tools whose price of a chip hour a follow-up may give without saying that it is one.
HOURLY = frozenset({"rent_price", "training_cost", "fine_tuning_cost", "serving_cost", "rent_or_buy"})
AN_HOUR = re.compile(
    r"(?P<at>\bat|@|\bfor|\bof)\s*(?:only\s+|just\s+|about\s+)?(?P<price>(?:us)?\$\s?\d+(?:\.\d+)?|\d+\.\d+)(?![\d.,]*\s*(?:%|[kmbt]\b|percent|million"
    r"|billion|per\b|an?\b|/|\w))",
    re.IGNORECASE,
)
ALONE = re.compile(rf"\W*{SMALL}(?P<price>\$\s?\d+(?:\.\d+)?|\d+\.\d+){AFTER}", re.IGNORECASE)
# `1.75 an hour`: the price of one has no sign, as nothing else is told so.
UNSIGNED = re.compile(
    r"(?<![$€£\d.,])(?P<price>\d+(?:\.\d+)?)\s*(?:an|per|a|/)\s*(?:(?:gpu|chip)[\s-]?)?(?:hour|hr|h)\b", re.IGNORECASE
)
ON_SO_MANY = re.compile(r"(\b(?:on|with|using|across)\s+\d[\d,]*)(\s*[?.!]*)$", re.IGNORECASE)
MOST_AN_HOUR = 100
COUNTED = frozenset(
    {"rent_price", "training_cost", "fine_tuning_cost", "serving_cost", "rent_or_buy", "energy", "purchase_price"}
)
SUMS: dict[str, tuple[tuple[str, str], ...]] = {
    "price_usage": (("input_tokens", "input tokens"), ("output_tokens", "output tokens")),
    "compare_models": (("input_tokens", "input tokens"), ("output_tokens", "output tokens")),
    "project_value": (("investment", "investment"), ("benefit", "saved")),
}
OF_HOURS = ("price_per_hour", "at_most", "hours", "hours_a_day", "so_many")
WHICH = "What should be {}?"


def with_hours_price(text: str, calls: Sequence[Earlier]) -> str:
    """`text` with `an hour` after a price that can only be one of a chip hour, after an answer that rests on one."""
    if len(calls) != 1 or calls[0].tool not in HOURLY:
        return text
    if unsigned := UNSIGNED.search(text):
        return f"{text[: unsigned.start()]}${unsigned['price']} per hour{text[unsigned.end() :]}"
    held = calls[0].args.get("price_per_hour") is not None
    found = AN_HOUR.search(text)
    if found is None and (held or "$" in text):
        found = ALONE.fullmatch(text)
    if found is None or Decimal(re.sub(r"[^\d.]", "", found["price"])) >= MOST_AN_HOUR:
        return text
    said = re.sub(r"[^\d.]", "", found["price"])
    return f"{text[: found.start('price')]}${said} per hour{text[found.end('price') :]}"


def with_chips(text: str, calls: Sequence[Earlier]) -> str:
    """`text` with `GPUs` after a whole number at its end, after an answer that rests on a number of them."""
    if len(calls) != 1 or calls[0].tool not in COUNTED:
        return text
    return ON_SO_MANY.sub(lambda found: f"{found[1]} GPUs{found[2]}", text)


def bare_amount(r: Reading, calls: Sequence[Earlier]) -> list[Planned]:
    """The call before with the one number of a message that says nothing else in the place that it must be for; where
    several places may be meant, a question back; empty where the message is no bare number."""
    if len(calls) != 1 or calls[0].tool not in BY_TOOL:
        return []
    return _percent(r, calls[0]) or _number(r, calls[0])


def _percent(r: Reading, call: Earlier) -> list[Planned]:
    """`Make it 40%` takes the place of the one percentage of the call before; where it had several, a question back."""
    if len(r.percents) != 1 or not BARE_PERCENT.fullmatch(r.text):
        return []
    held = [key for key in call.args if key in PERCENTS and is_number(call.args[key])]
    value = plain(r.percents[0].value)
    if not held:
        return []
    if len(held) > 1:
        options = tuple(f"{value}% {key.replace('_', ' ')}" for key in held)
        return [Planned("ask_back", {"question": WHICH.format(f"{value}%"), "options": options})]
    if Decimal(str(call.args[held[0]])) < 0:
        value = plain(-abs(r.percents[0].value))
    return [Planned(call.tool, {**call.args, held[0]: value})]


def _number(r: Reading, call: Earlier) -> list[Planned]:
    """`What about 128?`: as many chips; `and 20M?` after a price of tokens: which side of them."""
    found = BARE_NUMBER.fullmatch(r.text)
    if found and not found["scale"] and call.tool in COUNTED and not r.periods:
        return [Planned(call.tool, {**call.args, "count": found["number"].replace(",", "")})]
    found = BARE_MONEY.fullmatch(r.text)
    told = [key for key in OF_HOURS if key in call.args]
    if found and call.tool == "spend_hours_if" and len(told) == 1 and not found["scale"]:
        return [Planned(call.tool, {**call.args, told[0]: found["number"].replace(",", "")})]
    if found is None or call.tool not in SUMS:
        return []
    value = Decimal(found["number"].replace(",", "")).scaleb(SCALE.get((found["scale"] or "").lower(), 0))
    held = [(key, words) for key, words in SUMS[call.tool] if is_number(call.args.get(key))]
    if len(held) == 1:
        return [Planned(call.tool, {**call.args, held[0][0]: plain(value)})]
    if not held:
        return []
    said = f"{'$' if call.tool == 'project_value' else ''}{value:,f}"
    options = tuple(f"{said} {words}" for _, words in held)
    return [Planned("ask_back", {"question": WHICH.format(said), "options": options})]


def is_number(value: Any) -> bool:
    try:
        return value is not None and not isinstance(value, bool) and Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False
