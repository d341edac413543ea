"""Where and how accelerators are rented: at which provider, in which region, on demand, spot or reserved."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.agent.planner.intents.chips.chips_named import bare
from bot.agent.planner.plan import Args
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from bot.agent.slots.units import unit_named
from tools.hardware.offers import ALIASES as PROVIDER_ALIASES
from tools.hardware.offers import load_offers, provider_key

PRICING = (
    ("spot", re.compile(r"\b(?:spot|pre-?emptible|interruptible)\b", re.IGNORECASE)),
    ("reserved_3y", re.compile(
        r"\b(?:3|three)[\s-]?(?:y\b|yr|year)s?\b.{0,30}?\b(?:reserv|commit|term|plan)\w*|reserv\w*.{0,20}\b(?:3"
        r"|three)[\s-]?(?:y\b|year)", re.IGNORECASE,
    )),
    ("reserved_1y", re.compile(r"\breserv\w*|\bcommit\w*", re.IGNORECASE)),
    ("on_demand", re.compile(r"\bon[\s-]?demand\b|\bpay as you go\b", re.IGNORECASE)),
)  # fmt: skip
BOTH_TERMS = re.compile(
    r"\b(?:1|one)[\s-]?(?:y|yr|year)\b.{0,60}?\b(?:3|three)[\s-]?(?:y|yr|year)\b|\b(?:3|three)[\s-]?(?:y|yr|year)\b.{0,60}?\b(?:1|one)[\s-]?(?:y|yr|year)\b",
    re.IGNORECASE,
)
PATTERN_OF_REGIONS = re.compile(
    r"\b(?:(?:us|eu|ap|sa|ca|me|af|il|uk)-(?:gov-)?(?:north|south|east|west|central)\w*-?\d|(?:us|europe|asia)-\w+\d"
    r"|(?:east|west|north|south|central)(?:us|europe|asia)\d?)\b",
    re.IGNORECASE,
)
SECOND_PART = re.compile(r"(?<=.)(central|north|south|east|west|us|europe)(?=\d|$)")
CLOUDS = (
    ("AWS", re.compile(r"(?:p[2-6]|g[4-7]|trn\d|inf\d)\w*[.-]", re.IGNORECASE)),
    ("Google Cloud", re.compile(r"a[23]-|g2-", re.IGNORECASE)),
    ("Azure", re.compile(r"standard_|n[cdv]\d", re.IGNORECASE)),
)
TERM = re.compile(
    r"\b(?:\d+|an?|one|three|two|five)[\s-]?(?:y|yr|year|month)s?[\s-]+"
    r"(?:reserv|commit|term|plan|contract|ri\b|savings)\w*",
    re.IGNORECASE,
)
TERM_AFTER = re.compile(
    r"\b(?:reserv|commit)\w*[\s,:(-]+(?:for\s+)?(?:\d+|an?|one|three)[\s-]?(?:y|yr|year)s?\b", re.IGNORECASE
)
PRECISION = re.compile(r"(?:fp|bf|tf|int|nvfp|mxfp)\d{1,2}", re.IGNORECASE)
BOXES = re.compile(r"dgx|hgx", re.IGNORECASE)
PLACED = re.compile(r"\b(?:at|on|from|with|via|through|by|in|using)\s+(?:the\s+)?$", re.IGNORECASE)


def pricing_kinds(r: Reading) -> list[str]:
    """The pricing models named, each once."""
    kinds = [name for name, pattern in PRICING if pattern.search(r.text)]
    if BOTH_TERMS.search(r.text):
        return [*(kind for kind in kinds if not kind.startswith("reserved")), "reserved_1y", "reserved_3y"]
    return [kind for kind in kinds if kind != "reserved_1y"] if "reserved_3y" in kinds else kinds


def placed_at(r: Reading) -> Args:
    """The region and the first provider that are named, or the cloud whose instance is; a name that stands as a place
    does counts, too, so that an unknown provider is said to be unknown."""
    args: Args = {}
    if region := region_named(r.text):
        args["region"] = region
    hosts = renters(r)
    unread = [
        u
        for u in r.unread
        if not (BOXES.fullmatch(u.name) or PRECISION.fullmatch(u.name))
        and not u.team
        and u.name[0].isalpha()
        and unit_named(u.name) is None
    ]
    named = [u.name for u in unread if _placed(r, u.start) and not region_named(u.name)]
    cloud = next((c for c, names in CLOUDS if r.accelerators and names.match(bare(r.accelerators[0].text))), None)
    if hosts:
        args["provider"] = hosts[0]
    elif named:
        args["provider"] = named[0]
    elif cloud:
        args["provider"] = cloud
    return args


def of_a_term(r: Reading, amount: Amount) -> bool:
    """Whether an amount is how long a reservation runs: `3-year reserved`."""
    if amount.unit not in {"year", "month", None}:
        return False
    if any(match.start() <= amount.start < match.end() for match in BOTH_TERMS.finditer(r.text)):
        return True
    terms = (*TERM.finditer(r.text), *TERM_AFTER.finditer(r.text))
    return any(match.start() <= amount.start < match.end() for match in terms)


def region_named(text: str) -> str | None:
    """The cloud region that is named, lower case: one on record, or one that looks like it."""
    found = _regions().search(text) or PATTERN_OF_REGIONS.search(text)
    if found:
        return found[0].lower()
    for region, spelt in _spoken_regions().items():
        if spelt.search(text):
            return region
    return next((region for region, land in _lands().items() if land.search(text)), None)


@lru_cache(maxsize=1)
def _regions() -> re.Pattern[str]:
    names = {offer.region.casefold() for offer in load_offers() if offer.region}
    joined = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


def region_parts(region: str) -> list[str]:
    """The words that a region's name is written in: sweden and central of swedencentral."""
    return [part for part in SECOND_PART.split(region) if part]


