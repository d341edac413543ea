"""Questions about the memory that a model takes, and the accelerators that hold it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.agent.planner.intents.building.build import FULL, LORA, is_size
from bot.agent.planner.intents.building.model_named import bits_named, model_named
from bot.agent.planner.intents.chips.chips_named import hardware
from bot.agent.planner.intents.chips.counted import count_asked
from bot.agent.planner.plan import Args, Intent, Planned
from bot.agent.planner.reading import Reading
from bot.agent.slots.amounts import Amount
from tools.money import plain

COSTLY = re.compile(r"\b(?:costs?|prices?|pay|bill|expensive|cheap\w*)\b|[$€£]", re.IGNORECASE)
MEMORY = re.compile(
    r"\b(?:memory|vram|(?<!dd)ram|footprint|gigabytes?|gb|kv[\s-]?cache|how (?:big|large)|weights? (?:take|need))\b",
    re.IGNORECASE,
)
HOLD = re.compile(
    r"\b(?:need(?:s|ed)?|requir\w+|hold|holds|fits?|fitting|load|store|house|squeeze|run|host|serve|deploy"
    r"|(?:in|enough) (?:memory|vram))\b",
    re.IGNORECASE,
)
FITS = re.compile(
    r"\b(?:holds?|fits?|fitting|load|squeeze|in (?:memory|vram)|enough (?:memory|vram)|goes? (?:on|in|into|onto))\b"
    r"|\b(?:can|could|does|do|will|would|is it possible to)\b[^?.;]*\b(?:serve|run|host|deploy|go|work)\b[^?.;]*"
    r"\b(?:on|with|in)\s+(?:just\s+|only\s+)?(?:an?|one|two|a single|single|\d+x?)\s",
    re.IGNORECASE,
)
RATE = re.compile(r"\btokens?\s*(?:per|a|/)|\b(?:requests|queries|users)\b|\btrain|\btune", re.IGNORECASE)
ALONE = re.compile(r"\b(?:a|one|single)\s+(?:single\s+)?$", re.IGNORECASE)
ADAM = re.compile(r"\badamw?\b|\boptimi[sz]er\b|\bmixed[\s-]precision\b", re.IGNORECASE)
CARDS = re.compile(r"[\s-]*(?:gpus?|cards?|accelerators?|chips?)\b", re.IGNORECASE)
KV = re.compile(r"\bkv\b|\bcache\b", re.IGNORECASE)
SEQUENCES = re.compile(r"\bbatch(?:\s+size)?(?:\s+of)?\s*=?\s*$|\bconcurren\w+\s*$", re.IGNORECASE)
SEQUENCES_AFTER = re.compile(
    r"\s*(?:concurrent|parallel|simultaneous|sequences?|users?|requests?|streams?)\b", re.IGNORECASE
)


def _weigh_memory(r: Reading) -> float | None:
    sized = any(a.kind == "number" and is_size(a) for a in r.amounts) or model_named(r) is not None
    if re.search(r"\bkv[\s-]?cache", r.text, re.IGNORECASE) and (sized or r.models) and not COSTLY.search(r.text):
        return 1.0
    if _told(r) is not None and not sized and count_asked(r) == "chips" and not COSTLY.search(r.text):
        return 1.0
    if not sized or COSTLY.search(r.text):
        return None
    if _trained(r) is not None:
        asks = MEMORY.search(r.text) or FITS.search(r.text) or (count_asked(r) == "chips" and r.accelerators)
        return 1.4 if asks else None
    if (r.accelerators or _unnamed(r)) and not RATE.search(r.text):
        if count_asked(r) == "chips" and HOLD.search(r.text):
            return 1.0
        if FITS.search(r.text):
            return 1.0
    return 0.5 if MEMORY.search(r.text) else None


def _trained(r: Reading) -> str | None:
    """How the model is trained whose memory is asked for: `full`, `lora` or `qlora`; None where no training is spoken
    of, or where tokens or a time say that a run is meant."""
    run = any(a.unit in {"token", "hour", "day", "week", "month"} for a in r.amounts)
    if not (r.has("finetune", "train") or ADAM.search(r.text)) or run:
        return None
    if lora := LORA.search(r.text):
        return lora[0].lower()
    return "full" if FULL.search(r.text) or ADAM.search(r.text) or not r.has("finetune") else "lora"


def _unnamed(r: Reading) -> Amount | None:
    """The memory of accelerators that have no name: `80 GB GPUs`, `a 24GB card`."""
    if r.accelerators:
        return None
    return next((a for a in r.amounts if a.unit == "GB" and CARDS.match(r.text, max(a.end, a.phrase_end))), None)


def _told(r: Reading) -> Amount | None:
    """Memory to be held that is told in GB or TB, beside that of an accelerator's name."""
    if not r.accelerators or r.has("train", "finetune"):
        return None

    def of_a_chip(a: Amount) -> bool:
        return any(a.start - m.end <= 1 and m.start - a.phrase_end <= 1 for m in r.accelerators)

    sizes = [a for a in r.amounts if a.unit in {"GB", "TB"} and not of_a_chip(a)]
    return sizes[0] if len(sizes) == 1 else None


def _memory(r: Reading, base: Mapping[str, Any]) -> tuple[Planned, ...]:
    args: Args = dict(base)
    sizes = [a for a in r.amounts if a.kind == "number" and is_size(a)]
    named = model_named(r)
    if named is not None:
        args["model"] = named
    elif sizes:
        args["parameters"] = plain(sizes[0].value)
    elif r.models:
        args["model"] = r.models[0].text
    elif (told := _told(r)) is not None:
        args["memory_gb"] = plain(told.value * (1000 if told.unit == "TB" else 1))
    if (way := _trained(r)) is not None:
        args["training"] = way
    elif bits := bits_named(r):
        args["bits"] = bits
    context = next((a for a in r.amounts if a.unit == "token" or a.role == "context"), None)
    if context is not None:
        args["context_tokens"] = plain(context.value)
    for amount in r.amounts:
        counted = SEQUENCES.search(r.text[: amount.start]) or SEQUENCES_AFTER.match(r.text, amount.end)
        if counted and amount not in (context, *sizes) and amount.unit in {None, "request", "user", "conversation"}:
            args["sequences"] = plain(amount.value)
    if KV.search(r.text):
        args["aim"] = "cache"
    if r.accelerators and (count_asked(r) == "chips" or FITS.search(r.text)):
        chips = hardware(r, {})
        args |= {"accelerator": chips["accelerator"], "aim": "chips"}
        if "count" in chips:
            args["count"] = chips["count"]
        elif ALONE.search(r.text[: r.accelerators[0].start]):
            args["count"] = "1"
    if (size := _unnamed(r)) is not None:
        args |= {"chip_memory_gb": plain(size.value), "aim": "chips"}
    if (share := next((a for a in r.percents if a.role in {"utilisation", None, "share"}), None)) is not None:
        args["usable_memory"] = plain(share.value)
    return (Planned("model_memory", args),)


INTENTS = (Intent("model_memory", _weigh_memory, _memory),)
