"""What is kept of alerts, of streams, and of how an answer was worked out, in every kind of database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.state.alerts import Telling
from bot.state.store import State

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = "C0GENERAL"


def begun(state: State, at: datetime = NOW) -> Telling:
    telling = state.alerts_begin(HERE, at)
    assert telling is not None
    return telling


def test_one_process_at_a_time_tells_a_channel(state: State) -> None:
    first = begun(state)
    assert state.alerts_begin(HERE, NOW) is None
    assert state.alerts_begin("C0OTHER", NOW) is not None
    state.alerts_end(first)
    assert begun(state).turn == 2


def test_what_was_told_is_known_for_ever_and_in_its_channel_only(state: State) -> None:
    telling = begun(state)
    assert state.alerts_posting(telling, "mark", ["a", "b"])
    state.alerts_told(telling, ["a", "b"], NOW)
    state.alerts_end(telling)
    state.forget(NOW + timedelta(days=400))
    again = begun(state, NOW + timedelta(days=400))
    assert (again.told, again.mark) == (frozenset({"a", "b"}), "")
    other = state.alerts_begin("C0OTHER", NOW)
    assert other is not None
    assert other.told == frozenset()


def test_the_next_process_learns_what_one_that_died_was_about_to_tell(state: State) -> None:
    telling = begun(state)
    state.alerts_posting(telling, "mark", ["a"])
    assert state.alerts_begin(HERE, NOW + timedelta(minutes=9)) is None
    after = begun(state, NOW + timedelta(minutes=10))
    assert (after.mark, after.keys, after.told) == ("mark", ("a",), frozenset())
    assert not state.alerts_posting(telling, "other", ["b"])


def test_a_failure_is_waited_out(state: State) -> None:
    state.alerts_end(begun(state), NOW + timedelta(minutes=15))
    assert state.alerts_begin(HERE, NOW + timedelta(minutes=14)) is None
    assert state.alerts_begin(HERE, NOW + timedelta(minutes=15)) is not None


def test_the_stream_of_a_question_is_known_to_the_next_process(state: State) -> None:
    assert state.stream_of("C1:1") == ""
    state.stream_opened("C1:1", "1.5", NOW)
    state.stream_opened("C1:1", "2.5", NOW)
    assert state.stream_of("C1:1") == "2.5"
    state.forget(NOW + timedelta(days=1))
    assert state.stream_of("C1:1") == ""


def test_the_calls_of_an_answer_are_kept_and_forgotten(state: State) -> None:
    calls = [("price_usage", {"model": "gpt-4o", "input": Decimal("3.5")})]
    state.keep_worked("C1:1", date(2026, 11, 23), calls, NOW)
    worked = state.worked("C1:1")
    assert worked is not None
    assert (worked.today, worked.calls) == (date(2026, 11, 23), (("price_usage", {"model": "gpt-4o", "input": "3.5"}),))
    state.forget(NOW + timedelta(days=1))
    assert state.worked("C1:1") is None
