"""Words that hold digits and are no numbers: models, instances, versions, times, addresses, forms."""

from __future__ import annotations

CODES = (
    r"USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|INR|CNY|SEK"
    r"|NOK|DKK|PLN|KRW|SGD|HKD|BRL|MXN|ZAR|ILS|CZK"
)
"""The currencies that are read by their ISO 4217 code, as alternatives of a pattern."""

_FAMILY = (
    r"gpt|chatgpt|claude|sonnet|opus|haiku|gemini|gemma|llama|mistral|mixtral|ministral|qwen|deepseek|grok|nova|titan"
    r"|phi|flash|kimi|glm|minimax|whisper|imagen|veo|sora|palm|falcon|nemotron|olmo|jamba|granite|version|rtx|gtx"
    r"|tesla|gaudi|trainium|inferentia|tpu|instinct|radeon|geforce|xeon|epyc|blackwell|hopper|chapter|section|page"
    r"|figure|table|item|note|step|tier|level|phase|series|round|cuda|python|focus"
)
NAMES = rf"""
  https?://\S+ | \bwww\.\S+ | <[@\#!][^>\s]*>
| (?<![\w.]) (?:llama|qwen|gemma|mistral|mixtral|deepseek|falcon|phi|olmo)-?\s\d{{1,4}}(?:x\d{{1,3}})?b\b
| (?<![A-Za-z0-9$€£]) (?!(?:{CODES}|x)-?\d) [A-Za-z][A-Za-z0-9_]{{0,60}}(?:[-.@_]{{1,3}}[A-Za-z0-9_]{{1,60}}){{0,12}}
      [-.@_] [A-Za-z0-9_]*\d[A-Za-z0-9_]*(?:[-.@_]{{1,3}}[A-Za-z0-9_]{{1,60}}){{0,12}} (?::\d+\b)?
| (?<![A-Za-z0-9$€£]) (?!(?:{CODES}|x)\d) [A-Za-z]+\d[A-Za-z0-9_]*(?:[-.@_]{{1,3}}[A-Za-z0-9_]{{1,60}}){{0,12}}
| (?<![\w.]) (?:{_FAMILY}) \s? v?\d{{1,4}}(?:\.\d{{1,2}}){{0,2}}[a-z]?(?:-[a-z]\w*)*
      (?! \d | [.,]\d | \s?(?:%|[kmbt]\b|[mb]n\b|million|billion|trillion|thousand|percent|tokens?\b|requests?\b) )
      (?: \s \d{{1,4}}(?:x\d{{1,3}})?b\b (?!\s(?:model|param)) )?
| (?<![\w.]) \d{{1,2}}:\d{{2}}(?::\d{{2}})?(?![\d:])
| (?<![\w.]) 24/7\b
| (?<![\w.]) \d{{1,2}}-(?-i:[QKF])\b
| (?<![\w.,]) \d{{1,4}}(?:\.\d{{1,4}}){{2,6}}(?![\d.]*\d)(?<!\.\d{{3}})
"""
"""What holds digits and counts nothing, as alternatives of a verbose pattern."""
