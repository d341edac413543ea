"""Company, form and period of a report, from its file name and its first page."""

from __future__ import annotations

import re
from datetime import date

from knowledge.companies import company_of_ticker, fiscal_year_end, is_ticker, plain_name, ticker_of
from knowledge.documents import Filing, Quarter
from knowledge.parse.dates import day_from

FORM = re.compile(r"(?i)\b(10-?[KQ]|20-?F|8-?K|annual report|earnings)(?![a-z])")
ENDED = re.compile(r"(?i)(?:period|quarter|year)\s+ended:?\s+([A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4})")
REGISTRANT = re.compile(r"(?im)^(.{2,80})\n\W*exact name of (?:the )?registrant")
NAMED_AS_REPORT = re.compile(
    r"20\d\d[ _]Q[1-4][ _][A-Z.]{1,6}|[A-Z.]{1,6}[ _]20\d\d[ _]?Q[1-4]|[A-Z.]{1,6}[ _]Q[1-4][ _]20\d\d"
    r"|[^\s_]+(?:_[^\s_]+)*_20\d\d(?:Q[1-4])?_(?i:10-?[KQ]|8-?K|20-?F|earnings|annual).*"
)
YEAR_END = re.compile(
    r"(?i)fiscal years? (?:20\d\d )?(?:is|was|has|will|ended|ending|ends)[^.\d]{0,60}?([A-Z][a-z]{2,8}) \d"
)
NOT_COMPANY = re.compile(
    r"(?i)(?:20\d\d)?Q[1-4](?:20\d\d)?|FY|(?:FY)?20\d\d(?:Q[1-4])?|10-?[KQ].*|8-?K.*|20-?F|form|annual|report|"
    r"earnings|dated.*|\d{4}-\d\d-\d\d"
)
QUARTER_FIRST = re.compile(r"(?i)(?<![a-z])Q([1-4])[\s_-]*(?:FY)?[\s_-]*(20\d\d)(?!\d)")
YEAR_FIRST = re.compile(r"(?i)(20\d\d)[\s_-]*Q([1-4])(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def filing_in(name: str, first_pages: str, text: str = "") -> Filing | None:
    """None unless the name is a report's (`2023 Q3 NVDA`, `BESTBUY_2023_10K`) or the first pages are a filing's cover.

    The fiscal period follows from the day the period ended and from the month in which the company's fiscal year ends
    (as known, else as stated in `text`, else December); a period ending in the first ten days of a month counts as the
    month before, as in calendars of 52 or 53 weeks.
    """
    label, registrant = _label(name), _registrant(first_pages)
    company, ticker = _company_in_name(name) if NAMED_AS_REPORT.fullmatch(name) else ("", "")
    company = registrant or company
    if not company:
        return None
    form = FORM.search(name.replace("_", " ")) or re.search(r"(?i)\bform\s+(10-[KQ]|20-F|8-K)\b", first_pages[:5000])
    kind = re.sub(r"(?i)^(10|20|8)-?([KQF])$", r"\1-\2", form.group(1)).upper() if form else ""
    ended = ENDED.search(first_pages[:6000])
    ended_on = day_from(ended.group(1)) if ended else None
    ticker = ticker_of(company) or ticker
    company = company_of_ticker(ticker) if ticker_of(company) else company
    return Filing(company, ticker, kind, label, _fiscal(ended_on, kind, ticker or company, text, label), ended_on)


def _label(name: str) -> Quarter | None:
    if found := QUARTER_FIRST.search(name):
        return Quarter(int(found.group(2)), int(found.group(1)))
    if found := YEAR_FIRST.search(name):
        return Quarter(int(found.group(1)), int(found.group(2)))
    years = YEAR.findall(name.replace("_", " "))
    return Quarter(int(years[0])) if years else None


def _company_in_name(name: str) -> tuple[str, str]:
    stem = re.sub(r"\.[A-Za-z]{2,4}$", "", name)
    words = [word for word in re.split(r"[\s_]+", stem) if word and not NOT_COMPANY.fullmatch(word)]
    if not words:
        return "", ""
    for word in words:
        if is_ticker(word):
            return company_of_ticker(word), word.upper()
    if len(words) == 1 and re.fullmatch(r"[A-Z]{1,5}", words[0]):
        return words[0], words[0]
    return (" ".join(words), "") if len(words) <= 4 else ("", "")


def _registrant(first_pages: str) -> str:
    found = REGISTRANT.search(first_pages[:5000])
    return plain_name(found.group(1)) if found and re.search(r"[A-Za-z]{2}", found.group(1)) else ""


def _fiscal(ended_on: date | None, form: str, company: str, text: str, label: Quarter | None) -> Quarter | None:
    if ended_on is None:
        return label if label and label.quarter is None else None
    year, month = ended_on.year, ended_on.month
    if ended_on.day <= 10:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if form in ("10-K", "20-F", "ANNUAL REPORT"):
        # A year that ends in January to May is often named after the year before (Best Buy) but not always (Nvidia).
        return label if label and label.quarter is None else Quarter(year)
    end = fiscal_year_end(company) or _stated_year_end(text) or 12
    return Quarter(year + (month > end), (month - end - 1) % 12 // 3 + 1)


def _stated_year_end(text: str) -> int | None:
    found = YEAR_END.search(text)
    head = found.group(1)[:3].lower() if found else ""
    return MONTHS.index(head) + 1 if head in MONTHS else None
