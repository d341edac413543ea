"""The briefs of the starter pack: whole front matter, a source each, and answers to what people ask."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.evaluation.news_questions import STARTER, news_questions

BRIEFS = sorted(STARTER.glob("*.md"))
TOPICS = {
    "people",
    "gpu prices",
    "capex",
    "training cost",
    "inference cost",
    "pricing",
    "finops",
    "energy",
    "regulation",
    "hardware",
    "reports",
}


def read(brief: Path) -> tuple[dict[str, Any], str]:
    _, front, body = brief.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.stem)
def test_a_brief_names_its_publisher_date_link_and_topic(brief: Path) -> None:
    front, body = read(brief)
    assert set(front) == {"title", "publisher", "published_on", "url", "topic"}
    assert front["url"].startswith("https://")
    assert date(2024, 1, 1) <= front["published_on"] <= date(2026, 11, 23)
    assert front["topic"] in TOPICS
    assert 120 <= len(body.split()) <= 300


def test_no_two_briefs_share_a_link_or_a_title() -> None:
    fronts = [read(brief)[0] for brief in BRIEFS]
    for field in ("url", "title"):
        assert max(Counter(front[field] for front in fronts).values()) == 1


def test_every_topic_has_a_brief() -> None:
    assert {read(brief)[0]["topic"] for brief in BRIEFS} == TOPICS


def test_every_news_question_expects_links_of_the_pack() -> None:
    links = {read(brief)[0]["url"] for brief in BRIEFS}
    assert all(set(line["sources_any"]) <= links for line in news_questions())
