"""Providers, accelerators and models under the names that bills give them."""

from __future__ import annotations

import pytest

from tools.ledger.naming.model_names import ModelName, found_in, stated
from tools.ledger.storing.classify import is_accelerator, is_ai_service, provider


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"),
        ("Claude 3.5 Sonnet input tokens", "claude-3-5-sonnet"),
        ("Claude Sonnet 4.5 output", "claude-sonnet-4-5"),
        ("claude-sonnet-4@20250514", "claude-sonnet-4"),
        ("Claude Haiku 4.5 - cache read tokens", "claude-haiku-4-5"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("gpt-4o-mini-2024-07-18, cached", "gpt-4o-mini"),
        ("GPT 4o mini Input Tokens", "gpt-4o-mini"),
        ("gpt 4o 0806 Input global Tokens", "gpt-4o"),
        ("gpt-6-astra, input_tokens", "gpt-6-astra"),
        ("Gemini 2.5 Flash GA Text Input", "gemini-2.5-flash"),
        ("meta.llama3-3-70b-instruct-v1:0", "llama-3.3-70b-instruct"),
        ("Llama 3.3 70B Instruct input", "llama-3.3-70b-instruct"),
        ("o3 input", "o3"),
        ("o3-mini-2025-01-31", "o3-mini"),
        ("text-embedding-3-small tokens", "text-embedding-3-small"),
    ],
)
def test_a_description_names_one_model_in_one_spelling(text: str, model: str) -> None:
    found = found_in(text)
    assert found is not None
    assert found.model == model


@pytest.mark.parametrize("text", ["Amazon Bedrock", "Requests tier 1", "Standard_ND96", "embedding batch", ""])
def test_a_description_without_a_model_names_none(text: str) -> None:
    assert found_in(text) is None


def test_a_stated_model_keeps_a_name_of_the_companys_own() -> None:
    assert stated("Support-Bot-v2") == ModelName("support-bot-v2")
    assert stated("ft:gpt-4o:acme").model == "ft:gpt-4o:acme"
    assert stated("openai/GPT-4o-2024-08-06") == ModelName("gpt-4o", "gpt-4o-2024-08-06")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Amazon Web Services, Inc.", "AWS"),
        ("Amazon Web Services EMEA SARL", "AWS"),
        ("GCP", "Google Cloud"),
        ("Microsoft Corporation", "Microsoft"),
        ("azure", "Microsoft"),
        ("OpenAI, LLC", "OpenAI"),
        ("Acme  Cloud", "Acme Cloud"),
    ],
)
def test_a_provider_has_one_spelling(name: str, shown: str) -> None:
    assert provider(name) == shown


@pytest.mark.parametrize(
    "text",
    [
        "BoxUsage:p5.48xlarge",
        "ml.p4d.24xlarge",
        "$1.624 per On Demand Linux g5.4xlarge Instance Hour",
        "a3-highgpu-8g",
        "TPU v5e",
        "Standard_ND96isr_H100_v5",
        "NC24ads A100 v4",
        "Nvidia L4 GPU running",
        "VM.GPU.A10.2",
    ],
)
def test_accelerators_are_known_by_their_skus(text: str) -> None:
    assert is_accelerator([None, text])


@pytest.mark.parametrize("text", ["t4g.large", "c5.xlarge", "Network L4 load balancing", "p50 latency", "m6i.large"])
def test_other_machines_are_no_accelerators(text: str) -> None:
    assert not is_accelerator([text])


def test_ai_is_the_service_category_or_a_model_provider() -> None:
    assert is_ai_service("AI and Machine Learning", "AWS")
    assert is_ai_service(None, "Anthropic")
    assert not is_ai_service("Compute", "AWS")
