"""Which companies can be asked about: a dated table of tickers and CIKs, and the facts files on hand."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from tools.errors import NeedsChoice, Unknown

LIKE = 88
# The file says whose it is in its first lines.
FIRST = 2000
ENTITY = re.compile(r'"entityName"\s*:\s*"((?:[^"\\]|\\.)*)"')
SUFFIX = re.compile(
    r"[\s,]+(?:inc|corp|corporation|ltd|limited|plc|co|company|holdings?|group|nv|n\.v|se|sa|ag|llc|lp|trust)\.?$",
    re.IGNORECASE,
)
# What a company does, said after a name that it is known by alone.
TRADE = re.compile(
    r"(?P<name>(?!(?:American|United|General|National|Advanced|Applied|Global|First|International|Digital|Super|Western|"
    r"Northern|Southern|Eastern|Pacific|Atlantic|Universal|Standard|Modern|Smart|Open|Public|Central|Great)\b)"
    r"[A-Z][a-z]{4,}) (?:Cloud|Compute|Computing|Computers?|Systems|Technolog(?:y|ies)|Labs?|Semiconductors?|Software|"
    r"Networks?|Data|Energy|AI|Micro|Devices|Interactive|Platforms?|Electronics|Power|Robotics|Analytics|Silicon|Chips|"
    r"Foundry|Hosting|Datacent(?:er|re)s?|Data Cent(?:er|re)s?|Communications?|Telecom|Motors|Media|Industries|"
    r"Materials|Instruments|Photonics|Optics|Storage|Memory|Logic|Health|Financial|Capital|Solutions|Services|Works|Grid)"
)
# Of a name in capitals these words stay so: they are short for something.
MOST_CAPITALS = 3


@dataclass(frozen=True, slots=True)
class Company:
    """`names` are what people call it, the plainest first."""

    ticker: str
    cik: int
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[0]


@cache
def companies() -> tuple[Company, ...]:
    """The table, in its order. Tickers and CIKs are the SEC's, read on the date in the table."""
    text = resources.files("tools.filings").joinpath("companies.csv").read_text(encoding="utf-8")
    return tuple(
        Company(row["ticker"], int(row["cik"]), tuple(row["names"].split("|")))
        for row in csv.DictReader(text.splitlines())
    )


def find_company(said: str, held: Sequence[Company] = ()) -> Company:
    """The one company that a ticker, CIK or name means, those on record (`held`) first. Unknown with the nearest, or
    NeedsChoice between two."""
    from rapidfuzz import fuzz, process

    plain = _plain(said)
    every = tuple(dict.fromkeys((*held, *companies())))
    for company in every:
        if plain in {company.ticker.casefold(), str(company.cik), *map(_plain, company.names)}:
            return company
    by_name = {_plain(name): company for company in every for name in company.names}
    scored = process.extract(plain, list(by_name), scorer=fuzz.ratio, limit=5)
    close = list(dict.fromkeys(by_name[name].name for name, score, _ in scored if score >= LIKE))
    if len(close) == 1:
        return next(company for company in every if company.name == close[0])
    if close:
        raise NeedsChoice(f"Which company is meant by {said!r}?", close)
    nearest = list(dict.fromkeys(by_name[name].name for name, _, _ in scored))
    raise Unknown(f"{said!r} is not among the companies whose filings Outlay knows.", nearest)


def known_companies(folder: Path) -> list[tuple[Company, Path]]:
    """Companies whose facts file is in `folder`, in the table's order, then others by CIK, which are called
    what their file says."""
    if not folder.is_dir():
        return []
    files = {
        int(found[1]): path for path in folder.iterdir() if (found := re.fullmatch(r"CIK(\d{10})\.json", path.name))
    }
    listed = [(company, files.pop(company.cik)) for company in companies() if company.cik in files]
    return listed + [(Company("", cik, _names_in(files[cik]) or (f"CIK {cik}",)), files[cik]) for cik in sorted(files)]


def _names_in(path: Path) -> tuple[str, ...]:
    """What the company of a facts file is called: without Inc and its like, as written, and without its trade."""
    try:
        with path.open(encoding="utf-8") as file:
            found = ENTITY.search(file.read(FIRST))
    except (OSError, UnicodeDecodeError):
        return ()
    if not found:
        return ()
    written = _in_title_case(str(json.loads(f'"{found[1]}"')).strip())
    name = written
    while (shorter := SUFFIX.sub("", name)) != name:
        name = shorter
    trade = TRADE.fullmatch(name)
    return tuple(dict.fromkeys((name, written, *((trade["name"],) if trade else ()))))


def _in_title_case(name: str) -> str:
    """`KOLIBRI NETWORKS INC`, as the SEC writes names, as people do."""
    if not name.isupper() or all(len(word) <= MOST_CAPITALS for word in name.split()):
        return name
    return re.sub(r"[A-Z]{4,}|\b(?:INC|LTD)\b", lambda word: word[0].title(), name).replace(" CORP", " Corp")


def _plain(words: str) -> str:
    text = re.sub(r"[^a-z0-9&]+", " ", words.casefold().replace("'s", "")).strip()
    return re.sub(r"\s+(inc|corp|corporation|ltd|plc|co|company|holdings|nv|se)$", "", text)


def owned(name: str) -> str:
    """Kolibri's, and Kolibri Networks' with the last letter said once."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
