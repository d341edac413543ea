"""Which questions are looked up in the news though they are worded like ones on own spend or prices."""

import pytest

from bot.agent.planner.routing.of_the_world import DONE, MOVED


@pytest.mark.parametrize("text", ["did AWS cut P5 prices?", "have H100 rents gone up?", "H100 rents rising?"])
def test_rents_that_moved_are_a_matter_of_news(text: str) -> None:
    assert MOVED.search(text)


@pytest.mark.parametrize("text", ["H100 spot vs on demand on AWS", "cheapest H100 per hour?"])
def test_rents_as_they_are_are_not(text: str) -> None:
    assert not MOVED.search(text)


def test_a_training_run_that_was_done_is_told_from_one_to_plan() -> None:
    assert DONE.search("was the model really trained for 5 million?")
    assert not DONE.search("what does it cost to train a 7B model?")
