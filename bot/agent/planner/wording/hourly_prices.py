"""Prices of a chip's hour written without a currency or without the hour: `128 H100s at 2.49`, `a rent of 2.2`."""

from __future__ import annotations

import re

from tools.hardware.names import accelerator_mentions

CHIPS = re.compile(r"\b(?:gpus?|accelerators?|chips?|cards?)\b", re.IGNORECASE)
NUMBER = r"(?<![\w.,$€£%/:-])(?P<price>\d{1,2}(?:\.\d+)?)"
NOT_A_PRICE = (
    r"(?![\d.,]*\s*(?:%|percent|[kmbt]\b|million|billion|tokens?|tok\b|kwh|kw\b|gb|tb|w\b|watts?|x\b|times\b|years?\b))"
)
AN_HOUR = (
    r"(?:(?:\s*(?:each|apiece))?\s*(?:an|a|per|/)\s*(?:(?:gpu|chip|card|h\d00|a100|l\d+s?)[\s-]?)?(?:hour|hr|h)\b)"
)
# `at 2.4/h`, `0.5 an hour`, `2.30 per GPU hour`: nothing else is told so beside accelerators.
RATE = re.compile(rf"{NUMBER}(?P<hour>{AN_HOUR})", re.IGNORECASE)
# Where a rate follows a word that counts something else: `PUE 1.2 an hour` says no price.
OTHER = re.compile(
    r"\b(?:pue|utili[sz]ation|load|mfu|hfu|factor|for|takes?|lasts?|every)\s*(?:of|is|at|=|:)?\s*$", re.IGNORECASE
)
ENDS = (
    r"(?=\s*(?:$|[?!;)]|,(?!\d)|\.(?!\d)|(?:each|apiece|for|over|against|vs|versus|with|and|on|if|when|while|during|or|instead|rather"
    r"|to|all|round|non|per|a\s+piece|plus|at|is|what|how|comes?|cost|total|the)\b))"
)
# `A100 at 1.50`, `H100 hours are paid at 2.10 each`: with cents, so that no count is taken for one.
AT = r"(?:\bat|@)\s*(?:about\s+|around\s+|roughly\s+|only\s+)?"
AFTER_CHIP = re.compile(
    rf"(?P<between>(?:[^.;?!]|\.(?=\d)){{0,60}}?{AT})(?P<price>\d{{1,2}}\.\d{{1,4}}){ENDS}", re.IGNORECASE
)
# `a rent of 2.2`, `renting at 3.10`, `on demand at 6.98`, `the spot price is 1.4`
RENTED = re.compile(
    r"(?P<before>\b(?:rent(?:s|al|ed|ing)?|leas(?:e|ed|ing)|hir(?:e|ed|ing)|on[\s-]demand|spot|reserved)\b(?:\s+(?:it|them|one|price|rate|costs?"
    rf"|at|for|of|is|are|would|be|about|around|=|:))*\s*)(?P<price>\d{{1,2}}\.\d{{1,4}}){ENDS}",
    re.IGNORECASE,
)
# `2.60 on demand`, `1.10 spot`
KIND_AFTER = re.compile(
    r"(?<![\w.,$€£%/:-])(?P<price>\d{1,2}\.\d{1,4})(?=\s+(?:\(?on[\s-]demand|\(?spot|\(?reserved)\b)", re.IGNORECASE
)
LEAST = 0.03
# Below this a bare price beside words of electricity may be one of a kWh.
LEAST_BESIDE_POWER = 0.6
POWER = re.compile(r"\b(?:kwh|electricity|power|pue|energy)\b", re.IGNORECASE)
SIGNS = {
    "€": re.compile(r"€|\beuros?\b|\bEUR\b", re.IGNORECASE),
    "£": re.compile(r"£|\bpounds?\b|\bGBP\b", re.IGNORECASE),
}


def with_hourly_prices(text: str) -> str:
    """`text` with `$2.49 per hour` for each price of a chip's hour that lacks its currency, where accelerators are
    named, in the one currency that it names elsewhere; nothing else changes."""
    chips = accelerator_mentions(text)
    if not chips and not CHIPS.search(text):
        return text
    sign = next((sign for sign, words in SIGNS.items() if words.search(text) and "$" not in text), "$")
    least = LEAST_BESIDE_POWER if POWER.search(text) else LEAST

    def signed(match: re.Match[str]) -> str:
        before = match.string[: match.start()]
        if OTHER.search(before) or float(match["price"]) < LEAST:
            return match[0]
        return f"{sign}{match['price']}{match['hour']}"

    text = RATE.sub(signed, text)
    for chip in sorted(accelerator_mentions(text), key=lambda mention: -mention.start):
        found = AFTER_CHIP.match(text, chip.end)
        if found and float(found["price"]) >= least:
            text = f"{text[: found.start('price')]}{sign}{found['price']} per hour{text[found.end('price') :]}"
    text = KIND_AFTER.sub(lambda match: f"{sign}{match['price']} per hour", text)
    return RENTED.sub(lambda match: f"{match['before']}{sign}{match['price']} per hour", text)
