"""What of a long conversation is sent to a chat model: the last turn whole, the ones before it in a line each."""

from __future__ import annotations

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage

from bot.agent.shortened import shortened
from tests.agent.conftest import Talks
from tests.fakes.models.script import Call, calls, says


def turn(number: int, result: str = "x" * 1000) -> list[AnyMessage]:
    call = {"name": "spend_total", "args": {"period": f"week {number}"}, "id": f"c{number}", "type": "tool_call"}
    return [
        HumanMessage(f"Question {number}?"),
        AIMessage("", tool_calls=[call]),
        ToolMessage(f"raw {number} {result}", tool_call_id=f"c{number}"),
        AIMessage(f"Answer {number}: ${number}.00 in week {number}."),
    ]


def text_of(messages: list[AnyMessage]) -> str:
    return "\n".join(str(message.content) for message in messages)


def test_a_new_conversation_has_nothing() -> None:
    assert shortened([]) == []


def test_the_last_turn_is_sent_whole() -> None:
    assert shortened(turn(1)) == turn(1)


def test_turns_before_it_are_a_line_each_without_what_the_tools_said() -> None:
    sent = shortened([*turn(1), *turn(2), *turn(3)])
    assert sent[1:] == turn(3)
    told = str(sent[0].content)
    assert isinstance(sent[0], HumanMessage)
    for number in (1, 2):
        assert f"Question {number}?" in told
        assert f'\\"period\\": \\"week {number}\\"' in told, "how it was understood"
        assert f"${number}.00" in told, "the headline figure"
        assert f"raw {number}" not in told
    assert told.index("Question 1?") < told.index("Question 2?")


def test_what_does_not_fit_is_left_out_oldest_first_and_counted() -> None:
    """Each of the 30 turns is a line of some 130 characters; 600 tokens are 2,400 characters, of which the last turn
    takes over 1,000."""
    sent = shortened([message for number in range(1, 31) for message in turn(number)], tokens=600)
    told = str(sent[0].content)
    assert len(text_of(sent)) <= 2400
    assert "Question 29?" in told
    assert "Question 1?" not in told
    told_of = [number for number in range(1, 30) if f"Question {number}?" in told]
    assert told_of == list(range(told_of[0], 30))
    assert f"({told_of[0] - 1} questions before these are left out.)" in told


def test_a_last_turn_that_is_too_large_is_a_line_too() -> None:
    sent = shortened(turn(1, "x" * 100_000))
    assert len(sent) == 1
    assert "Question 1?" in str(sent[0].content)
    assert len(text_of(sent)) < 1000


def test_a_long_conversation_stays_within_what_the_providers_take(talk: Talks) -> None:
    """Five turns with calls; the sixth request holds one tool result and a line for each of the four before."""
    script = [
        step for _ in range(5) for step in (calls(Call("spend_total", {"period": "October 2026"})), says("Noted."))
    ]
    with talk(*script, says("You are welcome.")) as talking:
        for number in range(5):
            talking.ask(f"Question {number} on October?", thread="T")
        talking.ask("Thanks!", thread="T")
        last = talking.model.requests[-1]
    assert talking.model.refused == []
    assert len(last.results) == 1
    assert all(f"Question {number} on October?" in str(last.body) for number in range(5))
