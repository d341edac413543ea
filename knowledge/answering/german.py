"""What a question in German asks for, and which of its words carry no meaning."""

from __future__ import annotations

import re
from typing import Literal

Asks = Literal["who", "when", "where", "amount", "reason", "way", "yes or no", "what"]
STOP = frozenset(
    """
    aber alle als am an auf aus bei bis da damit dann das dass dem den der des die dies diese dieser doch du durch ein
    eine einem einen einer eines er es für gegen hat haben hatte ich ihr im in ist ja kann können man mehr mit muss nach
    nicht noch nun nur ob oder seit sich sie sind so soll über um und uns unser unsere unseren unserer vom von vor war
    waren was welche welchem welchen welcher welches wenn wer wessen wem wen wie wieviel viel viele wird wir wo wurde
    werden zu zum zur wann warum wieso weshalb bitte derzeit aktuell jetzt neu neue neues gibt geht
    """.split()  # noqa: SIM905
)
MARKS = re.compile(
    r"(?i)\b(?:der|die|das|und|ist|wie|wer|wann|warum|welche[rns]?|wurde|hat|für|von|zum|zur|im|den|dem|um|sind|wird|"
    r"unser\w*|kostet|steigen|prozent)\b"
)
ASKS: tuple[tuple[re.Pattern[str], Asks], ...] = (
    (re.compile(r"(?i)\b(?:wer|wem|wen|wessen)\b"), "who"),
    (re.compile(r"(?i)\b(?:wann|bis wann|seit wann|ab wann)\b"), "when"),
    (re.compile(r"(?i)\b(?:warum|wieso|weshalb|grund|gründe)\b"), "reason"),
    (re.compile(r"(?i)\b(?:wie ?viele?|wie (?:hoch|teuer|lange|stark)|prozent)\b"), "amount"),
    (re.compile(r"(?i)\bwo\b"), "where"),
    (re.compile(r"(?i)\bwie\b"), "way"),
)
LEAST_MARKS = 2


def is_german(text: str) -> bool:
    return len(MARKS.findall(text)) >= LEAST_MARKS and not re.search(r"(?i)\b(?:the|what|how|is|who|when)\b", text)


def asks_in_german(text: str) -> Asks:
    return next((kind for pattern, kind in ASKS if pattern.search(text)), "what")