@lru_cache(maxsize=1)
def _spoken_regions() -> dict[str, re.Pattern[str]]:
    """Regions on record whose names are written in parts: `sweden central` is swedencentral."""
    names = {offer.region.casefold() for offer in load_offers() if offer.region.isalnum()}
    parts = {name: SECOND_PART.sub(r"[\\s-]+\1", name) for name in names}
    spoken = {name: spelt for name, spelt in parts.items() if spelt != name}
    return {name: re.compile(rf"(?<![\w-]){spelt}(?![\w-])", re.IGNORECASE) for name, spelt in spoken.items()}


@lru_cache(maxsize=1)
def _lands() -> dict[str, re.Pattern[str]]:
    """Regions on record by the country in their names, where there is one region of it: Sweden is swedencentral."""
    names = {offer.region.casefold() for offer in load_offers() if offer.region.isalpha()}
    lands = [(region_parts(name)[0], name) for name in names if len(region_parts(name)) == 2]
    alone = {land: name for land, name in lands if len(land) > 5 and [one for one, _ in lands].count(land) == 1}
    return {name: re.compile(rf"(?<![\w-]){land}(?![\w-])", re.IGNORECASE) for land, name in alone.items()}


def _placed(r: Reading, start: int) -> bool:
    """Whether a name stands as a provider's does: after `at` or `on`, or, capitalised, right before an accelerator."""
    if PLACED.search(r.text[:start]) is not None:
        return True
    beside = any(re.fullmatch(r"[\w.-]+(?:['’]s)?\s+", r.text[start : m.start]) for m in r.accelerators)
    return r.text[start].isupper() and beside


@lru_cache(maxsize=1)
def _renters() -> re.Pattern[str]:
    names = {*(offer.provider.casefold() for offer in load_offers()), *PROVIDER_ALIASES}
    joined = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


def renters(r: Reading) -> tuple[str, ...]:
    """The providers named that rent accelerators out, each once, and those of the ledger that are named."""
    said = list(_renters().findall(r.text))
    keys = {provider_key(name) for name in said}
    return tuple(dict.fromkeys([*said, *(name for name in r.of("provider") if provider_key(name) not in keys)]))
