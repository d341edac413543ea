"""Models named inside a sentence."""

import time

import pytest

from tools.errors import NeedsChoice, Unknown
from tools.prices.catalogue import Catalogue
from tools.prices.names import mentions


def found(text: str, catalogue: Catalogue) -> list[str]:
    return [f"{m.ref.provider}/{m.ref.model}" if m.ref else f"?{m.text}" for m in mentions(text, catalogue)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "what do 3M input and 500k output tokens cost on gpt-4o vs claude sonnet 4.5?",
            ["openai/gpt-4o", "anthropic/claude-sonnet-4-5"],
        ),
        ("azure gpt-4o against vertex gemini 2.5 pro", ["azure/gpt-4o", "google/gemini-2.5-pro"]),
        ("how much is llama 3.3 70b on groq for 10M tokens", ["groq/llama-3.3-70b-versatile"]),
        ("gpt-4 turbo, gpt-4, gpt-4.1", ["openai/gpt-4-turbo", "openai/gpt-4", "openai/gpt-4.1"]),
        ("claude sonnet 4.5 3M input 1M output", ["anthropic/claude-sonnet-4-5"]),
        ("gpt 5 mini 5 million tokens", ["openai/gpt-5-mini"]),
        ("4o mini vs 4.1 nano and o3", ["openai/gpt-4o-mini", "openai/gpt-4.1-nano", "openai/o3"]),
        ("Opus 4.5 batch for 20M tokens in, 2M out", ["anthropic/claude-opus-4-5"]),
        ("gemini 2.5 flash lite at 60% cached", ["google/gemini-2.5-flash-lite"]),
        ("gpt-4o-based agents", ["openai/gpt-4o"]),
        ("price of gpt-4o-mni", ["openai/gpt-4o-mini"]),
        (
            "If support's gpt-4o traffic had run on claude-haiku-4-5? With 40% cache hits?",
            ["openai/gpt-4o", "anthropic/claude-haiku-4-5"],
        ),
    ],
)
def test_the_models_of_a_sentence_are_found(catalogue: Catalogue, text: str, expected: list[str]) -> None:
    assert found(text, catalogue) == expected


@pytest.mark.parametrize(
    "text",
    [
        "H100 per hour: cheapest on demand, spot, reserved?",
        "rent 8 A100 or 4 L4 or 64 H200",
        "which large model should command the nova team pay for",
        "What did search spend on Anthropic in October, against September?",
        "What did Mistral raise in its latest round, and DeepSeek?",
        "What is Microsoft capex in the last 4 quarters?",
        "Cost to train 70B on 15T tokens? To fine-tune?",
        "ROI, NPV and payback of a project of $2.5M over 3 years",
        "Is the flash sale a pro or a mini one? 5 minutes left.",
        "the titan and phi teams, the sonar project, the muse account",
    ],
)
def test_ordinary_words_and_accelerators_are_no_models(catalogue: Catalogue, text: str) -> None:
    assert mentions(text, catalogue) == []


@pytest.mark.parametrize("name", ["gpt-9", "claude 7 opus", "gemini 12", "gpt-4o-super", "claude sonnet 4.7"])
def test_something_that_looks_like_a_model_but_is_none_is_never_another(catalogue: Catalogue, name: str) -> None:
    (mention,) = mentions(f"what does {name} cost for 1M tokens", catalogue)
    assert mention.text == name
    assert mention.ref is None
    assert isinstance(mention.problem, Unknown)


def test_a_family_alone_is_ambiguous_and_a_number_after_it_may_be_a_quantity(catalogue: Catalogue) -> None:
    for text in ("what do we spend on claude", "claude for 500 users", "we use claude 3 times a week"):
        (mention,) = mentions(text, catalogue)
        assert mention.text.lower() == "claude"
        assert isinstance(mention.problem, NeedsChoice)


def test_a_provider_at_the_end_of_a_list_is_meant_for_the_whole_list(catalogue: Catalogue) -> None:
    both = mentions("compare sonnet 4.5 and haiku 4.5 on bedrock", catalogue)
    assert [m.ref.provider for m in both if m.ref] == ["aws", "aws"]


def test_the_same_model_at_two_providers_stays_two(catalogue: Catalogue) -> None:
    both = mentions("sonnet 4.5 vs sonnet 4.5 on bedrock", catalogue)
    assert [m.ref.provider for m in both if m.ref] == ["anthropic", "aws"]


def test_a_provider_that_does_not_sell_the_other_model_is_not_meant_for_it(catalogue: Catalogue) -> None:
    both = mentions("gpt-4o vs claude sonnet 4.5 on bedrock", catalogue)
    assert [m.ref.provider for m in both if m.ref] == ["openai", "aws"]


def test_names_that_mean_something_else_here_are_left_alone(catalogue: Catalogue) -> None:
    assert mentions("what did opus spend last month", catalogue, ignore=["Opus"]) == []


def test_the_span_of_a_mention_is_its_text(catalogue: Catalogue) -> None:
    text = "Compare gpt-4o, Claude Sonnet 4.5 and gemini 12."
    assert [text[m.start : m.end] for m in mentions(text, catalogue)] == ["gpt-4o", "Claude Sonnet 4.5", "gemini 12"]


def test_reading_a_sentence_takes_under_ten_milliseconds_when_warm(catalogue: Catalogue) -> None:
    text = "what do 3M input and 500k output tokens cost on gpt-4o vs claude sonnet 4.5 on bedrock with 60% cached?"
    mentions(text, catalogue)
    took = []
    for _ in range(5):
        start = time.perf_counter()
        mentions(text, catalogue)
        took.append(time.perf_counter() - start)
    assert min(took) < 0.01
