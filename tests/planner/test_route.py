"""Nearness in meaning: examples lie nearest their own intent, and a score is the mean of the nearest two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.agent.planner.kinds import INTENTS
from bot.agent.planner.routing.route import Router, examples
from bot.agent.planner.threads.acts import ACT, PATTERNS
from knowledge.embed import MiniLM


class Directions:
    """An embedder of two dimensions: each text lies at the cosine given for it to the question, else at a right angle.

    `asked` counts the texts it was given.
    """

    name, dimension = "directions", 2

    def __init__(self, cosines: dict[str, float]) -> None:
        self.cosines, self.asked = cosines, 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        along = [self.cosines.get(text, 0.0) for text in texts]
        return np.array([[x, (1 - x * x) ** 0.5] for x in along], dtype=np.float32)


@pytest.fixture(scope="module")
def router(embedder: MiniLM) -> Router:
    return Router(embedder)


def nearest(router: Router, text: str, among: int = 1) -> list[str]:
    scores = router.scores(text)
    return sorted(scores, key=lambda name: -scores[name])[:among]


def test_every_example_belongs_to_an_intent_or_an_act_and_stands_once() -> None:
    lines = [line for kept in examples().values() for line in kept]
    acts = {f"{ACT}{name}" for name, _ in PATTERNS}
    assert set(examples()) <= {intent.name for intent in INTENTS} | acts
    assert len(set(lines)) == len(lines)
    assert all(len(kept) >= 2 for kept in examples().values())


def test_examples_score_their_own_intent_highest(router: Router) -> None:
    """All but a few do, which lie between two intents; those are second or third."""
    placed = [(name, line) for name, kept in examples().items() for line in kept]
    elsewhere = [(name, line) for name, line in placed if nearest(router, line) != [name]]
    assert len(elsewhere) <= 0.04 * len(placed), elsewhere
    assert [(name, line) for name, line in elsewhere if name not in nearest(router, line, 3)] == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What would 3M tokens be on gpt-4o?", "price_usage"),
        ("how did atlas do money-wise last month, what was spent", "spend_total"),
        ("least costly model for a long context", "cheapest_model"),
        ("cost of pre-training a 7B model on 2T tokens with H100", "training_cost"),
        ("should we buy H100 servers or rent them", "rent_or_buy"),
        ("what part of our spend has no team tag", "untagged"),
        ("did anything unusual happen in our spend last month", "anomalies"),
        ("where do we land at the end of the month", "forecast"),
    ],
)
def test_a_question_in_other_words_is_near_its_intent(router: Router, text: str, intent: str) -> None:
    assert intent in nearest(router, text, 2)


def test_scores_cover_every_intent_between_minus_one_and_one(router: Router) -> None:
    for text in ("", "What did atlas spend last month?", "ß" * 5000):
        scores = router.scores(text)
        assert set(scores) == set(examples())
        assert all(-1.001 <= score <= 1.001 for score in scores.values())


def test_a_score_is_the_mean_of_the_nearest_two_examples() -> None:
    first, second, third = examples()["spend_total"][:3]
    (other,) = examples()["spend_by"][:1]
    scores = Router(Directions({"asked": 1.0, first: 0.6, second: 0.2, third: 0.8, other: 0.8})).scores("asked")
    assert scores["spend_total"] == pytest.approx((0.8 + 0.6) / 2, abs=1e-6)
    assert scores["spend_by"] == pytest.approx((0.8 + 0.0) / 2, abs=1e-6)
    assert scores["price_usage"] == pytest.approx(0.0, abs=1e-6)


def test_vectors_are_kept_for_the_next_start(tmp_path: Path) -> None:
    first, later = Directions({"asked": 1.0}), Directions({"asked": 1.0})
    before = Router(first, tmp_path / "cache").scores("asked")
    assert Router(later, tmp_path / "cache").scores("asked") == before
    assert (first.asked, later.asked) == (1 + sum(map(len, examples().values())), 1)
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".npy"]


def test_a_broken_cache_is_made_anew(tmp_path: Path) -> None:
    before = Router(Directions({"asked": 1.0}), tmp_path).scores("asked")
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"not an array")
    assert Router(Directions({"asked": 1.0}), tmp_path).scores("asked") == before
    np.save(kept, np.zeros((1, 2), dtype=np.float32))
    assert Router(Directions({"asked": 1.0}), tmp_path).scores("asked") == before


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    Router(Directions({}), tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.unlink()
    kept.mkdir()
    assert set(Router(Directions({}), tmp_path).scores("asked")) == set(examples())
    assert list(tmp_path.iterdir()) == [kept]


def test_a_file_in_the_place_of_the_cache_folder_costs_nothing_but_time(tmp_path: Path) -> None:
    taken = tmp_path / "cache"
    taken.write_text("in the way", encoding="utf-8")
    assert set(Router(Directions({}), taken).scores("asked")) == set(examples())


def test_another_embedders_vectors_are_not_taken(tmp_path: Path) -> None:
    Router(Directions({}), tmp_path)
    other = Directions({})
    other.name = "others"
    Router(other, tmp_path)
    assert other.asked == sum(map(len, examples().values()))
