"""Model names as people say them."""

import pytest

from tools.errors import NeedsChoice, Unknown
from tools.prices.catalogue import Catalogue
from tools.prices.names import find_model, model_key, resolve_billed_model

BEDROCK_HAIKU = "aws/global.anthropic.claude-haiku-4-5-20251001-v1:0"
BEDROCK_SONNET = "aws/global.anthropic.claude-sonnet-4-5-20250929-v1:0"

SPOKEN = {
    "gpt-4o": "openai/gpt-4o",
    "GPT-4o": "openai/gpt-4o",
    "gpt4o": "openai/gpt-4o",
    "gpt 4o": "openai/gpt-4o",
    "4o": "openai/gpt-4o",
    "gpt 4 o": "openai/gpt-4o",
    "o4mini": "openai/o4-mini",
    "openai gpt-4o": "openai/gpt-4o",
    "gpt-4o via openai": "openai/gpt-4o",
    "gpt-4o-2024-08-06": "openai/gpt-4o",
    "gpt-4o-2024-05-13": "openai/gpt-4o-2024-05-13",
    "gpt-4o mini": "openai/gpt-4o-mini",
    "4o mini": "openai/gpt-4o-mini",
    "GPT 4o-mini": "openai/gpt-4o-mini",
    "gpt-4o-mni": "openai/gpt-4o-mini",
    "gpt-4": "openai/gpt-4",
    "gpt 4": "openai/gpt-4",
    "gpt-4 turbo": "openai/gpt-4-turbo",
    "gpt-4.1": "openai/gpt-4.1",
    "GPT-4.1 nano": "openai/gpt-4.1-nano",
    "gpt 4.1 mini": "openai/gpt-4.1-mini",
    "4.1 mini": "openai/gpt-4.1-mini",
    "gpt-3.5 turbo": "openai/gpt-3.5-turbo",
    "gpt 5": "openai/gpt-5",
    "gpt 5 mini": "openai/gpt-5-mini",
    "gpt-5-nano": "openai/gpt-5-nano",
    "gpt-5.4 mini": "openai/gpt-5.4-mini",
    "gpt-6 luna": "openai/gpt-6-luna",
    "o1": "openai/o1",
    "o3": "openai/o3",
    "o3-mini": "openai/o3-mini",
    "o4 mini": "openai/o4-mini",
    "o4-mini": "openai/o4-mini",
    "gpt-4o realtime": "openai/gpt-4o-realtime-preview",
    "text-embedding-3-small": "openai/text-embedding-3-small",
    "gpt-4o on azure": "azure/gpt-4o",
    "azure openai gpt-4o": "azure/gpt-4o",
    "Sonnet 4.5": "anthropic/claude-sonnet-4-5",
    "claude sonnet 4.5": "anthropic/claude-sonnet-4-5",
    "claude 4.5 sonnet": "anthropic/claude-sonnet-4-5",
    "claude-sonnet-4-5": "anthropic/claude-sonnet-4-5",
    "Anthropic Claude Sonnet 4.5": "anthropic/claude-sonnet-4-5",
    "clade sonnet 4.5": "anthropic/claude-sonnet-4-5",
    "claude sonet 4.5": "anthropic/claude-sonnet-4-5",
    "sonnet 4": "anthropic/claude-sonnet-4-0",
    "claude 4 sonnet": "anthropic/claude-sonnet-4-0",
    "sonnet 4.6": "anthropic/claude-sonnet-4-6",
    "sonnet 5": "anthropic/claude-sonnet-5",
    "sonnet 5.5": "anthropic/claude-sonnet-5-5",
    "claude 3.5 sonnet": "anthropic/claude-3-5-sonnet",
    "claude-3-5-sonnet-20241022": "anthropic/claude-3-5-sonnet",
    "opus 4.1": "anthropic/claude-opus-4-1",
    "claude opus 4.5": "anthropic/claude-opus-4-5",
    "claude 3 opus": "anthropic/claude-3-opus-latest",
    "haiku 4.5": "anthropic/claude-haiku-4-5",
    "claude haiku 4.5": "anthropic/claude-haiku-4-5",
    "haiku 3": "anthropic/claude-3-haiku",
    "claude haiku 4.5 on bedrock": BEDROCK_HAIKU,
    "haiku 4.5 on AWS": BEDROCK_HAIKU,
    "bedrock claude sonnet 4.5": BEDROCK_SONNET,
    "sonnet 4.5 on bedrock regional": "aws/regional.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "vertex claude sonnet 4.5": "google/claude-sonnet-4-5",
    "gemini flash 2.5": "google/gemini-2.5-flash",
    "gemini 2.5 flash": "google/gemini-2.5-flash",
    "gemini 2.5 flash lite": "google/gemini-2.5-flash-lite",
    "gemini-2.5-flash-lite": "google/gemini-2.5-flash-lite",
    "google gemini 2.5 pro": "google/gemini-2.5-pro",
    "gemni 2.5 pro": "google/gemini-2.5-pro",
    "gemini 3.1 pro": "google/gemini-3.1-pro-preview",
    "gemini 3.8 flash": "google/gemini-3.8-flash",
    "llama 3.3 70b on groq": "groq/llama-3.3-70b-versatile",
    "llama 3.1 8b on bedrock": "aws/meta.llama3-1-8b-instruct-v1:0",
    "mistral large 4": "mistral/mistral-large-4",
    "mistral small 4": "mistral/mistral-small-2603",
    "mistral-large-latest": "mistral/mistral-large-2512",
    "sonar": "perplexity/perplexity/sonar",
    "command r+": "cohere/command-r-plus",
    "command a": "cohere/command-a",
    "grok 4.7": "x-ai/grok-4.7",
    "kimi k3": "moonshotai/kimi-k3",
    "deepseek v4 flash": "deepseek/deepseek-v4-flash",
    "deepseek chat": "deepseek/deepseek-chat",
    "nova pro": "aws/amazon.nova-pro-v1:0",
    "phi 4": "azure/phi-4",
    "muse spark 1.3": "meta/muse-spark-1.3",
}


