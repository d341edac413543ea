"""What was asked back, or led with another figure, over random rewordings: each by its cause."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.agent.ask import Agent
from bot.agent.planner.routing.elsewhere import is_order
from bot.agent.planner.routing.measures import asked_first
from bot.agent.planner.several.enumerated import under_a_head
from bot.agent.planner.spelling.spelling import corrected
from bot.agent.planner.spelling.spelling_models import models_spelt
from bot.agent.planner.wording.asides import without_asides
from bot.evaluation.example_company import TODAY
from bot.reply import Question
from bot.services import Services
from knowledge.embed import load_embedder
from tests.agent.fixtures import example, services
from tools.ledger.audience import EVERYTHING
from tools.results import Figure

__all__ = ["example", "services"]


@pytest.fixture(scope="module")
def english() -> frozenset[str]:
    return load_embedder().words()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90000 a yoar for 2 years", "90000 a year for 2 years"),
        ("over 240 hous", "over 240 hours"),
        ("per mnth", "per month"),
        ("from Jly 6 to August 20", "from july 6 to August 20"),
        ("Whst was our AI spend", "what was our AI spend"),
        ("in jul 2026, whnt was our spend", "in jul 2026, what was our spend"),
        ("a hoax a day", "a hoax a day"),
        ("did whnt spend", "did whnt spend"),
    ],
)
def test_a_slip_is_put_right_where_only_one_kind_of_word_can_stand(
    english: frozenset[str], written: str, meant: str
) -> None:
    assert corrected(written, english, ()).text == meant


MODELS = frozenset(("claude-sonnet-4-5", "claude-haiku-4-5", "gemini-2.5-pro", "opal-2", "onyx-2"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("claude-sonent-4-5", "claude-sonnet-4-5"),
        ("cladue-haiku-4-5", "claude-haiku-4-5"),
        ("gemiini-2.5-pro", "gemini-2.5-pro"),
        ("claude-sonnet-4-6", "claude-sonnet-4-6"),
        ("cladue-sonent-4-5", "cladue-sonent-4-5"),
        ("opel-2", "opel-2"),
    ],
)
def test_a_models_name_is_put_right_in_its_letters_never_in_its_digits(written: str, meant: str) -> None:
    assert models_spelt(written, MODELS)[0] == meant


@pytest.mark.parametrize(
    "text",
    ["Can you tell me: the bill for May", "I'd like to know: the bill for May", "for the board deck: the bill for May"],
)
def test_what_leads_in_to_a_question_is_no_part_of_it(text: str) -> None:
    assert without_asides(text) == "the bill for May"


def test_telling_the_asker_is_no_order_and_telling_somebody_else_is() -> None:
    assert not is_order("Can you tell me: total billed, Sep 2026")
    assert is_order("tell @anna that we are over budget")


def test_a_question_with_two_names_after_a_colon_is_no_list_of_figures() -> None:
    assert under_a_head("for the deck: what did growth and atlas each spend in May") is None
    assert under_a_head("for the deck: per 1M output tokens, what does gpt-5 cost") is None
    assert under_a_head("In September: total, and top model") == ["total in September?", "top model in September?"]


def test_a_saving_asked_for_leads() -> None:
    figures = (
        Figure("Cost on the cheapest", Decimal(28), "USD"),
        Figure("gpt-4o above the cheapest", Decimal(32), "USD"),
    )
    assert asked_first("how much do we save with haiku instead of gpt-4o", figures)[0].value == Decimal(32)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("How much did gpt-4o cost support in October?", "support, gpt-4o, October 2026"),
        ("spend 2026-10 support gpt-4o", "support, gpt-4o, October 2026"),
        ("how much did growth squad spend in October?", "growth, October 2026"),
        ("Leaving out Microsoft, what did we spend in October?", "without Microsoft, October 2026"),
    ],
)
def test_names_beside_ordinary_words_are_read_as_teams_and_what_is_left_out(
    services: Services, question: str, headline: str
) -> None:
    agent = Agent(services, lambda asker, channel: EVERYTHING)
    assert headline in agent.ask(Question(question, TODAY)).text
