"""Words that a misspelt word may have meant, beside those of the ledger and the cues."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
NUMBERS = frozenset(
    "three four five seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "  # noqa: SIM905
    "twenty thirty forty fifty sixty seventy eighty ninety hundred trillion half first second third fourth".split()
)
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LEAVING_OUT = frozenset(
    "without excluding except leaving ignoring besides minus apart batched uncached noncached".split()  # noqa: SIM905
)
TIME_WORDS = frozenset(
    "today yesterday week weeks weekly month months monthly quarter quarters quarterly year years yearly daily last "  # noqa: SIM905
    "this previous current since between until during january".split()
)
PERIOD_WORDS = TIME_WORDS | {name.lower() for name in (*calendar.month_name, *calendar.day_name) if name}
DOMAIN = frozenset(
    "bandwidth memory accelerators precision gigabytes teraflops instance instances electricity emissions trainium "  # noqa: SIM905
    "inferentia throughput concurrent residual depreciation hardware "
    "model models token tokens input output cached cache million thousand billion request requests provider "
    "providers service services account accounts team teams region category utilisation utilization parameters "
    "training batch compute accelerator hours percent cheapest priciest costliest context window effective billed "
    "list revenue anthropic openai google gemini claude sonnet haiku opus mistral mixtral ministral codestral "
    "devstral magistral pixtral jamba whisper imagen cohere groq perplexity together fireworks replicate cerebras "
    "databricks snowflake nova llama deepseek grok halve halves doubles triples flops qlora vram capex payback opex "
    "qwen kimi gemma inference amazon azure bedrock vertex nvidia microsoft".split()
)


@lru_cache(maxsize=1)
def open_models() -> frozenset[str]:
    """The words in the names of models whose shape is on record: mixtral, falcon, bloom."""
    from tools.calculators.architectures import architecture_names

    return frozenset(word for name in architecture_names() for word in re.findall(r"[a-z]{4,}", name))
