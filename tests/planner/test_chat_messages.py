"""Messages as they are written in Slack: marks, greetings and reasons go, what is asked stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.agent.planner.intents.own.paired import paired
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.several.enumerated import numbered, one_after_another, under_a_head
from bot.agent.planner.several.segments import segments
from bot.agent.planner.several.shared_time import in_the_same_time
from bot.agent.planner.wording.chat_marks import as_spoken
from bot.agent.planner.wording.reasons import parted, says_nothing_of_the_figure


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("<@U0BOT> what did `core` cost? asking for <@U77>", "what did core cost?"),
        ("morning all :wave: R&amp;D in aug", "R&D in aug"),
        ("in <#C123|eng-costs>, *core* spend ~may~ june 😬", "core spend june"),
        ("see <https://x.example/y|the sheet> for “Q3”", 'see the sheet for "Q3"'),
        ("hey @outlay what did #core spend? cc @bob", "what did core spend?"),
        ("p5 < 4, ~5 million at 3:1 in:out (8)", "p5 < 4, ~5 million at 3:1 in:out (8)"),
        ("hi all", "hi all"),
        ("a_b_c and 2 * 3 * 4", "a_b_c and 2 * 3 * 4"),
    ],
)
def test_slacks_marks_are_taken_off(written: str, spoken: str) -> None:
    assert as_spoken(written) == spoken
    assert as_spoken(spoken) == spoken


def test_a_list_is_told_apart_into_its_questions() -> None:
    assert numbered("two things: 1) what did core spend in july 2) and search in august?") == [
        "what did core spend in july",
        "and search in august?",
    ]
    assert numbered("the top 2) of 3") is None
    assert under_a_head("For May: total, top model and share of OpenAI?") == [
        "total for May?",
        "top model for May?",
        "share of OpenAI for May?",
    ]
    assert under_a_head("core, May: total and by model") == ["total for core, May?", "by model for core, May?"]
    assert under_a_head("compare these: gpt-4o and gpt-4.1") is None
    assert one_after_another("What was total spend in Q3, which team was the biggest, and how much was untagged?") == [
        "What was total spend in Q3?",
        "which team was the biggest?",
        "how much was untagged?",
    ]
    whole = "what did core spend in Q1, which is the last quarter, on OpenAI?"
    assert one_after_another(whole) == [whole]


def test_only_a_time_after_a_question_without_one_belongs_to_it() -> None:
    assert segments("what does core cost weekly? last 4 complete weeks") == [
        "what does core cost weekly last 4 complete weeks"
    ]
    assert len(segments("what did core cost in May? last month as well?")) == 2


def test_questions_of_one_message_share_its_time() -> None:
    first = Planned("spend_total", {"period": "2026-05-01 to 2026-05-31"})
    shared = in_the_same_time([Planned("untagged_share"), Planned("forecast")], [first], "how much was untagged?")
    assert shared == [Planned("untagged_share", {"period": "2026-05-01 to 2026-05-31"}), Planned("forecast")]
    alone = [Planned("spend_total")]
    assert in_the_same_time(alone, [first], "and our total ever?") == alone
    assert (
        in_the_same_time(alone, [first, Planned("spend_total", {"period": "2026-04-01 to 2026-04-30"})], "x") == alone
    )
    assert in_the_same_time(alone, [Planned("spend_total")], "x") == alone


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("need a number for the deck, how much has core spent in May?", True),
        ("search is asking again: what did core spend in May?", True),
        ("looking at May, what did core spend?", False),
        ("need this without credits: what did core spend in May?", False),
        ("checking search, how much did we spend in May?", False),
        ("we want 20% off, what would the May bill be?", False),
    ],
)
def test_a_reason_is_left_out_only_where_it_says_nothing_of_the_figure(
    reading: Callable[[str], Reading], text: str, dropped: bool
) -> None:
    found = parted(text)
    assert (found is not None and says_nothing_of_the_figure(reading(found[0]))) is dropped


def test_names_and_times_that_take_turns_belong_together(reading: Callable[[str], Reading]) -> None:
    found = reading("what did core spend in March, and search in April?")
    assert [(value, found.periods[place].text) for _, value, place in paired(found)] == [
        ("core", "March"),
        ("search", "April"),
    ]
    assert paired(reading("core and search in March and April")) == []
    assert paired(reading("core in March vs search in April")) == []


def test_an_emoji_before_a_question_is_a_pause() -> None:
    assert as_spoken("trying to close the books :sweat_smile: What did core cost?") == (
        "trying to close the books, What did core cost?"
    )
    assert under_a_head("I'm writing the newsletter: what did we spend in june, and which model was top") is None


def test_what_only_says_that_it_corrects_is_taken(reading: Callable[[str], Reading]) -> None:
    found = reading("what did core, scratch that, search spend in May?")
    assert [value.value for value in found.values] == ["search"]
    assert any(found.text[start:end] == "scratch that" for start, end in found.taken)
