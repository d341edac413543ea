"""Company, form and period of a report, from its name and its cover."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from knowledge.documents import Filing, Quarter
from knowledge.parse.cover import DAY, cover_of
from knowledge.parse.dates import day_from
from knowledge.reports.companies import company_of_ticker, fiscal_year_end, is_ticker, plain_name, squashed, ticker_of

ANNUAL = ("10-K", "20-F", "40-F", "ANNUAL REPORT")
FORM = re.compile(r"(?i)(?<![a-z0-9])(10-?[KQ]|20-?F|8-?K|annual report|earnings)(?![a-z])")
# What a report's name holds beside the company: `3M_2018_10K`, `2022 Q3 AAPL`, `Acme 10-K 2022, p. 7`.
TOKEN = (
    r"(?i:dated[ -]?)?\d{4}-\d\d-\d\d|(?:#|pp?\.) ?\d+|"
    r"(?:FY[ '’]?)?(?:19|20)\d\d[ -]?Q[1-4]|(?:FY[ '’]?)?(?:19|20)\d\d|FY[ '’]?\d\d|"
    r"Q[1-4](?:[ -]?(?:FY)?(?:19|20)\d\d)?|(?i:form|10-?[KQ](?:/?A)?|20-?F|40-?F|8-?K|6-?K|annual|quarterly|interim|"
    r"report|earnings|release|filing|fiscal|"
    r"year|results|on(?=\s+form)|part|page|pages|pp?\.?|chunk|section|for|the|of|dated)|\d{1,4}"
)
TOKENS = re.compile(rf"(?:(?<![A-Za-z])(?:{TOKEN})|# ?\d+|[-–—|,:#()/]+)(?=[\s,:#()|.-]|$)")
PERIOD = re.compile(r"(?:19|20)\d\d|FY[ '’]?\d\d|Q[1-4]")
KIND = re.compile(r"(?i)10-?[KQ]|20-?F|40-?F|8-?K|6-?K|annual|quarterly|earnings|interim")
MOST_WORDS = 5
SMALL_WORDS = frozenset(("of", "the", "for", "and", "de", "&"))
LEGAL_FORM = re.compile(r"(?i)(?:[\s,]+(?:plc|inc|corp|ltd|llc|n\.?v|s\.?a|ag|se|co)\.?)+$")
TICKER = re.compile(r"[(\[](?:(?:NYSE|NASDAQ|Nasdaq):\s*)?([A-Z]{1,5})[)\]]")
NAMED_END = re.compile(
    rf"(?i:(?:for\s+)?(?:the\s+)?(?:fiscal\s+)?(?:year|quarter|period|quarterly period)\s+end(?:ed|ing)):?\s+{DAY}"
)
# Who publishes other companies' reports.
REGISTERS = frozenset(("sec", "edgar", "secedgar", "securitiesexchangecommission", "companieshouse"))
YEAR_END = re.compile(
    r"(?i)fiscal years? (?:20\d\d )?(?:is|was|has|will|ended|ending|ends)[^.\d]{0,60}?([A-Z][a-z]{2,8}) \d"
)
QUARTER_FIRST = re.compile(r"(?i)(?<![a-z])Q([1-4])[\s_-]*(?:FY)?[\s_'’-]*(20\d\d)(?!\d)")
YEAR_FIRST = re.compile(r"(?i)(20\d\d)[\s_-]*Q([1-4])(?!\d)")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
SPANS = ((3, r"nine months|thirty-nine weeks|39 weeks"), (2, r"six months|twenty-six weeks|26 weeks"))
FISCAL = re.compile(r"(?i)\bfiscal(?: year)? (20\d\d)\b")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def filing_in(name: str, pages: Sequence[str]) -> Filing | None:
    """None unless the name is a report's (`2023 Q3 NVDA`, `BESTBUY_2023_10K`), or one of the pages a filing's cover or
    an auditor's report.

    The fiscal period follows from the day the period ended and from the month in which the company's fiscal year ends
    (as known, else as stated or as the spans reported imply, else December); a period ending in the first ten days of a
    month counts as the month before, as in calendars of 52 or 53 weeks.
    """
    named, ticker_named = _company_in_name(name)
    cover = cover_of(pages)
    if not named and cover.form == "annual report" and not KIND.search(name) and len(pages) < 2:
        return None
    company = cover.company or named
    if not company:
        return None
    bare, said_to_end = _without_end(name)
    ended_on = cover.ended_on or said_to_end
    label = _label(bare)
    form = FORM.search(name.replace("_", " "))
    kind = re.sub(r"(?i)^(10|20|40|8|6)-?([KQF])$", r"\1-\2", form.group(1)).upper() if form else cover.form.upper()
    if kind in ANNUAL and cover.form == "10-Q":
        # What the cover says counts before what somebody called the file.
        kind = cover.form
    ticker = ticker_of(company) or ticker_named or cover.ticker
    company = company_of_ticker(ticker) if ticker_of(company) else company
    fiscal = _fiscal(ended_on, kind, ticker or company, pages, label)
    return Filing(company, ticker, kind, label, fiscal, ended_on)


def _label(name: str) -> Quarter | None:
    if found := QUARTER_FIRST.search(name):
        return Quarter(int(found.group(2)), int(found.group(1)))
    if found := YEAR_FIRST.search(name):
        return Quarter(int(found.group(1)), int(found.group(2)))
    years = YEAR.findall(name.replace("_", " "))
    return Quarter(int(years[0])) if years else None


def _company_in_name(name: str) -> tuple[str, str]:
    """The company and its ticker where the name says nothing but a company, a period and a kind of report."""
    bare, ended_on = _without_end(_spaced(name))
    stated = TICKER.search(bare)
    rest = _company(TICKER.sub(" ", bare))
    words = rest.split()
    if not words or len(words) > MOST_WORDS or not (ended_on or PERIOD.search(bare)) or not _is_name(words):
        return "", ""
    for word in words:
        if is_ticker(word):
            return company_of_ticker(word), word.upper()
    if not KIND.search(bare):
        is_code = len(words) == 1 and bool(re.fullmatch(r"[A-Z.]{1,6}", rest)) and bool(re.search(r"Q[1-4]", bare))
        return (rest, rest) if is_code else ("", "")
    if len(words) == 1 and re.fullmatch(r"[A-Z]{1,5}", rest):
        return rest, rest
    return plain_name(rest), stated.group(1) if stated else ""


def _is_name(words: Sequence[str]) -> bool:
    return all(word[0].isupper() or word[0].isdigit() or word in SMALL_WORDS for word in words)


def _spaced(name: str) -> str:
    """Codes such as `3M_2018_10K`, `3M-2018-10K` and `amcor_2023_10k` as words."""
    spaced = re.sub(r"[_\s]+", " ", re.sub(r"(?i)\.(?:pdf|txt|html?|md)$", "", name)).strip()
    if " " not in spaced and KIND.search(spaced):
        spaced = re.sub(r"-(?![KQFkqf](?![A-Za-z]))", " ", spaced)
    return spaced.upper() if spaced != name and spaced.islower() and KIND.search(spaced) else spaced


def _without_end(name: str) -> tuple[str, date | None]:
    """The name without `for the fiscal year ended January 28, 2023`, and that day."""
    found = NAMED_END.search(name)
    return (name.replace(found.group(), " "), day_from(found.group(1))) if found else (name, None)


def _company(spaced: str) -> str:
    """What is left of a name without its tokens, where the words stand side by side; small words between them are
    theirs (`Bank of America`), a legal form after them is not. Empty where they do not."""
    spaced = re.sub(r"[()\[\]]", " ", spaced)
    words = re.sub(TOKENS, " ", f" {spaced} ").split()
    if not words:
        return ""
    gap = rf"(?:\s+(?:{'|'.join(sorted(SMALL_WORDS))}))*[\s,]+"
    found = re.search(rf"(?<!\w){gap.join(map(re.escape, words))}(?!\w)", spaced)
    return re.sub(LEGAL_FORM, "", re.sub(r"\s+", " ", found.group())).strip(" ,") if found else ""


def filing_by_publisher(title: str, publisher: str, published_on: date | None) -> Filing | None:
    """The report that a title such as `Form 10-K`, `Annual report 2022` or `Amcor 10-K` is of, where its publisher is
    the company, or one that publishes reports of all. An annual report without a year is taken to be on the last
    fiscal year that ended before it was published."""
    spaced = _spaced(title)
    form, named = FORM.search(spaced), _company(spaced)
    if form is None or form.group(1).lower() == "earnings":
        return None
    if not named and (squashed(publisher) in REGISTERS or not re.search(r"[A-Za-z]{2}", publisher)):
        return None
    words = named.split()
    if named and not (_is_name(words) and len(words) <= MOST_WORDS and _is_publisher(named, publisher)):
        return None
    kind = re.sub(r"(?i)^(10|20|40|8|6)-?([KQF])$", r"\1-\2", form.group(1)).upper()
    company = plain_name(named or publisher)
    ticker, label = ticker_of(company), _label(title)
    if label is None and published_on is None:
        return None
    fiscal = label if label and label.quarter is None else None
    if label is None and published_on and kind in ANNUAL:
        end = fiscal_year_end(ticker or company) or 12
        # Where the year's end is not known, a report of the second half is on a year that ended in that half.
        ended_before = published_on.month > end or (end == 12 and published_on.month > 6)
        fiscal = Quarter(published_on.year if ended_before else published_on.year - 1)
    return Filing(company, ticker, kind, label, fiscal)


def _is_publisher(company: str, publisher: str) -> bool:
    plain = squashed(plain_name(publisher))
    return not plain or plain in REGISTERS or plain.startswith(squashed(plain_name(company)))


def _fiscal(
    ended_on: date | None, form: str, company: str, pages: Sequence[str], label: Quarter | None
) -> Quarter | None:
    if ended_on is None:
        return label if label and label.quarter is None else None
    year, month = ended_on.year, ended_on.month
    if ended_on.day <= 10:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if form in ANNUAL:
        if label and label.quarter is None and label.year in (year - 1, year, year + 1):
            return label
        return Quarter(year - 1 if month <= 5 and _named_before(pages, year) else year)
    if form != "10-Q":
        return label
    end = fiscal_year_end(company) or _stated_year_end(pages) or _implied_year_end(pages, month)
    quarter = Quarter(year + (month > end), (month - end - 1) % 12 // 3 + 1)
    before = end <= 5 and fiscal_year_end(company) is None and _named_before(pages, quarter.year)
    return Quarter(quarter.year - 1, quarter.quarter) if before else quarter


def _named_before(pages: Sequence[str], year: int) -> bool:
    """Whether a fiscal year that ends in the first months of `year` is named after the year before: retailers' are,
    Nvidia's is not. The text names its own year most."""
    named = Counter(int(found) for page in pages for found in FISCAL.findall(page))
    return named[year - 1] > named[year]


def _stated_year_end(pages: Sequence[str]) -> int | None:
    for page in pages:
        if found := YEAR_END.search(page):
            head = found.group(1)[:3].lower()
            return MONTHS.index(head) + 1 if head in MONTHS else None
    return None


def _implied_year_end(pages: Sequence[str], month: int) -> int:
    """The report on a second quarter speaks of six months, that on a third of nine."""
    text = "\n".join(pages[:12]).lower()
    quarter = next((number for number, span in SPANS if re.search(rf"(?:{span}) ended", text)), 1)
    return (month + 3 * (4 - quarter) - 1) % 12 + 1
