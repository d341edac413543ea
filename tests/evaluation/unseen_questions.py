"""Questions over the second example ledger; the sentences were written without looking at the planner.

`questions(folder)` wants the folder that `write_unseen_export` wrote. The lines with `as` want `ACCESS` as access.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

from tests.evaluation.line import Expected, Line, figure, line, percent, usd
from tests.evaluation.rates import bill
from tests.evaluation.unseen_arithmetic import MONTHS, Charge, Keep, of, read_unseen, spent, without
from tests.evaluation.unseen_ledger import CREDIT, TAX

TODAY = "2026-06-20"
Asked = tuple[str, tuple[Expected, ...]]
Sum = Callable[..., Decimal]


def questions(folder: Path) -> list[Line]:
    """Every line, for the ledger written into `folder`."""
    charges = read_unseen(folder)
    made = partial(_month, charges)
    return [
        *_lines("names", "spend", named(made)),
        *_lines("periods", "spend", periods(charges, made)),
        *_lines("without", "spend", exclusions(made)),
        *_lines("tagged", "spend", tags_and_charges(made)),
        *_lines("share", "spend", shares_and_changes(made)),
        *_lines("what-if", "what-if", what_if(made)),
        *_refused(),
        *_by_people(made),
        *_threads(made),
    ]


def _month(charges: list[Charge], month: str, keep: Keep = lambda c: True, cost: str = "effective") -> Decimal:
    since, before = MONTHS[month]
    return spent(charges, keep, since=since, before=before, cost=cost)


def _lines(group: str, kind: str, asked: Iterator[Asked]) -> list[Line]:
    return [
        {**line(f"unseen-{group}-{n:02}", kind, text, *figures), "today": TODAY}
        for n, (text, figures) in enumerate(asked, 1)
    ]


def _one(text: str, value: Decimal) -> Asked:
    return text, (usd(value),)


def named(month: Sum) -> Iterator[Asked]:
    """Teams called by ordinary words, two words or a quarter; providers and models by what people call them."""
    may, april = partial(month, "may"), partial(month, "april")
    yield _one("core may spend", may(of(team="core")))
    yield _one("What did the growth team spend in April?", april(of(team="growth")))
    yield _one("what did data spend last month", may(of(team="data")))
    yield _one("How much did search cost us in April 2026?", april(of(team="search")))
    yield _one("platform-eng may spend", may(of(team="platform eng")))
    yield _one("ml infra spend in April", april(of(team="ml-infra")))
    yield _one("what did r&d spend in feb 2026", month("february", of(team="r&d")))
    yield _one("What did q3-launch spend on Oracle in April?", april(of(team="q3-launch", provider="Oracle")))
    yield _one("wat did serach spnd in may", may(of(team="search")))
    yield _one("openai spend may", may(of(provider="OpenAI")))
    yield _one("Spend on Azure in May", may(of(provider="Microsoft")))
    yield _one("GCP spend last month", may(of(provider="Google Cloud")))
    yield _one("OCI spend in April", april(of(provider="Oracle")))
    yield _one("How much on Bedrock last month?", may(of(service="Amazon Bedrock")))
    yield _one("claude sonnet 4.5 spend in April", april(of(model="claude-sonnet-4-5")))
    yield _one("How much did we spend on gpt-4o-mini last month?", may(of(model="gpt-4o-mini")))
    yield _one("command-r-plus spend in May?", may(of(model="command-r-plus")))
    yield _one("claude 3.5 haiku spend may 2026", may(of(model="claude-3-5-haiku")))
    yield _one("claude spend in May", may(lambda c: c.model.startswith("claude")))
    yield _one("AI spend of data in May", may(lambda c: c.team == "data" and c.is_ai))
    yield _one("p4d spend in May", may(of(service="Amazon EC2")))
    yield _one("what did core, no sorry, growth spend in May", may(of(team="growth")))
    two = (usd(may(of(team="core"))), usd(may(of(team="growth"))))
    yield "Compare core and growth in May", two
    yield "What did core and growth each spend in May?", two
    more = may(of(team="growth")) - may(of(team="core"))
    yield _one("How much more did growth spend than core in May?", more)


def periods(charges: list[Charge], month: Sum) -> Iterator[Asked]:
    since = partial(spent, charges)
    yield _one("how much has growth spent this month so far?", month("june", of(team="growth")))
    yield _one("What did we spend between 10 May and 20 May?", since(since="2026-05-10", before="2026-05-21"))
    yield _one("spend in the first half of May", since(since="2026-05-01", before="2026-05-16"))
    yield _one("what did we spend on 11 June?", since(since="2026-06-11", before="2026-06-12"))
    yield _one("spend last week", since(since="2026-06-08", before="2026-06-15"))
    yield _one("What was spent from Nov to Feb?", since(before="2026-03-01"))
    yield _one("year to date spend", since(since="2026-01-01"))
    yield _one("What did search spend in April, I mean May?", month("may", of(team="search")))
    yield _one("What did we spend on openai in 05/2026", month("may", of(provider="OpenAI")))
    yield _one("average daily spend in May", month("may") / 31)
    four = since(since="2026-01-01", before="2026-06-01") / 4
    yield _one("average monthly spend from January to May", four)
    first, end = MONTHS["april"]
    euros = since(of(provider="Mistral AI"), since=first, before=end, currency="EUR")
    yield "Mistral spend in April?", (figure(euros, "EUR", "0.01"),)
    yield (
        "What did core spend in May and what did data spend in April?",
        (usd(month("may", of(team="core"))), usd(month("april", of(team="data")))),
    )


def exclusions(month: Sum) -> Iterator[Asked]:
    may, april = partial(month, "may"), partial(month, "april")
    no_query = may(lambda c: c.team == "data" and c.service != "BigQuery")
    yield _one("How many dollars did data spend excluding BigQuery in May?", no_query)
    yield _one("May spend without ml-infra", may(without(team="ml-infra")))
    yield _one("spend in May except AWS", may(without(provider="AWS")))
    yield _one("Excluding AWS, what did April cost?", april(without(provider="AWS")))
    yield _one("everything apart from core in April", april(without(team="core")))
    other = may(lambda c: c.provider == "OpenAI" and c.model != "gpt-4o")
    yield _one("What did we spend on OpenAI but not gpt-4o in May?", other)
    no_machines = april(lambda c: c.team == "ml-infra" and c.service != "Amazon EC2")
    yield _one("ML-Infra w/o EC2, April", no_machines)
    yield _one("spend before credits in May", may(without(category="Credit")))
    yield _one("non-AI spend in May", may(lambda c: not c.is_ai))


def tags_and_charges(month: Sum) -> Iterator[Asked]:
    may, april = partial(month, "may"), partial(month, "april")
    yield _one("spend of env dev in May", may(of(env="dev")))
    yield _one("What did cost center CC-300 spend in April?", april(of(center="CC-300")))
    yield _one("spend for project condor last month", may(of(project="condor")))
    yield _one("What did the Payments account cost last month?", may(of(account="Payments")))
    yield _one("untagged spend in May?", may(of(team="")))
    yield _one("only untagged OpenAI in May", may(of(team="", provider="OpenAI")))
    yield _one("how much credit did we get in May?", CREDIT)
    yield _one("tax in May", TAX)
    yield _one("how much tax did we pay this year", 5 * TAX)
    yield _one("What were we invoiced by AWS in January 2026?", month("january", of(provider="AWS"), "billed"))
    yield _one("list cost of AWS in May", may(of(provider="AWS"), "listed"))
    tokens = may(of(model="gpt-4o"), "tokens")
    yield "How many tokens did we use on gpt-4o in May?", (figure(tokens, "tokens", "1"),)


def shares_and_changes(month: Sum) -> Iterator[Asked]:
    """Within one currency: no share is asked of a sum that holds euros."""
    may, april = partial(month, "may"), partial(month, "april")
    core, growth = of(team="core"), of(team="growth")
    share = may(of(team="growth", model="gpt-5")) / may(growth) * 100
    yield "what fraction of growth's May spend went to gpt-5?", (percent(share),)
    share = may(of(team="search", provider="Anthropic")) / may(of(provider="Anthropic")) * 100
    yield "search's share of Anthropic in May", (percent(share),)
    grown = (may(core) / april(core) - 1) * 100
    yield "How much did core's spend grow from April to May in percent?", (percent(grown),)
    yield "growth in core spend April to May", (percent(grown),)
    yield (
        "growth's Anthropic spend in May vs April",
        (usd(may(of(team="growth", provider="Anthropic"))), usd(april(of(team="growth", provider="Anthropic")))),
    )
    yield _one("Which team spent the most in May?", may(of(team="ml-infra")))
    yield _one("biggest provider by spend in April", april(of(provider="AWS")))


def what_if(month: Sum) -> Iterator[Asked]:
    may = partial(month, "may")

    def tokens(team: str, model: str) -> tuple[int, int]:
        every = may(of(team=team, model=model), "tokens")
        written = may(lambda c: (c.team, c.model, c.is_output) == (team, model, True), "tokens")
        return int(every - written), int(written)

    read, written = tokens("core", "gpt-4o")
    yield _one(
        "If core's gpt-4o traffic of last month had run on claude-haiku-4-5?", bill("claude-haiku-4-5", read, written)
    )
    yield _one("What would core's gpt-4o traffic in May have cost on gpt-4o-mini?", bill("gpt-4o-mini", read, written))
    cached = bill("gpt-4o", read, written, cached=read * 2 // 5)
    yield _one("With 40% cache hits, what would core's gpt-4o in May have cost?", cached)
    read, written = tokens("growth", "gpt-5")
    yield _one(
        "Had growth's May gpt-5 usage been batched, what would it have cost?", bill("gpt-5", read, written, batch=True)
    )
    dearer = may(of(provider="OpenAI")) * Decimal("1.1")
    yield _one("If OpenAI raised prices by 10%, what would May have cost us with OpenAI?", dearer)


def _refused() -> list[Line]:
    asked = (
        ("What did we spend in March 2026?", "unknown", TODAY),
        ("core spend in March", "unknown", TODAY),
        ("spend last month", "unknown", "2026-04-10"),
        ("what did growth spend last month?", "unknown", "2026-08-15"),
        ("What did marketing spend in May?", "unknown", TODAY),
        ("What did Perplexity cost us in May?", "unknown", TODAY),
        ("spend in July 2026", "unknown", TODAY),
        ("spend yesterday", "unknown", TODAY),
    )
    return [
        {**line(f"unseen-unknown-{n:02}", "unknown", text, status=status), "today": today}
        for n, (text, status, today) in enumerate(asked, 1)
    ]


def _by_people(month: Sum) -> list[Line]:
    growth, core = (month("may", of(team=team)) for team in ("growth", "core"))
    asked = (
        ("growth spend, May 2026?", "U_ANN", None, growth),
        ("core spend, May 2026?", "U_ANN", None, None),
        ("core spend, May 2026?", "U_CFO", None, core),
        ("core spend, May 2026?", "U_CFO", "C_GROWTH", None),
        ("core spend, May 2026?", "U_CFO", "C_ALL", core),
        ("ML-Infra spend in May", "U_BOB", None, month("may", of(team="ml-infra"))),
        ("platform eng spend in May", "U_BOB", "C_GROWTH", None),
        ("What did R&D spend in May?", "U_STRANGER", None, None),
    )
    made: list[Line] = []
    for n, (text, person, channel, value) in enumerate(asked, 1):
        figures = () if value is None else (usd(value),)
        status = "denied" if value is None else "answered"
        one = {**line(f"unseen-access-{n:02}", "access", text, *figures, status=status), "today": TODAY, "as": person}
        made.append({**one, "channel": channel} if channel else one)
    return made


def _threads(month: Sum) -> list[Line]:
    may, april = partial(month, "may"), partial(month, "april")
    narrow = of(provider="Anthropic", team="search")
    threads: dict[str, list[Asked]] = {
        "teams": [
            _one("What did core spend in May?", may(of(team="core"))),
            _one("and April?", april(of(team="core"))),
            _one("and growth?", april(of(team="growth"))),
            _one("by model", april(of(team="growth"))),
        ],
        "narrower": [
            _one("Anthropic spend in May", may(of(provider="Anthropic"))),
            _one("just search", may(narrow)),
            _one("vs April", april(narrow)),
        ],
        "meant": [
            _one("What did data spend in May?", may(of(team="data"))),
            _one("no, I meant January", month("january", of(team="data"))),
        ],
    }
    return [
        {**line(f"unseen-{name}-{n}", "follow-up", text, *figures, thread=f"unseen-{name}"), "today": TODAY}
        for name, turns in threads.items()
        for n, (text, figures) in enumerate(turns, 1)
    ]
