"""Replies made from random results: true ones in many roundings and phrasings, and the same with one number wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from tests.grounding.rows_told import RowsTold, rows_told
from tools.period import day_shown
from tools.results import Figure, Result, Table

TODAY = date(2026, 11, 23)
THROUGH = date(2026, 10, 31)
TEAMS = ("search", "support", "ads", "risk", "growth", "platform", "mobile", "data")
MODELS = ("gpt-4o", "gpt-4o-mini", "o3", "claude-haiku-4-5", "claude-sonnet-4-5", "gemini-2.5-pro", "llama-3.3-70b")
MONTHS = ("2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09")
SCALES = {"": 0, "k": 3, "M": 6, "bn": 9, " thousand": 3, " million": 6, " billion": 9}
MONEY = (
    "Search spent {} in October 2026.",
    "The total is **{}**.",
    "- {} went to Anthropic",
    "It comes to {}, credits counted.",
)
SHARE = ("Search has {} of it.", "Its share is {}.", "That is **{}** of the total.", "* Untagged: {}")
RATE = ("It costs {} on demand.", "The cheapest offer is {}.", "1. Rent: {}")
COUNT = ("It used {} in all.", "In October that was {}.", "> {} were counted")
UP = ("Spend rose by {}.", "That is {} more than in September 2026.", "It is up {} on September.", "An increase of {}.")
DOWN = (
    "Spend fell by {}.",
    "That is {} less than in September 2026.",
    "It is down {} on September.",
    "A decrease of {}.",
)
EITHER = ("The change against September is {}.", "Against September: {}")


@dataclass(frozen=True, slots=True)
class Claim:
    """One number in a sentence: `prefix + digits + suffix` stands in `frame`; `kind` is what it counts, `power` the
    power of ten of its scale word, `known` the value behind it."""

    frame: str
    prefix: str
    digits: str
    suffix: str
    kind: str
    power: int
    known: Decimal

    @property
    def shown(self) -> str:
        return self.prefix + self.digits + self.suffix

    @property
    def text(self) -> str:
        return self.frame.format(self.shown)

    @property
    def size(self) -> Decimal:
        return Decimal(self.digits.replace(",", "")).scaleb(self.power)

    @property
    def step(self) -> Decimal:
        return Decimal(1).scaleb(self.power - len(self.digits.partition(".")[2]))


@dataclass(frozen=True, slots=True)
class Case:
    result: Result
    claims: tuple[Claim, ...]
    table: str
    rows: RowsTold

    def text(self) -> str:
        return "\n\n".join(
            [*(claim.text for claim in self.claims), self.rows.text, self.table, f"Data through {day_shown(THROUGH)}."]
        )

    def coincides(self, claim: Claim, *, only_others: bool = False) -> bool:
        """Whether a wrong number happens to be a right rounding of another known one that counts the same; of one that
        is wrong in its direction alone, `only_others`."""
        known = [figure.value for figure in self.result.figures if figure.unit == claim.kind]
        if only_others:
            known = [value for value in known if value != claim.known]
        if self.result.table:
            columns = {"USD": 1, "%": 2, "tokens": 3}
            known += [Decimal(str(row[columns[claim.kind]])) for row in self.result.table.rows if claim.kind in columns]
        return any(2 * abs(abs(value) - claim.size) <= claim.step for value in known)


def case(rng: random.Random) -> Case:
    """A result with figures of every sort and a table, and a true reply to it."""
    spend = Decimal(rng.randrange(1_000_000, 10 ** rng.randrange(7, 13))) / 10_000
    share = Decimal(rng.randrange(100, 99_999)) / 1000
    change = Decimal(rng.choice((-1, 1)) * rng.randrange(1000, 900_000)) / 10_000
    moved = Decimal(rng.choice((-1, 1)) * rng.randrange(1_000_000, 90_000_000)) / 10_000
    rent = Decimal(rng.randrange(5000, 990_000)) / 10_000
    tokens = Decimal(rng.randrange(10_000, 10 ** rng.randrange(5, 13)))
    unit, per = rng.choice((("USD per GPU hour", " per GPU hour"), ("USD per hour", "/h"), ("USD per day", " a day")))
    figures = (
        Figure("EffectiveCost", spend, "USD", THROUGH),
        Figure("Share of search", share, "%", THROUGH),
        Figure("Change against September 2026", change, "%", THROUGH),
        Figure("Difference to September 2026", moved, "USD", THROUGH),
        Figure("Lowest price", rent, unit, THROUGH),
        Figure("Tokens", tokens, "tokens", THROUGH),
    )
    first, names = rng.choice((("Team", TEAMS), ("Model", MODELS), ("Month", MONTHS)))
    rows = tuple(
        (
            name,
            Decimal(rng.randrange(10**5, 10**10)) / 10_000,
            Decimal(rng.randrange(10, 10**5)) / 1000,
            rng.randrange(10**7),
        )
        for name in rng.sample(names, rng.randrange(3, 7))
    )
    columns = (first, "EffectiveCost (USD)", "Share (%)", "Tokens")
    result = Result(
        f"By {first.lower()}.", figures, Table(f"Spend by {first.lower()}", columns, rows), data_through=THROUGH
    )
    claims = [
        _money(rng, spend, rng.choice(MONEY)),
        _plain(rng, share, rng.choice(SHARE), "", "%", "%", (0, 1, 2)),
        _changed(rng, change, "", rng.choice(("%", " percent")), "%"),
        _changed(rng, moved, "$", "", "USD"),
        _plain(rng, rent, rng.choice(RATE), "$", per, unit, (2, 3, 4)),
        _count(rng, tokens, rng.choice(COUNT)),
    ]
    rng.shuffle(claims)
    lines = [f"| {first} | Cost (USD) | Share | Tokens |", "|---|---:|---:|---:|"]
    for name, cost, part, used in rows:
        lines.append(f"| {name} | ${_rounded(rng, cost, 2):,} | {_rounded(rng, part, 1)}% | {used:,} |")
    return Case(result, tuple(claims), "\n".join(lines), rows_told(rng, columns, rows))


def corrupted(rng: random.Random, true: Case) -> tuple[str, str, str]:
    """`(text with one number wrong, that number, how it is wrong)`, never one that another known number explains. Of
    numbers beside wrong names, the sentence in place of the number."""
    while True:
        at = rng.randrange(len(true.claims))
        how = rng.choice([*sorted(WRONGS), "row"])
        if how == "row":
            free = [figure.value for figure in true.result.figures]
            if moved := true.rows.misplaced(rng, free):
                return replace(true, rows=moved).text(), moved.text, how
            continue
        wrong = WRONGS[how](rng, true.claims[at])
        if wrong is None or wrong.text == true.claims[at].text or true.coincides(wrong, only_others=how == "direction"):
            continue
        claims = (*true.claims[:at], wrong, *true.claims[at + 1 :])
        return replace(true, claims=claims).text(), wrong.shown, how


def _rounded(rng: random.Random, value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=rng.choice((ROUND_HALF_EVEN, ROUND_HALF_UP)))


def _money(rng: random.Random, value: Decimal, frame: str) -> Claim:
    fitting = [scale for scale, power in SCALES.items() if power == 0 or value >= Decimal(1).scaleb(power)]
    scale = rng.choice(fitting)
    places = rng.choice((1, 2, 3)) if scale else rng.choice((0, 2))
    digits = f"{_rounded(rng, value.scaleb(-SCALES[scale]), places):,}"
    lead, trail = rng.choice((("$", ""), ("", " USD"), ("", " dollars"), ("USD ", ""), ("US$", "")))
    return Claim(frame, lead, digits, scale + trail, "USD", SCALES[scale], value)


def _count(rng: random.Random, value: Decimal, frame: str) -> Claim:
    scale = rng.choice([s for s, power in SCALES.items() if power == 0 or value >= Decimal(1).scaleb(power)])
    places = rng.choice((1, 2)) if scale else 0
    digits = f"{_rounded(rng, value.scaleb(-SCALES[scale]), places):,}"
    return Claim(frame, "", digits, f"{scale} tokens", "tokens", SCALES[scale], value)


def _plain(
    rng: random.Random, value: Decimal, frame: str, lead: str, trail: str, kind: str, places: tuple[int, ...]
) -> Claim:
    return Claim(frame, lead, f"{_rounded(rng, value, rng.choice(places)):,}", trail, kind, 0, value)


def _changed(rng: random.Random, value: Decimal, lead: str, trail: str, kind: str) -> Claim:
    frame = rng.choice(UP if value > 0 else DOWN)
    sign = ""
    if rng.random() < 0.4:
        frame, sign = rng.choice(EITHER), "-" if value < 0 else rng.choice(("", "+"))
    claim = _plain(rng, abs(value), frame, sign + lead, trail, kind, (1, 2))
    return replace(claim, known=value)


def _digit(rng: random.Random, claim: Claim) -> Claim | None:
    places = [i for i, char in enumerate(claim.digits) if char.isdigit()]
    at = rng.choice(places)
    other = rng.choice([char for char in "0123456789" if char != claim.digits[at]])
    return replace(claim, digits=claim.digits[:at] + other + claim.digits[at + 1 :])


def _swapped(rng: random.Random, claim: Claim) -> Claim | None:
    places = [i for i in range(len(claim.digits) - 1) if claim.digits[i : i + 2].isdigit()]
    if not places:
        return None
    at = rng.choice(places)
    one, other = claim.digits[at : at + 2]
    return replace(claim, digits=claim.digits[:at] + other + one + claim.digits[at + 2 :])


def _magnitude(rng: random.Random, claim: Claim) -> Claim | None:
    bare = claim.suffix
    for scale in sorted(SCALES, key=len, reverse=True):
        if scale and bare.startswith(scale):
            other = rng.choice([s for s, power in SCALES.items() if s and power != SCALES[scale]])
            return replace(claim, suffix=other + bare[len(scale) :], power=SCALES[other])
    shifted = (claim.size * rng.choice((10, 100, 1000))).quantize(claim.step)
    return replace(claim, digits=f"{shifted:,}")


def _unit(rng: random.Random, claim: Claim) -> Claim | None:
    swaps: dict[str, tuple[tuple[str, str], ...]] = {
        "USD": (
            ("$", "€"),
            ("$", "£"),
            (" USD", " EUR"),
            (" dollars", " euros"),
            ("USD ", "GBP "),
            (" dollars", " tokens"),
        ),
        "%": (("%", " USD"), (" percent", " dollars"), ("%", " tokens"), ("%", "x")),
        "tokens": ((" tokens", " requests"), (" tokens", " USD"), (" tokens", " GPU hours"), (" tokens", "%")),
    }
    rates = (
        (" per GPU hour", " per day"),
        (" per GPU hour", " per month"),
        ("/h", "/day"),
        (" a day", " an hour"),
        (" a day", " a month"),
    )
    options = [
        (old, new)
        for old, new in swaps.get(claim.kind, (*rates, ("$", "€")))
        if old in claim.prefix + "\0" + claim.suffix
    ]
    if not options:
        return None
    old, new = rng.choice(options)
    kind = {"$": "EUR", "%": "USD" if "USD" in new or "dollars" in new else "other"}.get(old, f"other {new}")
    return replace(
        claim,
        prefix=claim.prefix.replace("US" + old, new).replace(old, new),
        suffix=claim.suffix.replace(old, new),
        kind=kind,
    )


def _direction(rng: random.Random, claim: Claim) -> Claim | None:
    for one, other in ((UP, DOWN), (DOWN, UP)):
        if claim.frame in one:
            return replace(claim, frame=rng.choice(other))
    if claim.frame in EITHER:
        if claim.prefix.startswith("-"):
            return replace(claim, prefix=rng.choice(("", "+")) + claim.prefix[1:])
        return replace(claim, prefix="-" + claim.prefix.removeprefix("+"))
    return None


def _rounding(rng: random.Random, claim: Claim) -> Claim | None:
    """One step of the last digit up or down, or cut off where it should round up."""
    cut = abs(claim.known).scaleb(-claim.power).quantize(claim.step.scaleb(-claim.power), rounding=ROUND_DOWN)
    step = claim.step.scaleb(-claim.power)
    off = [
        value
        for value in (claim.size.scaleb(-claim.power) + step, claim.size.scaleb(-claim.power) - step, cut)
        if value > 0
    ]
    return replace(claim, digits=f"{rng.choice(off):,}") if off else None


WRONGS: dict[str, Callable[[random.Random, Claim], Claim | None]] = {
    "digit": _digit,
    "swapped": _swapped,
    "magnitude": _magnitude,
    "unit": _unit,
    "direction": _direction,
    "rounding": _rounding,
}


def other_day(rng: random.Random) -> date:
    """A day that no result of `case` knows."""
    return THROUGH - timedelta(rng.randrange(1, 29))
