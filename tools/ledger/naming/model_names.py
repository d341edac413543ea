"""Which model a billing row is about: one spelling for a model, whatever the bill calls it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

FAMILIES = (
    "gpt|chatgpt|o[1-9]|claude|gemini|gemma|llama|mistral|mixtral|ministral|codestral|magistral|pixtral|devstral|"
    "voxtral|command|deepseek|grok|qwen|nova|titan|kimi|glm|phi|sonar|jamba|palmyra|whisper|tts|dall|imagen|veo|"
    "text-embedding|embedding|embed|rerank"
)
START = re.compile(rf"(?<![a-z0-9])(?:{FAMILIES})(?![a-z])")
WORD = re.compile(r"[a-z0-9.]+(?::\d+)?")
VARIANTS = frozenset(
    re.findall(
        r"\S+",
        "mini nano micro pro turbo flash lite ultra premier opus sonnet haiku fable mythos large small "
        "medium tiny instruct coder reasoner preview codex oss nemo maverick scout embed embedding sonic "
        "argon astra luna sol terra audio realtime transcribe image plus vision chat r ",
    )
)
VERSION = re.compile(r"v?\d{1,2}(?:\.\d{1,2}){0,2}o?|\d{1,3}x?\d{0,3}b|[rvk]\d(?:\.\d+)?|\d{1,2}o|e")
BARE_DATE = re.compile(r"0[1-9][0-3]\d|1[0-2][0-3]\d|20\d{6}")
SNAPSHOT = re.compile(r"[-@](?:20\d{6}(?:-v\d+)?|20\d\d-\d\d-\d\d|\d\d-20\d\d|v\d+:\d+|\d{3,4}|latest)$|:\d+$")
NOT_NAME = frozenset(
    re.findall(r"\S+", "input output tokens token cached cache batch per read write request requests hours usage ")
)


@dataclass(frozen=True, slots=True)
class ModelName:
    """`model` is the identity; `snapshot` the dated or versioned name billed, None where that is the same."""

    model: str
    snapshot: str | None = None


@lru_cache(maxsize=65536)
def stated(name: str) -> ModelName:
    """The identity of a name given as a model: `GPT-4o`, `openai/gpt-4o-2024-08-06`, `anthropic.claude-...-v1:0`, or a
    name of the company's own, which stays as it is but for case."""
    lowered = name.strip().lower()
    if lowered.startswith("ft:"):
        return ModelName(lowered)
    return found_in(lowered) or ModelName(lowered)


@lru_cache(maxsize=65536)
def found_in(description: str) -> ModelName | None:
    """The first model that a SKU, resource name or description names; None where it names none."""
    lowered = description.lower().replace("_", " ").replace("@", "-")
    for start in START.finditer(lowered):
        words = _words(lowered, start.start())
        if len(words) > 1 or re.fullmatch(r"o[1-9]|whisper|sonar", words[0]):
            return _named("-".join(words))
    return None


def _words(lowered: str, start: int) -> list[str]:
    """The words of the name that begins at `start`: all that hyphens join, and after a space only those that can belong
    to a model's name."""
    words: list[str] = []
    position, joined = start, True
    while word := WORD.match(lowered, position):
        part = word.group().strip(".")
        if not part or part in NOT_NAME:
            break
        if words and not joined and not (part in VARIANTS or VERSION.fullmatch(part) or BARE_DATE.fullmatch(part)):
            break
        words.append(part)
        position = word.end()
        if position >= len(lowered) or lowered[position] not in "- ":
            break
        joined = lowered[position] == "-"
        position += 1
    return words


def _named(full: str) -> ModelName:
    model = full
    while (shorter := SNAPSHOT.sub("", model)) != model and "-" in shorter:
        model = shorter
    model = _claude(model) if model.startswith("claude") else re.sub(r"^llama-?(\d)-(\d)(?=-|$)", r"llama-\1.\2", model)
    model = re.sub(r"^llama(?=\d)", "llama-", model)
    model = re.sub(r"^gpt(?=\d)", "gpt-", model)
    return ModelName(model, full if full != model and SNAPSHOT.search(full) else None)


def _claude(name: str) -> str:
    """Anthropic's own order: `claude-3-5-sonnet` up to generation 3, `claude-sonnet-4-5` from 4 on."""
    parts = name.replace(".", "-").split("-")[1:]
    numbers = [part for part in parts if part.isdigit()]
    others = [part for part in parts if not part.isdigit()]
    if not numbers or not others:
        return "-".join(["claude", *parts])
    if int(numbers[0]) >= 4 and numbers[-1] == "0" and len(numbers) > 1:
        numbers = numbers[:-1]
    return "-".join(["claude", *(others + numbers if int(numbers[0]) >= 4 else numbers + others)])
