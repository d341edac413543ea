"""The whole way on a real ledger: a bill imported, a question in Slack, the sum of its rows in the posted message."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.access import load_access
from bot.agent.ask import Agent
from bot.digest.compose import compose
from bot.digest.deliver import weekly
from bot.digest.inputs import inputs
from bot.digest.schedule import Subscription
from bot.reply import Reply
from bot.services import Services
from tests.fakes.slack.server import FakeSlack
from tests.slack.conftest import NOON, Start
from tools.ledger.storing.importing import import_files
from tools.period import Period

COLUMNS = (
    *("BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodStart", "BillingPeriodEnd"),
    *("ChargeCategory", "ChargeClass", "ChargeDescription", "ChargePeriodStart", "ChargePeriodEnd", "BilledCost"),
    *("EffectiveCost", "ListCost", "ContractedCost", "InvoiceIssuerName", "ProviderName", "PublisherName"),
    *("PricingQuantity", "PricingUnit", "ServiceCategory", "ServiceName", "Tags"),
)
CHARGES = (
    ("orion", date(2026, 10, 1), "100.25"),
    ("orion", date(2026, 10, 20), "41.75"),
    ("support", date(2026, 10, 7), "900.00"),
    ("orion", date(2026, 11, 10), "50.00"),
    ("orion", date(2026, 11, 17), "70.50"),
    ("support", date(2026, 11, 18), "30.00"),
    ("support", date(2026, 11, 22), "5.00"),
)
ACCESS = """
everyone = "nothing"
admins = ["U0CFO"]
[people]
U0ANN = ["orion"]
[channels]
C0ORION = ["orion"]
"""


@pytest.fixture
def agent(tmp_path: Path) -> Agent:
    home = tmp_path / "home"
    home.mkdir()
    bill = tmp_path / "bill.csv"
    with bill.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        lines.writerows(_line(*charge) for charge in CHARGES)
    import_files(home, [bill])
    (home / "access.toml").write_text(ACCESS)
    return Agent(Services(home), lambda asker, channel: load_access(home).audience(asker, channel))


def _line(team: str, day: date, cost: str) -> tuple[str, ...]:
    month = Period.month(day.year, day.month)
    spans = (f"{month.start} 00:00:00", f"{month.end} 00:00:00"), (f"{day} 00:00:00", f"{day + timedelta(1)} 00:00:00")
    return (
        *("1", "Acme", "USD", *spans[0], "Usage", "NULL", "gpt-4o tokens", *spans[1], cost, cost, cost, cost),
        *("OpenAI", "OpenAI", "OpenAI", "1", "tokens", "AI and Machine Learning", "OpenAI API"),
        f'{{"team": "{team}"}}',
    )


async def test_a_question_on_spend_gets_the_sum_of_its_rows(slack: FakeSlack, start: Start, agent: Agent) -> None:
    """October of orion: 100.25 + 41.75 = 142.00; everything in October: 142.00 + 900.00 = 1,042.00."""
    async with start(ask=agent.ask):
        sent = slack.mention("C0ORION", "U0CFO", "What did orion spend in October 2026?")
        reply = await slack.wait_for_reply("C0ORION", sent.ts, timeout=60)
        alone = slack.direct_message("U0CFO", "What did we spend in October 2026?")
        private = await slack.wait_for_reply(alone.channel, alone.ts, timeout=60)
    assert "$142.00" in reply.visible
    assert reply.visible.count("Billing data through") == 1
    assert "Billing data through 22 November 2026" in reply.visible
    assert "$1,042.00" in private.visible


async def test_what_may_not_be_seen_does_not_reach_slack(slack: FakeSlack, start: Start, agent: Agent) -> None:
    asked = (
        ("C0ORION", "U0CFO", "What did support spend in October 2026?"),
        ("C0GENERAL", "U0CFO", "What did orion spend in October 2026?"),
        ("C0GENERAL", "U0BEN", "What did we spend in October 2026, by team?"),
        ("C0ORION", "U0BEN", "What did we spend in October 2026?"),
    )
    async with start(ask=agent.ask):
        for channel, user, text in asked:
            sent = slack.mention(channel, user, text)
            reply = await slack.wait_for_reply(channel, sent.ts, timeout=60)
            for figure in ("142", "900", "1,042", "100.25", "41.75"):
                assert figure not in reply.visible.replace("October 2026", "")


async def test_a_broken_access_file_shows_nobody_anything(slack: FakeSlack, start: Start, agent: Agent) -> None:
    (agent.services.home / "access.toml").write_text('everyone = "al"')
    async with start(ask=agent.ask):
        sent = slack.mention("C0ORION", "U0CFO", "What did orion spend in October 2026?")
        reply = await slack.wait_for_reply("C0ORION", sent.ts, timeout=60)
    assert "access.toml, line 1" in reply.visible
    assert "142" not in reply.visible


async def test_a_channels_digest_holds_its_own_teams_week_and_no_other(
    slack: FakeSlack, start: Start, agent: Agent
) -> None:
    """Orion: 70.50 in the week of 16 November against 50.00 before is up 20.50; November so far 120.50."""
    bound = inputs(agent.services.ledger, agent.services.store)

    def written(channel: str, today: date) -> Reply:
        return compose(bound, agent.audience_of(None, channel), today)

    channels = [Subscription("C0ORION", hour=12), Subscription("C0GENERAL", hour=12)]
    async with start(ask=agent.ask) as app:
        chore = weekly(channels, app.answering.state, written, lambda: NOON, every=0.05)
        running = app.answering.in_background(chore(app.answering.poster))
        orion = await slack.wait_for_reply("C0ORION", timeout=60)
        general = await slack.wait_for_reply("C0GENERAL", timeout=60)
        await slack.quiet()
        running.cancel()
    for figure in ("$20.50", "$70.50", "$50.00", "$120.50"):
        assert figure in orion.visible
    for figure in ("105.5", "35.00", "support"):
        assert figure not in orion.visible
    assert "Spend is not shown in this channel." in general.visible
    assert "$" not in general.visible
    assert len(slack.posted) == 2
