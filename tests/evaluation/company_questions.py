"""Companies' books as the starter pack tells them, and news questions in other words; each expects a citation."""

from __future__ import annotations

from tests.evaluation.line import Line, line
from tests.evaluation.news_questions import HIRE, link

ASKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What capital expenditure have the big cloud companies guided to for 2026?",
        ("hyperscaler-capex-2026-guidance", "hyperscaler-capex-first-quarter-2026"),
    ),
    ("How much capex did the hyperscalers report for 2025?", ("hyperscaler-capex-2025",)),
    ("capex of microsoft alphabet amazon meta in the first quarter of 2026", ("hyperscaler-capex-first-quarter-2026",)),
    ("What was Nvidia's data-centre revenue in fiscal 2026?", ("nvidia-data-centre-revenue-fiscal-2026",)),
    ("Why did Amazon shorten the useful life of its servers?", ("amazon-shortens-server-life",)),
    ("Who left xAI to join OpenAI's finance team?", HIRE),
    ("What does the Anthropic deal with Google on TPUs cover?", ("anthropic-google-tpu-deal",)),
    ("How many new Stargate sites were announced?", ("stargate-five-new-sites",)),
)


def company_questions() -> list[Line]:
    return [
        line(f"company-{n:02}", "news", text, sources=tuple(map(link, briefs)))
        for n, (text, briefs) in enumerate(ASKED, 1)
    ]
