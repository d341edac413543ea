"""What the starter pack of briefs answers; each expects a citation of one of these links."""

from __future__ import annotations

from pathlib import Path

from tests.evaluation.line import Line, line

STARTER = Path(__file__).parents[2] / "knowledge" / "starter"


def link(brief: str) -> str:
    """The `url` in the front matter of a brief."""
    for row in (STARTER / f"{brief}.md").read_text(encoding="utf-8").splitlines():
        if row.startswith("url: "):
            return row.removeprefix("url: ").strip()
    raise LookupError(f"The brief {brief} has no url.")


HIRE = (
    "openai-hires-xai-cfo-mike-liberatore",
    "mike-liberatore-career-and-duties",
    "what-liberatores-appointment-signals",
)
HIGH_COST = (
    "why-ai-compute-spending-is-high",
    "compute-arms-race-openai-commitments",
    "openai-hires-xai-cfo-mike-liberatore",
)
CONTROL = (
    "how-companies-control-compute-costs",
    "model-compression-quantisation",
    "what-liberatores-appointment-signals",
    "state-of-finops-2026-ai-spend",
    "prompt-caching-and-batch-discounts",
)
TRAINING = (
    "why-ai-compute-spending-is-high",
    "ai-index-2025-training-and-inference-cost",
    "deepseek-v3-training-cost",
    "llama-3-1-training-hours",
)

ASKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Who runs compute finance at OpenAI now?", HIRE),
    ("Where did OpenAI's business finance officer work before?", HIRE),
    ("whats mike liberatore responsible for", HIRE),
    ("What's the impact of Mike Liberatore's appointment?", HIRE),
    ("Why is compute spending so high in AI?", HIGH_COST),
    ("What does the latest TrendForce report say about AI servers?", ("trendforce-ai-servers-may-2026",)),
    (
        "What did TrendForce expect of custom chips in AI servers?",
        ("trendforce-ai-servers-january-2026", "gpu-supply-lead-times-2026"),
    ),
    ("What might the future of AI compute look like?", ("nvidia-shares-compute-with-startups", *HIRE)),
    (
        "Which cloud providers does OpenAI partner with?",
        ("compute-arms-race-openai-commitments", "openai-compute-strategy-2026"),
    ),
    ("How are firms trying to contain the cost of compute?", CONTROL),
    (
        "How will the rising cost of compute affect the AI industry?",
        (*HIRE, *HIGH_COST, "hyperscaler-capex-2026-guidance", "nvidia-shares-compute-with-startups"),
    ),
    ("How much does training a single large language model cost, roughly, going by what's been published?", TRAINING),
    ("What did DeepSeek say V3's training cost?", ("deepseek-v3-training-cost",)),
    ("gpu hours meta published for llama 3.1 405b", ("llama-3-1-training-hours",)),
    (
        "Any news on H100 rental prices this year?",
        ("h100-contract-prices-rebound-2026", "gpu-rental-index-may-2026", "how-companies-control-compute-costs"),
    ),
    ("How long are lead times for server parts?", ("gpu-supply-lead-times-2026",)),
    (
        "What capital spending has Amazon announced for 2026?",
        ("hyperscaler-capex-2026-guidance", "hyperscaler-capex-first-quarter-2026"),
    ),
    (
        "How much data-centre revenue did Nvidia make in its latest reported quarter?",
        ("nvidia-first-quarter-fiscal-2027",),
    ),
    (
        "Which custom AI chips compete with GPUs?",
        (
            "custom-ai-chips-trainium-and-tpu",
            "anthropic-google-tpu-deal",
            "trendforce-ai-servers-january-2026",
        ),
    ),
    ("How much electricity will data centers use in 2030?", ("iea-data-centre-electricity",)),
    ("what's the average PUE these days", ("data-centre-pue-2025",)),
    (
        "Do AI projects earn their expected return on investment?",
        ("focus-on-roi-ibm-ceo-study", "gartner-ai-spending-2026"),
    ),
    ("What share of FinOps teams look after AI spend?", ("state-of-finops-2026-ai-spend",)),
    ("What changed in FOCUS 1.3?", ("focus-billing-specification",)),
    ("When did the EU AI Act rules for general purpose models start to apply?", ("eu-ai-act-general-purpose-models",)),
    ("How fast are LLM API prices falling according to Epoch AI?", ("llm-price-decline-epoch",)),
    ("Which public filings should I watch for trends in compute costs?", ("reading-public-filings",)),
)


def news_questions() -> list[Line]:
    return [
        line(f"news-{number:02}", "news", text, sources=tuple(link(brief) for brief in briefs))
        for number, (text, briefs) in enumerate(ASKED, 1)
    ]
