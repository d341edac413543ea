"""Threads in the built-in planner: a message changes the answer before it, or says something of it."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from bot.agent.planner.several.segments import segments
from bot.agent.planner.threads.acts import small_talk
from bot.agent.planner.threads.answer_corrected import correction
from bot.agent.planner.threads.options import chosen_option
from bot.agent.planner.threads.relative_periods import in_place_of_relative
from tests.agent.fixtures import example, services
from tests.evaluation.calculator_questions import A100, H100, gpu_hours, present_value
from tests.evaluation.ledger_arithmetic import (
    AUGUST,
    OCTOBER,
    SEPTEMBER,
    Charges,
    between,
    billed,
    by,
    effective,
    of_provider,
    of_team,
)
from tests.evaluation.rates import bill
from tests.planner.conversation import PRICED, SPENT, TRAINED, M, Talk, charges, headline, shown, spent, talk

__all__ = ["charges", "example", "services", "talk"]


@pytest.mark.parametrize(
    ("messages", "team", "period"),
    [
        (("and in September?",), "search", SEPTEMBER),
        (("sept?",), "search", SEPTEMBER),
        (("and the month before?", "and the one before that?"), "search", AUGUST),
        (("and in August?", "and the following month?"), "search", SEPTEMBER),
        (("same for atlas",), "atlas", OCTOBER),
        (("no, I meant September",), "search", SEPTEMBER),
        (("sorry, atlas I mean",), "atlas", OCTOBER),
        (("no not search, atlas",), "atlas", OCTOBER),
        (("same for atlas", "undo that"), "search", OCTOBER),
        (("same for atlas", "and in September?", "back to the first"), "search", OCTOBER),
        (("thanks", "and in September?"), "search", SEPTEMBER),
        (("no", "September"), "search", SEPTEMBER),
        (("how do you know that?", "and atlas?"), "atlas", OCTOBER),
    ],
)
def test_a_follow_up_changes_what_it_names(
    talk: Talk, charges: Charges, messages: tuple[str, ...], team: str, period: tuple[str, str]
) -> None:
    assert headline(talk(SPENT, *messages)) == shown(spent(charges, team, period))


def test_a_follow_up_narrows_or_takes_another_cost(talk: Talk, charges: Charges) -> None:
    search = of_team(between(charges, *OCTOBER), "search")
    assert headline(talk(SPENT, "just OpenAI")) == shown(effective(of_provider(search, "OpenAI")))
    assert headline(talk(SPENT, "billed instead of effective")) == shown(billed(search))


def test_an_amount_is_said_otherwise_by_a_tool(talk: Talk, charges: Charges) -> None:
    """October has 31 days; a year is twelve times its month."""
    amount = spent(charges, "search")
    whole = effective(between(charges, *OCTOBER))
    assert headline(talk(SPENT, "how much is that a day?")) == shown(amount / 31)
    assert headline(talk(SPENT, "what's that per year?")) == shown(amount * 12)
    assert headline(talk(SPENT, "in thousands")) == shown(amount / 1000, "thousand USD")
    assert headline(talk(SPENT, "what's that in percent of the total?")) == shown(100 * amount / whole, "%")
    assert headline(talk(SPENT, "and if prices rise 10%?")) == shown(amount * Decimal("1.1"))
    assert headline(talk(SPENT, "and if usage doubles?")) == shown(amount * 2)


def test_two_answers_are_added_compared_and_ranked(talk: Talk, charges: Charges) -> None:
    search, atlas = spent(charges, "search"), spent(charges, "atlas")
    assert headline(talk(SPENT, "same for atlas", "and both together?")) == shown(search + atlas)
    compared = talk(SPENT, "same for atlas", "compare the two")
    assert {search, atlas} <= {figure.value for figure in compared.figures}
    assert headline(talk(SPENT, "same for atlas", "which is the biggest?")) == shown(max(search, atlas))
    assert headline(talk(PRICED, "same on gpt-4o", "added together")) == shown(
        bill("gpt-4.1", 20 * M, 2 * M) + bill("gpt-4o", 20 * M, 2 * M)
    )


def test_the_other_way_round_turns_a_change(talk: Talk, charges: Charges) -> None:
    asked = "How did search's spend change from September to October 2026?"
    rise = spent(charges, "search") - spent(charges, "search", SEPTEMBER)
    assert headline(talk(asked)) == shown(rise)
    assert headline(talk(asked, "other way round")) == shown(-rise)


def test_why_gives_the_drivers_of_spend(talk: Talk, charges: Charges) -> None:
    reply = talk(SPENT, "why?")
    assert [step.tool for step in reply.steps] == ["spend_change"]
    assert headline(reply) == shown(spent(charges, "search") - spent(charges, "search", SEPTEMBER))


def test_why_after_a_price_says_how_it_is_made_up(talk: Talk) -> None:
    reply = talk(PRICED, "why?")
    assert headline(reply) == shown(bill("gpt-4.1", 20 * M, 2 * M))
    assert "input cost $40.00 and output cost $16.00" in reply.text


def test_why_after_a_refusal_says_why_it_was_refused(talk: Talk) -> None:
    refused = talk("What is our CEO's salary?")
    assert talk("What is our CEO's salary?", "why?").text == refused.text
    assert talk(SPENT, "What is our CEO's salary?", "why?").figures == ()


@pytest.mark.parametrize(
    "asked", ["how do you know that?", "where does this number come from?", "source?", "show your working"]
)
def test_the_origin_is_told_with_tool_period_files_and_freshness(talk: Talk, charges: Charges, asked: str) -> None:
    reply = talk(SPENT, asked)
    assert headline(reply) == shown(spent(charges, "search"))
    for told in (
        "spend_total",
        "October 2026",
        "team search",
        "openai-focus.csv",
        "21 November 2026",
        "Effective cost",
    ):
        assert told in reply.text


def test_who_does_not_see_all_is_told_no_file_names(talk: Talk) -> None:
    reply = talk(SPENT, "source?", asker="U_SEARCH")
    assert "the imported billing exports" in reply.text
    assert "focus.csv" not in json.dumps(reply.to_json())


def test_what_is_included_and_assumed_is_told(talk: Talk) -> None:
    assert "taxes" in talk(SPENT, "is that including tax?").text
    assert "credits" in talk(SPENT, "does that include credits?").text
    assert "list prices" in talk(PRICED, "does that include VAT?").text
    assert "Effective cost is" in talk(SPENT, "what did you assume?").text


def test_an_answer_comes_in_another_form(talk: Talk, charges: Charges) -> None:
    asked = "Spend by team in October 2026?"
    assert talk(SPENT, "show it as a chart").charts
    assert talk(asked, "as a chart please").charts
    table = talk(asked, "csv please")
    assert "CSV" in table.text
    first = next(iter(by((c for c in between(charges, *OCTOBER) if c.team), lambda c: c.team).items()))
    assert set(first) <= set(table.tables[0].rows[0])
    assert talk(SPENT, "as a table").tables
    assert len(talk(SPENT, "say that shorter").text) <= len(talk(SPENT).text)
    assert "Effective cost is what the usage cost" in talk(SPENT, "explain that to a CFO").text


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("with 40% cached", bill("gpt-4.1", 20 * M, 2 * M, cached=8 * M)),
        ("with half of the input cached", bill("gpt-4.1", 20 * M, 2 * M, cached=10 * M)),
        ("on batch", bill("gpt-4.1", 20 * M, 2 * M, batch=True)),
        ("double the volume", bill("gpt-4.1", 40 * M, 4 * M)),
        ("half the input", bill("gpt-4.1", 10 * M, 2 * M)),
        ("what would that be on claude-haiku-4-5?", bill("claude-haiku-4-5", 20 * M, 2 * M)),
        ("and if prices rise 10%?", bill("gpt-4.1", 20 * M, 2 * M) * Decimal("1.1")),
    ],
)
def test_a_price_is_changed(talk: Talk, message: str, expected: Decimal) -> None:
    assert headline(talk(PRICED, message)) == shown(expected)


def test_a_calculation_is_changed(talk: Talk) -> None:
    size, tokens = Decimal(7 * 10**9), Decimal(2 * 10**12)
    assert headline(talk(TRAINED, "make that 50% utilisation")) == shown(gpu_hours(size, tokens, "0.5", H100) * 2)
    assert headline(talk(TRAINED, "with A100s")) == shown(gpu_hours(size, tokens, "0.4", A100) * 2)
    assert headline(talk(TRAINED, "at $3/h", "double the tokens")) == shown(gpu_hours(size, tokens, "0.4", H100) * 6)
    project = "A project costs $100k and brings 60k a year for 2 years; NPV at 10%?"
    three = present_value("0.10", [-100_000, 60_000, 60_000, 60_000])
    assert abs(headline(talk(project, "what about 3 years?"))[0] - three) < Decimal("0.01")


def test_a_bare_percent_takes_the_place_of_the_one_there_was_or_asks_back(talk: Talk) -> None:
    assert headline(talk("Break-even utilisation of a 30% commitment discount?", "make it 40%")) == shown(
        Decimal(60), "%"
    )
    asked = talk("Is a commitment with a 30% discount worth it at 55% utilisation?", "make it 80%")
    assert (asked.status, len(asked.options)) == ("clarify", 2)
    assert headline(talk("80% utilisation")) == headline(
        talk("Is a commitment with a 30% discount worth it at 80% utilisation?")
    )


@pytest.mark.parametrize(("answer", "model"), [("the second", 1), ("option 2", 1), ("the last one", 2), ("1", 0)])
def test_a_question_back_is_answered_by_an_option(talk: Talk, answer: str, model: int) -> None:
    asked = talk("What do 20M input and 2M output tokens cost?")
    assert asked.status == "clarify"
    assert asked.options[model] == talk(answer).steps[0].args["model"]


def test_a_change_of_topic_after_a_question_back_is_not_swallowed(talk: Talk, charges: Charges) -> None:
    reply = talk("What do 20M input and 2M output tokens cost?", "How much did search spend in October 2026?")
    assert headline(reply) == shown(spent(charges, "search"))


def test_forgetting_starts_over(talk: Talk, charges: Charges) -> None:
    assert talk(SPENT, "start over").figures == ()
    assert talk("and in September?").status == "clarify"


def test_nobody_inherits_a_figure_from_who_sees_more(talk: Talk, charges: Charges) -> None:
    secret = str(spent(charges, "orion"))
    talk("What did orion spend in October 2026?")
    for message in ("why?", "source?", "export it", "undo that", "and both together?", "and in September?", "thanks"):
        for asker in ("U_SEARCH", "U_NOBODY"):
            told = json.dumps(talk(message, asker=asker).to_json())
            assert secret not in told
            assert "orion" not in told


@pytest.mark.parametrize(
    "text", ["thanks", "ok", "Cool, thank you!", "got it, thanks a lot", "👍", "hello", "never mind"]
)
def test_small_talk_asks_nothing(talk: Talk, text: str) -> None:
    reply = talk(SPENT, text)
    assert (reply.status, reply.figures) == ("answered", ())


@pytest.mark.parametrize(
    "text", ["ok, and in May?", "thanks, what about atlas", "good price?", "great 3M tokens", "hi team spend"]
)
def test_what_says_more_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("no, I meant October", "October"),
        ("no, billed instead of effective", "billed"),
        ("sorry, atlas I mean", "atlas"),
        ("not growth, data", "data"),
    ],
)
def test_a_correction_is_what_it_puts_in_place(said: str, kept: str) -> None:
    assert correction(said) == (kept, True)


@pytest.mark.parametrize(
    ("said", "period", "meant"),
    [
        ("the month before", "2026-08-01 to 2026-08-31", "2026-07-01 to 2026-07-31"),
        ("the quarter before that", "2026-07-01 to 2026-09-30", "2026-04-01 to 2026-06-30"),
        ("the following month", "2026-12-01 to 2026-12-31", "2027-01-01 to 2027-01-31"),
        ("same month a year earlier", "2026-08-01 to 2026-08-31", "2025-08-01 to 2025-08-31"),
        ("the one before", "2026-08-10 to 2026-08-16", "2026-08-03 to 2026-08-09"),
    ],
)
def test_a_period_is_told_from_that_of_the_answer(said: str, period: str, meant: str) -> None:
    assert in_place_of_relative(said, {"period": period}) == f"in {meant}"


@pytest.mark.parametrize("reply", ["neither", "what about the weather", "the ninth"])
def test_no_option_is_picked_by_something_else(reply: str) -> None:
    assert chosen_option(reply, ("gpt-4o", "claude-haiku-4-5")) is None


def test_clauses_without_a_question_word_are_told_apart() -> None:
    assert segments("search spend in May and the price of gpt-4o") == ["search spend in May", "the price of gpt-4o"]
    assert segments("search spend may; atlas spend april") == ["search spend may", "atlas spend april"]
    assert len(segments("A costs 5k value 10k; B costs 8k value 12k; budget 10k")) == 1
    assert len(segments("What's the list price and the price of cached input for gpt-4o")) == 1
