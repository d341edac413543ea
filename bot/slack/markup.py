"""Text that is safe to show in Slack: markdown cleaned of mentions, images and unknown links, and its mrkdwn form."""

from __future__ import annotations

import re
from collections.abc import Collection

INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LABEL = r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
IMAGE = re.compile("!" + LABEL + r"(?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])")
LINK = re.compile(LABEL + r"\(\s*<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?[^()\n]*\)")
DEFINITION = re.compile(r"^[ \t]*\[[^\]\n]+\]:[ \t]*\S.*$\n?", re.MULTILINE)
ANGLED = re.compile(r"<((?:[a-z][a-z0-9+.-]*:|www\.)[^\s<>|]*)(?:\|([^<>\n]*))?>", re.IGNORECASE)
BARE = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)[^\s<>\[\]|\x00\"'`*]+", re.IGNORECASE)
MENTION = re.compile(r"<\s*([!@#])([^<>|\n]*)(?:\|([^<>\n]*))?>")
BROADCAST = re.compile(r"@(?=channel|here|everyone)", re.IGNORECASE)
KEPT = re.compile("\x00(\\d+)\x00")
SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")
REMOVED = "(link removed)"
CUT = "\n\n_The rest did not fit into one message._"


def safe(text: str, urls: Collection[str]) -> str:
    """Markdown in which nobody is mentioned, no image is loaded, and only `urls` are links."""
    allowed = {_bare(url) for url in urls}
    kept: list[str] = []

    def keep(url: str, label: str) -> str:
        kept.append(f"[{label}]({url})" if label != url else url)
        return f"\x00{len(kept) - 1}\x00"

    def link(match: re.Match[str]) -> str:
        label, url = match[1], match[2]
        return keep(url, _plain_label(label)) if _bare(url) in allowed else label

    def angled(match: re.Match[str]) -> str:
        url, label = match[1], match[2] or ""
        if _bare(url) in allowed:
            return keep(url, _plain_label(label) or url)
        return label or REMOVED

    def bare(match: re.Match[str]) -> str:
        url = match[0].rstrip(".,;:!?)")
        return (keep(url, url) if _bare(url) in allowed else REMOVED) + match[0][len(url) :]

    text = INVISIBLE.sub("", text.replace("\r\n", "\n"))
    text = _until_stable(IMAGE, r"\1", text)
    text = DEFINITION.sub("", text)
    text = LINK.sub(link, text)
    text = ANGLED.sub(angled, text)
    text = BARE.sub(bare, text)
    text = _unmentioned(text).replace("](", "] (")
    return KEPT.sub(lambda match: kept[int(match[1])], text).strip()


def escaped(text: str) -> str:
    """Plain text as mrkdwn shows it letter by letter."""
    text = INVISIBLE.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return BROADCAST.sub("@\u2060", text)


def mrkdwn(markdown: str) -> str:
    """Safe markdown in Slack's older markup, for section blocks and plain messages."""
    parts = re.split(r"(```.*?(?:```|\Z)|`[^`\n]*`)", markdown, flags=re.DOTALL)
    return "".join(_escape(part) if number % 2 else _styled(part) for number, part in enumerate(parts))


def linked(url: str, label: str) -> str:
    """A mrkdwn link; only the label when the address is not one a browser opens."""
    label = escaped(" ".join(safe(label, ()).split()).replace("|", "/"))
    if not re.fullmatch(r"https?://[^\s<>|]+", url, re.IGNORECASE):
        return label
    return f"<{_escape(url)}|{label}>"


def cut(text: str, most: int, note: str = CUT) -> str:
    """`text` in at most `most` characters, ended after a sentence and with a note where it had to be cut."""
    if len(text) <= most:
        return text
    head = text[: most - len(note) - len("\n```")]
    ends = [match.start() for match in SENTENCE_END.finditer(head)]
    if ends and ends[-1] > len(head) // 2:
        head = head[: ends[-1]]
    fence = "\n```" if head.count("```") % 2 else ""
    return head.rstrip() + fence + note


def pieces(text: str, most: int) -> list[str]:
    """`text` in parts of at most `most` characters, parted at lines, else at sentences, else at words."""
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > most:
        head = rest[: most + 1]
        ends = (head.rfind("\n"), head.rfind(". ") + 1, head.rfind(" "))
        end = next((place for place in ends if place > most // 2), most)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*parts, rest] if rest else parts


def _styled(markdown: str) -> str:
    text = _escape(markdown)
    text = re.sub(LABEL + r"\(([^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)", lambda m: f"<{m[2]}|{m[1]}>", text)
    text = re.sub(r"(?<![*\w])\*(?![*\s])([^*\n]+?)(?<!\s)\*(?![*\w])", r"_\1_", text)
    text = re.sub(r"^#{1,6}\s+(.*?)\s*#*$", lambda m: f"*{m[1].replace('**', '')}*", text, flags=re.MULTILINE)
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", r"*\1*", text)
    text = re.sub(r"~~(?=\S)(.+?)(?<=\S)~~", r"~\1~", text)
    return re.sub(r"^(\s*)[-*+]\s+", r"\1• ", text, flags=re.MULTILINE)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unmentioned(text: str) -> str:
    def named(match: re.Match[str]) -> str:
        kind, target, label = match[1], match[2].strip(), (match[3] or "").strip()
        return label or ("#" if kind == "#" else "@") + target.removeprefix("subteam^")

    text = _until_stable(MENTION, named, text)
    return BROADCAST.sub("@\u2060", re.sub(r"(?:<\s*)+(?=[!@#])", "", text))


def _until_stable(pattern: re.Pattern[str], to: object, text: str) -> str:
    for _ in range(20):
        text, found = pattern.subn(to, text)  # type: ignore[call-overload]
        if not found:
            break
    return text


def _plain_label(label: str) -> str:
    return re.sub(r"[<>|\x00]", "", label).strip()


def _bare(url: str) -> str:
    return url.strip().rstrip("/")