@pytest.mark.parametrize(("said", "meant"), SPOKEN.items())
def test_a_spoken_name_means_exactly_one_model(catalogue: Catalogue, said: str, meant: str) -> None:
    provider, model = meant.split("/", 1)
    found = find_model(said, catalogue)
    assert (found.provider, found.model) == (provider, model)


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("haiku", "Claude Haiku 4.5"),
        ("claude", "Claude Opus 5.5"),
        ("claude 4.5", "Claude Sonnet 4.5"),
        ("gpt 6", "gpt-6-luna"),
        ("gemini pro", "Gemini 3.1 Pro Preview"),
        ("gemini flash", "Gemini 3.8 Flash"),
        ("mistral large", "Mistral Large 4"),
        ("gpt-3.5", "gpt-3.5-turbo"),
        ("deepseek v4", "DeepSeek V4 Pro"),
        ("llama 3.3 70b", "Llama 3.3 70B Instruct on AWS Bedrock"),
        ("deepseek v3", "DeepSeek V3 on OpenRouter"),
        ("gpt-oss-120b", "GPT OSS 120B on Groq"),
    ],
)
def test_an_ambiguous_name_asks_back_with_candidates(catalogue: Catalogue, said: str, offered: str) -> None:
    with pytest.raises(NeedsChoice) as asked:
        find_model(said, catalogue)
    assert offered in asked.value.options
    assert len(asked.value.options) <= 8


@pytest.mark.parametrize(
    "said", ["haiku", "claude", "gpt 6", "gemini flash", "mistral large", "llama 3.3 70b", "gpt-oss-120b", "nova lite"]
)
def test_every_option_offered_is_itself_an_answer(catalogue: Catalogue, said: str) -> None:
    with pytest.raises(NeedsChoice) as asked:
        find_model(said, catalogue)
    answers = [find_model(name, catalogue) for name in asked.value.options]
    assert len(set(answers)) == len(answers) > 0


