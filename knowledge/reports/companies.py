"""Names, tickers and fiscal years of companies that people ask about by more than one name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

# ticker: (name, other names, month in which its fiscal year ends), as stated in each company's latest 10-K.
KNOWN: dict[str, tuple[str, tuple[str, ...], int]] = {
    "AAPL": ("Apple", (), 9),
    "ADBE": ("Adobe", (), 11),
    "AMD": ("AMD", ("Advanced Micro Devices",), 12),
    "AMZN": ("Amazon", ("AWS", "Amazon Web Services"), 12),
    "ANET": ("Arista Networks", ("Arista",), 12),
    "ASML": ("ASML", (), 12),
    "AVGO": ("Broadcom", (), 10),
    "AXP": ("American Express", ("Amex",), 12),
    "CRM": ("Salesforce", (), 1),
    "CRWV": ("CoreWeave", (), 12),
    "CSCO": ("Cisco", ("Cisco Systems",), 7),
    "DELL": ("Dell", ("Dell Technologies",), 1),
    "GOOGL": ("Alphabet", ("Google", "GOOG", "GCP", "Google Cloud"), 12),
    "HPE": ("Hewlett Packard Enterprise", (), 10),
    "HPQ": ("HP", (), 10),
    "IBM": ("IBM", ("International Business Machines",), 12),
    "INTC": ("Intel", (), 12),
    "JNJ": ("Johnson & Johnson", ("J&J", "JnJ"), 12),
    "JPM": ("JPMorgan", ("JPMorgan Chase", "JP Morgan", "JP Morgan Chase"), 12),
    "KO": ("Coca-Cola", ("Coke",), 12),
    "META": ("Meta", ("Meta Platforms", "Facebook"), 12),
    "MRVL": ("Marvell", ("Marvell Technology",), 1),
    "MSFT": ("Microsoft", ("Azure",), 6),
    "MU": ("Micron", ("Micron Technology",), 8),
    "NFLX": ("Netflix", (), 12),
    "NOW": ("ServiceNow", (), 12),
    "NVDA": ("NVIDIA", (), 1),
    "ORCL": ("Oracle", (), 5),
    "PEP": ("PepsiCo", ("Pepsi",), 12),
    "QCOM": ("Qualcomm", (), 9),
    "SMCI": ("Supermicro", ("Super Micro Computer",), 6),
    "SNOW": ("Snowflake", (), 1),
    "TSLA": ("Tesla", (), 12),
    "TSM": ("TSMC", ("Taiwan Semiconductor", "Taiwan Semiconductor Manufacturing"), 12),
    "VRT": ("Vertiv", (), 12),
}
# Words that begin or make up many companies' names: alone they name none.
GENERAL = frozenset(
    """
    a advance advanced allied american apex applied arch atlantic bank best blue bright brothers capital central cloud
    commercial community consolidated core creative data digital direct dynamics eagle east eastern electric energy
    enterprise equity federal fidelity financial first fiscal five force four general genuine global gold great green
    group harbor health home host independent industrial insight integrated interactive international investors key
    liberty life light main marine martin master medical micro mid modern monster mutual national new next north
    northern ocean old omega one open orange pacific park patriot performance pioneer plains power premier principal
    pro prime progressive public pure quality rapid real red regal regional republic rock royal safe select service
    silver simply smart software solar south southern square standard star state steel stone strategic summit sun super
    superior target tech technology texas the third three total trade travel trinity two union united unity universal us
    valley verified vision vista water west western white wide wild world young block gap match shell ball discover box
    snap fox dollar visa
    """.split()  # noqa: SIM905
)
LEAST_PART = 4
LEGAL_FORM = re.compile(
    r"(?i)[\s,]+(?:inc|incorporated|corp|corporation|co|company|companies|ltd|limited|plc|llc|l\.p|lp|s\.a|n\.v|ag|se|"
    r"holdings?|group|the)\b\.?$|,? & co\b\.?$|\.com\b.*$|/[a-z]{2,3}/?$"
)


@lru_cache(maxsize=10_000)
def squashed(name: str) -> str:
    """Letters and digits only, lower case, without `and`: `Coca-Cola` and `COCACOLA` are one."""
    return re.sub(r"\band\b|[^a-z0-9]", "", name.lower())


def plain_name(registrant: str) -> str:
    """A registrant's name as people say it: `NVIDIA CORPORATION` -> `NVIDIA`, `AMAZON.COM, INC.` -> `Amazon`."""
    name = re.sub(r"(?i)^the\s+(?=\S)", "", re.sub(r"\s+", " ", registrant).strip(" .,_-"))
    while (shorter := LEGAL_FORM.sub("", name).strip(" .,")) and shorter != name:
        name = shorter
    if known := _names().get(squashed(name)):
        return KNOWN[known][0]
    return " ".join(map(_cased, name.split())) if name.isupper() and len(name) > 4 else name


def _cased(word: str) -> str:
    """`SYSTEMS` -> `Systems`, but initials such as `CSG` and `3M` stay."""
    return word if len(word) <= 3 and not re.search(r"[AEIOUY]", word) else word.title().replace("’S", "’s")


def is_general(name: str) -> bool:
    """Whether the words are ordinary ones, so that they name a company only where they are written as a name."""
    return all(word in GENERAL for word in re.findall(r"[a-z0-9]+", name.lower()))


def is_ticker(word: str) -> bool:
    return word.upper() in KNOWN and word.isupper()


def company_of_ticker(ticker: str) -> str:
    return KNOWN[ticker.upper()][0]


def other_names(company: str) -> tuple[str, ...]:
    """Every known name of a company, its own first; its ticker last where one is known."""
    ticker = ticker_of(company)
    if not ticker:
        return (company,)
    name, others, _ = KNOWN[ticker]
    return (company, name, *others, ticker)


def ticker_of(company: str) -> str:
    return _names().get(squashed(company), "")


def fiscal_year_end(company_or_ticker: str) -> int | None:
    """The month (1 to 12) in which the fiscal year ends; None for a company not in the table."""
    ticker = company_or_ticker if company_or_ticker in KNOWN else ticker_of(company_or_ticker)
    return KNOWN[ticker][2] if ticker else None


@cache
def _names() -> dict[str, str]:
    return {squashed(name): ticker for ticker, (own, others, _) in KNOWN.items() for name in (own, *others, ticker)}
