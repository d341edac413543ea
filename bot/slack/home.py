"""The Home tab and the prompts that Slack suggests in an empty conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.slack.markup import escaped
from bot.slack.sentences import CAN_DO, EXAMPLES, GUEST

About = Callable[[], Sequence[str]]


def view(facts: Sequence[str], colleague: bool) -> dict[str, Any]:
    """What Outlay can do, example questions, and `facts`: sentences on the data, such as how far billing data goes.
    Somebody who is no colleague learns only that they are not answered."""
    if not colleague:
        return {"type": "home", "blocks": [_section(GUEST)]}
    examples = "\n".join(f"• {escaped(question)}" for _, question in EXAMPLES)
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Outlay"}},
        _section(escaped(CAN_DO)),
        _section(f"*Ask me, for example*\n{examples}"),
        _section(
            "*How*\nWrite to me here under Messages, mention me in a channel, or use /outlay for an answer that "
            "only you see. In a thread I answer without a new mention."
        ),
        {"type": "divider"},
    ]
    if facts:
        text = "\n".join(escaped(fact) for fact in facts)[:3_000]
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": text}]})
    return {"type": "home", "blocks": blocks}


def prompts() -> list[dict[str, str]]:
    """At most four, as Slack allows."""
    return [{"title": title, "message": question} for title, question in EXAMPLES[:4]]


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}
