"""An accelerator's memory told after its name, written as a part of it: `one L4 with 24 GB` as `one L4 24GB`."""

from __future__ import annotations

import re

from tools.errors import Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.names import accelerator_mentions
from tools.hardware.specification import specification

MEMORY = re.compile(
    r"\s*[(,]?\s*(?:with|of|having|has|at)?\s*(?:its\s+|only\s+|just\s+)?(?P<size>\d{2,3})\s?gi?b(?!\s*/|\s+(?:per|a)\s+s|ps)"
    r"(?:\s+(?:of\s+)?(?:memory|v?ram|hbm\w*))?(?:\s+each)?\)?(?=\W|$)",
    re.IGNORECASE,
)


def with_memory_in_names(text: str) -> str:
    """`text` with the memory beside each accelerator in its name, where one of that memory is on record."""
    for chip in sorted(accelerator_mentions(text), key=lambda mention: -mention.start):
        told = MEMORY.match(text, chip.end)
        if told is None or chip.accelerator.memory_gb:
            continue
        try:
            specification(Accelerator(chip.accelerator.model, int(told["size"]), chip.accelerator.form))
        except Unknown:
            continue
        text = f"{text[: chip.end].removesuffix('s')} {told['size']}GB{text[told.end() :]}"
    return text
