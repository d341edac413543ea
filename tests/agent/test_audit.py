"""The audit log: who asked, when, which tools ran, whose spend they read; no figure and no word of the question."""

from __future__ import annotations

import pytest

from bot.agent.ask import Agent
from bot.reply import Question
from bot.services import Services
from bot.state.audit import AuditEntry
from tests.agent.conftest import NOW, Talks
from tests.agent.example import TODAY
from tests.fakes.models.script import Call, calls, says
from tools.errors import BadInput
from tools.ledger.audience import EVERYTHING, Audience

VIEWS = {
    "U_ALL": EVERYTHING,
    "U_BOTH": Audience.of("search", "orion"),
    "U_SUMS": Audience.of("search", totals=True),
}


def audited(services: Services, text: str, asker: str | None, channel: str | None = None) -> AuditEntry:
    kept: list[AuditEntry] = []
    agent = Agent(services, lambda who, where: VIEWS[who or "U_ALL"], record=kept.append, now=lambda: NOW)
    agent.ask(Question(text, TODAY, asker, channel))
    (entry,) = kept
    return entry


@pytest.mark.parametrize(
    ("text", "asker", "status", "tools", "teams"),
    [
        ("What did we spend in October 2026?", None, "answered", ("spend_total",), ("(all)",)),
        ("What did search spend in October 2026?", "U_ALL", "answered", ("spend_total",), ("search",)),
        ("Spend by team in October 2026?", "U_BOTH", "answered", ("spend_by",), ("orion", "search")),
        ("What did we spend in October 2026?", "U_SUMS", "answered", ("spend_total",), ("(totals)", "search")),
        ("What did atlas spend in October 2026?", "U_BOTH", "denied", ("spend_total",), ()),
        ("What is the price of gpt-4o?", "U_BOTH", "answered", ("model_price",), ()),
    ],
)
def test_it_says_which_tools_ran_and_whose_spend_they_read(
    services: Services, text: str, asker: str | None, status: str, tools: tuple[str, ...], teams: tuple[str, ...]
) -> None:
    assert audited(services, text, asker) == AuditEntry(NOW, asker, None, status, tools, teams)


def test_it_holds_no_figure_and_no_word_of_the_question(services: Services) -> None:
    entry = audited(services, "What did search spend in October 2026, dear penguin?", "U_ALL", "C1")
    assert (entry.person, entry.channel) == ("U_ALL", "C1")
    assert not any(word in str(entry.to_json()) for word in ("penguin", "October", "$", "spend in"))


def test_a_broken_access_file_is_audited_and_told(services: Services) -> None:
    def broken(who: str | None, where: str | None) -> Audience:
        raise BadInput("access.toml, line 3: no.")

    kept: list[AuditEntry] = []
    agent = Agent(services, broken, record=kept.append, now=lambda: NOW)
    with pytest.raises(BadInput):
        agent.ask(Question("What did we spend?", TODAY, "U1"))
    assert kept == [AuditEntry(NOW, "U1", None, "failed", (), ())]


def test_an_audit_log_that_cannot_be_written_costs_no_answer(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    def full(entry: AuditEntry) -> None:
        raise OSError("No space left on device")

    agent = Agent(services, lambda who, where: EVERYTHING, record=full, now=lambda: NOW)
    assert agent.ask(Question("What is the price of gpt-4o?", TODAY)).status == "answered"
    assert "The audit log could not be written." in caplog.text


def test_a_chat_models_calls_are_audited_the_same_way(talk: Talks) -> None:
    search = Call("spend_total", {"period": "October 2026", "team": ["search"]})
    with talk(calls(search), says("Here it is.")) as talking:
        talking.ask("What did search spend?", "U_ANN")
    (entry,) = talking.state.audited(NOW)
    assert (entry.person, entry.tools, entry.teams) == ("U_ANN", ("spend_total",), ("search",))
