"""Which unit, rate and role the words beside a number give it."""

from __future__ import annotations

import re

UNITS: dict[str, str] = {
    "token": r"m?tok(?:en)?s?",
    "request": r"(?:api\s|llm\s)?(?:requests?|reqs?|rps|qps|calls?|quer(?:y|ies)|prompts|messages?|invocations?"
    r"|(?:answers|responses|replies)(?!\s+tokens?))",
    "conversation": r"conversations?|chats?|sessions?|threads?",
    "ticket": r"tickets?|cases?",
    "document": r"documents?|docs?|files?|articles?",
    "image": r"images?|pictures?",
    "page": r"pages?",
    "word": r"words?",
    "character": r"characters?|chars?",
    "GPU hour": (
        r"(?:(?:nvidia\s|amd\s)?(?:[a-z]{1,3}\d{2,4}[a-z]?|tpu\s?v\d\w?)\s(?:\d{2,3}\s?gb\s)?)?(?:gpu|chip|card|accelerator|tpu"
        r"|[hab]\d{3}|mi\d{3}[ax]?|tpu\s?v\d\w?|gb\d{3}|v100|l40s?|l4|t4|a10g?)[\s-]?(?:hours?|hrs?)"
    ),
    "kWh": r"kwh|kilowatt[\s-]?hours?",
    "MWh": r"mwh|megawatt[\s-]?hours?",
    "GWh": r"gwh|gigawatt[\s-]?hours?",
    "Wh": r"wh|watt[\s-]?hours?",
    "kilogram": r"kgs?(?:\s?co2(?:e|eq)?)?|kilograms?|kilos?",
    "gram": r"g(?:rams?)?\s?(?:of\s)?co2(?:e|eq)?|grams?|g(?=\s?/\s?kwh|\s+(?:per|a)\s+kwh)",
    "hour": r"hours?|hrs?|h",
    "minute": r"minutes?|mins?",
    "second": r"seconds?|secs?|s",
    "day": r"days?|d|daily",
    "week": r"weeks?|wks?|weekly",
    "month": r"months?|mos?|monthly",
    "quarter": r"quarters?",
    "year": r"years?|yrs?|y|annum|annually|yearly",
    "node": r"nodes?|servers?|instances?|machines?|hosts?",
    "parameter": r"param(?:eter)?s?",
    "GPU": (
        r"(?:nvidia\s|amd\s|x\s?)?(?:gpus?|chips?|cards?|accelerators?|tpus?|(?:[habvlp]\d{1,3}0?[sx]?|gb\d{3}|gh\d{3}"
        r"|mi\d{3}[ax]?|rtx\s?\d{4}|a10g|t4|trainium\d?|gaudi\s?\d?|tpu\s?v\d\w?)s?)"
    ),
    "user": r"users?|people|employees?|developers?|engineers?|customers?|heads?|ftes?",
    "seat": r"seats?|licen[cs]es?",
    "kW": r"kw|kilowatts?",
    "MW": r"mw|megawatts?",
    "W": r"w(?!/)|watts?",
    "GB": r"gi?b|gigabytes?",
    "TB": r"ti?b|terabytes?",
    "TFLOP/s": r"tflops?(?:/s)?",
    "epoch": r"epochs?",
    "team": r"teams?",
    "model": r"models?",
    "x": r"x(?!\s*\d)|times|fold",
}
_UNIT = "|".join(f"(?P<u{i}>{pattern})" for i, pattern in enumerate(UNITS.values()))
_NAMES = tuple(UNITS)
_ADJECTIVE = (
    r"(?:input|prompt|output|completion|generated|cached|uncached|cache[\s-](?:read|write|hit|creation)s?|fresh|audio|image"
    r"|text|reasoning|thinking|training|total|new|more|extra|average|active|dense|different|such"
    r"|visible|final|support|customer|chat|api|llm|model|in|out|nvidia|amd|of|our|the|working|calendar|business|complete|full|own|batch|[a-z][\w.]*(?:-[\w.]+)+|\d+\s?(?:w|kw|gb))"
)
UNIT_AFTER = re.compile(rf"\s?-?(?P<adjectives>(?:{_ADJECTIVE}[\s-]){{0,4}})(?:{_UNIT})(?![A-Za-z0-9])", re.IGNORECASE)

_GOT = (
    r"\b(?:(?:(?:of|in)\s+)?(?:savings?|benefits?|profits?|revenue|returns?)|saved|earned|gained|spent|paid|made|returned"
    r"|generated|billed|charged|back|com(?:es?|ing)\s+(?:back|in))\b"
)
PER = re.compile(
    rf"\s*(?:(?:usd|eur|gbp)\s?)?(?:{_GOT}\s+)?(?:(?P<every>/|\bper\b|\bevery\b|\beach\b|\bfor\s+each\b|\ba(?=n?\s+[A-Za-z])n?\b)\s*"
    r"(?:(?P<count>\d[\d,]*(?:\.\d+)?)?\s?(?P<scale>(?:k|m|b)\b|mm?(?=tok)|k(?=tok)|thousand|million|billion|hundred)?\s?)"
    r"(?P<what>(?:(?:input|output|prompt|completion|cached|active|audio|api|llm|customer|support|metered"
    r"|[a-z]{1,3}\d{2,4}[a-z]?(?=\s(?:gpu|chip|card|accelerator)))\s)*[A-Za-z]\w*"
    r"(?:[\s-]hours?\b|[\s-]hrs?\b|-month\b)?)(?!\w)(?!\s+(?:ago|earlier|later|before)\b)"
    r"|(?P<adverb>\b(?:hourly|daily|weekly|monthly|quarterly|yearly|annually|annual|p\.?a\.?|per\s+annum)(?!\w)))",
    re.IGNORECASE,
)
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter"}
_WHOLE_UNIT = re.compile(
    rf"(?:(?:input|output|prompt|completion|cached|active|audio|api|customer)\s)*(?:{_UNIT})", re.IGNORECASE
)


def unit_named(words: str) -> str | None:
    """The canonical unit (`token`, `request`, `GPU hour`, `month`, ...) that `words` name in full; None when none."""
    found = _WHOLE_UNIT.fullmatch(words.strip())
    return unit_of(found) if found else None


def unit_of(match: re.Match[str]) -> str:
    """The canonical unit of a match of a pattern built on `UNITS`."""
    return next(name for i, name in enumerate(_NAMES) if match[f"u{i}"] is not None)


def rate(match: re.Match[str]) -> str | None:
    """What a match of `PER` counts by, canonical: `month`, `GPU hour`, `token`; None where that word is no unit."""
    if adverb := match["adverb"]:
        return _ADVERBS.get(adverb.lower(), "year")
    what = re.sub(r"\s+", " ", match["what"])
    named = "request" if re.fullmatch(r"answer|response|reply", what, re.IGNORECASE) else unit_named(what)
    if named is None and re.search(r"[\s-](?:hours?|hrs?)$", what, re.IGNORECASE):
        return "GPU hour"
    if named is None and (first := unit_named(re.split(r"[\s-]", what)[0])):
        return first
    return named
