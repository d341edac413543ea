"""Questions after the news of certain days."""

from datetime import date

import pytest

from knowledge.searching.news_window import news_window

# A Monday.
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("What happened at Ovado in September?", date(2026, 9, 1), date(2026, 9, 30)),
        ("What did Tavik announce in December?", date(2025, 12, 1), date(2025, 12, 31)),
        ("What did Tavik announce in February 2024?", date(2024, 2, 1), date(2024, 2, 29)),
        ("News on chips since March", date(2026, 3, 1), TODAY),
        ("What did Ovado do in November?", date(2026, 11, 1), TODAY),
        ("Any news on Ovado last week?", date(2026, 11, 16), TODAY),
        ("Any news on Ovado this week?", TODAY, TODAY),
        ("What was reported last month?", date(2026, 10, 1), date(2026, 10, 31)),
        ("What was announced this month?", date(2026, 11, 1), TODAY),
    ],
)
def test_the_days_asked_for_are_known(question: str, start: date, end: date) -> None:
    window = news_window(question, TODAY)
    assert window is not None
    assert (window.start, window.end) == (start, end)
    assert window.holds(start)
    assert not window.holds(None)


@pytest.mark.parametrize(
    "question",
    ["What did a Z7 cost in August?", "What is new at Ovado?", "What may Ovado announce?", "Who runs Ovado now?"],
)
def test_other_questions_have_no_such_days(question: str) -> None:
    assert news_window(question, TODAY) is None
