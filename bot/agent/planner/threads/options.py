"""Which of the options of a question back an answer picks."""

from __future__ import annotations

import re
from collections.abc import Sequence

PLACES = (
    r"(?:first|1st|one|1|a)",
    r"(?:second|2nd|two|2|b)",
    r"(?:third|3rd|three|3|c)",
    r"(?:fourth|4th|four|4|d)",
    r"(?:fifth|5th|five|5|e)",
)
PICKED = r"(?:the\s+|option\s+|number\s+|no\.?\s+|nr\.?\s+|#\s*|answer\s+)*{}(?:\s+(?:one|option|please|of them))*"
LEAD = re.compile(
    r"^(?:(?:i\s+(?:meant?|want(?:ed)?|choose|pick|take)|let['’]?s\s+(?:take|go with)|take|yes|yeah|yep"
    r"|ok(?:ay)?|sure|go with"
    r"|please|oh|um+|it['’]?s|that['’]?s|would be|mean)\b[\s,:]*)+",
    re.IGNORECASE,
)
YES = re.compile(r"(?:yes|yeah|yep|yup|sure|ok(?:ay)?|correct|right|exactly|please do|go ahead)(?:\s+please)?", re.I)
LAST = re.compile(r"(?:the\s+)?(?:last|latter)(?:\s+(?:one|option))?", re.IGNORECASE)
FORMER = re.compile(r"(?:the\s+)?former(?:\s+(?:one|option))?", re.IGNORECASE)


def chosen_option(reply: str, options: Sequence[str]) -> str | None:
    """The one option that `reply` picks: by its text, a part of it, its place ("the second one", "2"), or yes where
    there is only one."""
    said = " ".join(reply.casefold().strip(" .!?").split())
    if not said or not options:
        return None
    short = LEAD.sub("", said).strip(" .,!") or said
    if YES.fullmatch(said) and len(options) == 1:
        return options[0]
    if exact := [option for option in options if option.casefold() in {said, short}]:
        return exact[0]
    if LAST.fullmatch(short):
        return options[-1]
    if FORMER.fullmatch(short) and len(options) == 2:
        return options[0]
    for place, words in enumerate(PLACES[: len(options)]):
        if re.fullmatch(PICKED.format(words), short, re.IGNORECASE):
            return options[place]
    inside = [option for option in options if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", option.casefold())]
    if len(inside) == 1:
        return inside[0]
    within = [option for option in options if re.search(rf"(?<!\w){re.escape(option.casefold())}(?!\w)", short)]
    return within[0] if len(within) == 1 and len(short.split()) <= len(within[0].split()) + 3 else None