@pytest.mark.parametrize(
    "said",
    [
        "gpt-9",
        "gpt-4o-super",
        "gpt-4o turbo",
        "claude 7 opus",
        "claude sonnet 4.5.1",
        "sonnet 4.4",
        "gemini 12",
        "gemini 2.5 ultra",
        "o9",
        "banana",
        "",
        "gpt-4o on deepinfra",
        "sonnet 4.5 on groq",
        "gpt-4o on azure data zone",
    ],
)
def test_what_is_not_in_the_catalogue_is_unknown_and_never_another_model(catalogue: Catalogue, said: str) -> None:
    with pytest.raises(Unknown):
        find_model(said, catalogue)


def test_an_unknown_name_comes_with_the_nearest_names_of_its_family(catalogue: Catalogue) -> None:
    with pytest.raises(Unknown) as unknown:
        find_model("claude 7 opus", catalogue)
    assert unknown.value.nearest
    assert all("Opus" in name for name in unknown.value.nearest)


def test_a_version_is_never_corrected(catalogue: Catalogue) -> None:
    for said in ("gpt-4p", "sonnet 4.7", "haiku 4.6", "gemini 2.6 pro", "o5-mini", "llama 3.4 70b on groq"):
        with pytest.raises((Unknown, NeedsChoice)):
            find_model(said, catalogue)


@pytest.mark.parametrize(
    ("raw", "provider", "meant"),
    [
        ("gpt-4o-2024-08-06", "OpenAI", "openai/gpt-4o"),
        ("gpt-4o-mini-2024-07-18", "Microsoft", "azure/gpt-4o-mini"),
        ("claude-3-5-sonnet-20241022", None, "anthropic/claude-3-5-sonnet"),
        ("claude-sonnet-4-5@20250929", "Google Cloud", "google/claude-sonnet-4-5"),
        (
            "anthropic.claude-3-5-sonnet-20241022-v2:0",
            "AWS",
            "aws/regional.anthropic.claude-3-5-sonnet-20241022-v2:0",
        ),
        (
            "eu.anthropic.claude-haiku-4-5-20251001-v1:0",
            "Amazon Web Services",
            "aws/regional.anthropic.claude-haiku-4-5-20251001-v1:0",
        ),
        ("global.anthropic.claude-haiku-4-5-20251001-v1:0", "AWS", BEDROCK_HAIKU),
        ("openai/gpt-4o-mini", "OpenRouter", "openrouter/openai/gpt-4o-mini"),
        ("USE1-Claude4.5Sonnet-input-tokens", "AWS", BEDROCK_SONNET),
        ("gemini-2.5-pro-preview-06-05", "Google", "google/gemini-2.5-pro"),
        ("gpt-6-astra", "OpenAI", "openai/gpt-6-astra"),
        ("mistral-large-latest", "Mistral", "mistral/mistral-large-2512"),
    ],
)
def test_a_billed_model_is_the_catalogue_s(catalogue: Catalogue, raw: str, provider: str | None, meant: str) -> None:
    seller, model = meant.split("/", 1)
    found = resolve_billed_model(raw, provider, catalogue)
    assert found is not None
    assert (found.provider, found.model) == (seller, model)


@pytest.mark.parametrize(
    ("raw", "provider"),
    [
        ("gpt-9", "OpenAI"),
        ("claude-opus-4-9", "Anthropic"),
        ("gemini-2.5-pro-ultra", "Google"),
        ("gpt-4o", "Acme Resale"),
        ("", "OpenAI"),
        ("AmazonEC2", "AWS"),
        ("my-finetune", None),
    ],
)
def test_a_billed_string_that_is_not_certain_is_no_model(catalogue: Catalogue, raw: str, provider: str | None) -> None:
    assert resolve_billed_model(raw, provider, catalogue) is None


def test_one_model_has_one_key_whoever_sells_it() -> None:
    same = [
        "anthropic.claude-3-5-sonnet-20241022-v2:0",
        "eu.anthropic.claude-3-5-sonnet-20240620-v1:0",
        "claude-3-5-sonnet-20241022",
        "Claude Sonnet 3.5",
        "sonnet 3.5 on bedrock",
        "anthropic/claude-3.5-sonnet",
    ]
    assert {model_key(name) for name in same} == {"claude-sonnet-3.5"}
    assert len({model_key(name) for name in ("gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4", "gpt-4o-audio-preview")}) == 5
