"""Only links that were retrieved leave in a reply; nothing else that could be clicked, fetched or shown does."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bot.agent.slots.lexing import flatten

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ue000-\uf8ff\U000e0000-\U000e007f\x00-\x08\x0b-\x1f\x7f]"
)
_ENTITY = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|colon|sol|period|commat|lt|gt|lpar|rpar|lsqb|rsqb|excl|num|quest|Tab|NewLine);?"
)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])?")
_LINK = re.compile(r"\[(?P<label>[^\[\]]*)\]\((?P<dest>(?:[^()]|\([^()]*\))*)\)")
_DESTINATION = re.compile(r"\s*<?(?P<url>[^\s<>]*)>?(?:\s+[\"'(].*)?\s*", re.DOTALL)
_DEFINITION = re.compile(r"^[ \t>]*\[(?P<id>[^\]\n]+)\]:\s*<?(?P<url>[^\s>]+)>?[^\n]*\n?", re.MULTILINE)
_REFERENCE = re.compile(r"\[(?P<label>[^\[\]]+)\]\s?\[(?P<id>[^\[\]]*)\]")
_ANCHOR = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<label>.{0,2000}?)</a\s*>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style|iframe|object|svg|form|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_PIPED = re.compile(r"<(?P<dest>[^<>|\n]*)\|(?P<label>[^<>\n]*)>")
_AUTOLINK = re.compile(r"<(?P<url>[A-Za-z][A-Za-z0-9+.-]{0,30}:[^\s<>]*)>")
_BROADCAST = re.compile(r"<[!@#][^<>\n]{0,200}>")
_TAG = re.compile(
    r"</?[A-Za-z][^<>]*>|<(?:img|a|iframe|script|link|meta|form|base|video|audio|source|embed|object)\b[^<>]*$", re.I
)
_SCHEMES = (
    r"https?|h[tx]{2}ps?|ftps?|sftp|file|data|javascript|vbscript|mailto|wss?|tel|sms|slack|blob|about|view-source|git|ssh|ldap|gopher"
    r"|intent|chrome|ms-\w+|tg|whatsapp|skype|facetime|steam|zoommtg|vscode|magnet|jar|cid"
)
_STOP = r"\s<>\"'`|\[\]{}\\"
_BARE = re.compile(
    rf"(?P<spaced>\bh\s{{0,3}}[tx]\s{{0,3}}[tx]\s{{0,3}}p\s{{0,3}}s?\s{{0,3}}:\s{{0,3}}/\s{{0,3}}/\s{{0,3}}[^{_STOP}]*)"
    rf"|[^\W_][^\s<>()\"'`|\[\]{{}}/]{{0,40}}:/{{2,}}[^{_STOP}]*|(?<![A-Za-z0-9])(?:{_SCHEMES}):[^{_STOP}]+"
    rf"|(?<![:/])/{{2}}[\w-]+(?:\.[\w-]+)+[^{_STOP}]*|(?<![A-Za-z0-9])www\d?\.[^{_STOP}]+"
    rf"|\b[\w-]{{1,63}}(?:\s?[\[({{]\s?(?:\.|dot)\s?[\])}}]\s?[\w-]+)+(?:/[^{_STOP}]*)?"
    rf"|(?<![A-Za-z0-9@.-])(?:[\w-]{{1,63}}\.){{1,8}}(?:com|net|org|io|ai|co|dev|app|ru|cn|xyz|info|biz|me|site|online|top|link|click|cloud|sh|gg|ly|to|uk|de|eu"
    rf"|us|zip|mov|tk|ml|local|internal|onion)(?::\d+)?[/?#][^{_STOP}]*"
    r"|(?<![A-Za-z0-9@.-])(?:[\w-]{1,63}\.){2,8}(?:com|net|org|io|ai|co|dev|app|ru|cn|xyz|info|biz|me|site|online|top|link|click|onion)\b"
    r"|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?:/\S*)?(?![\d.])",
    re.IGNORECASE,
)
_CLOSING = ".,;:!?)*_~'\"…"
_OPEN, _CLOSE = "\ue000", "\ue001"
_KEPT = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


@dataclass(slots=True)
class _Cleaning:
    allowed: frozenset[str]
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def keep(self, written: str) -> str:
        self.kept.append(written)
        return f"{_OPEN}{len(self.kept) - 1}{_CLOSE}"

    def drop(self, url: str) -> None:
        if url and url not in self.removed:
            self.removed.append(url)

    def link(self, label: str, url: str, written: Callable[[str], str]) -> str:
        """A link whose `url` is allowed is kept with its label cleaned, as `written` with it; else its label stays."""
        if url in self.allowed:
            return self.keep(written(self.bare(label).strip() or url))
        self.drop(url)
        return label

    def bare(self, text: str) -> str:
        """`text` without addresses that are not allowed, however they are spelled."""
        flat, out, position = flatten(text), [], 0
        for match in _BARE.finditer(flat):
            written = text[match.start() : match.end()]
            url = next((w for w in _endings(written) if w in self.allowed), None)
            out.append(text[position : match.start()])
            if url:
                out.append(self.keep(url) + written[len(url) :])
            else:
                self.drop(written.rstrip(_CLOSING))
                out.append(written[len(written.rstrip(_CLOSING)) :])
            position = match.end()
        return "".join(out) + text[position:]

    def restored(self, text: str) -> str:
        for _ in range(4):
            if not _KEPT.search(text):
                break
            text = _KEPT.sub(lambda found: self.kept[int(found[1])], text)
        return text


def clean_links(text: str, allowed: Collection[str]) -> tuple[str, list[str]]:
    """`(text with only allowed addresses, those taken out)`. An address is allowed when it equals one of `allowed`,
    character for character. The label of a link that goes stays as text; images, hidden HTML, broadcasts to a channel
    and invisible characters go wholly. Reads markdown, Slack's `<url|label>`, HTML, bare and disguised addresses."""
    work = _Cleaning(frozenset(url for url in allowed if not _INVISIBLE.search(url) and not re.search(r"[\s<>|]", url)))
    text = _INVISIBLE.sub("", text)
    text = _INVISIBLE.sub("", _ENTITY.sub(lambda found: html.unescape(found[0]), text))
    before = ""
    for _ in range(12):
        if before == text:
            break
        before, text = text, _once(text, work)
    else:
        text = text.replace("](", "] (").replace("<", "")
    return work.restored(_spaced(work.bare(text))), work.removed


def _once(text: str, work: _Cleaning) -> str:
    """One pass over everything that is more than a bare address."""
    for match in _IMAGE.finditer(text):
        found = _LINK.search(match[0])
        work.drop(_url(found["dest"]) if found else "")
    text = _HIDDEN.sub("", _IMAGE.sub("", text))
    text = _LINK.sub(lambda m: work.link(m["label"], url := _url(m["dest"]), lambda label: f"[{label}]({url})"), text)
    text = _references(text, work)
    text = _ANCHOR.sub(lambda m: _anchor(m, work), text)
    text = _PIPED.sub(lambda m: work.link(m["label"], url := m["dest"].strip(), lambda label: f"<{url}|{label}>"), text)
    text = _AUTOLINK.sub(lambda m: work.link("", url := m["url"], lambda _: f"<{url}>"), text)
    for match in _BROADCAST.finditer(text):
        work.drop(match[0])
    for match in _TAG.finditer(text):
        work.bare(match[0])
    return _TAG.sub("", _BROADCAST.sub("", text))


def _references(text: str, work: _Cleaning) -> str:
    addresses = {match["id"].casefold(): match["url"] for match in _DEFINITION.finditer(text)}
    if not addresses:
        return text
    text = _DEFINITION.sub("", text)

    def linked(match: re.Match[str]) -> str:
        url = addresses.get((match["id"] or match["label"]).casefold())
        return match[0] if url is None else work.link(match["label"], url, lambda label: f"[{label}]({url})")

    for url in addresses.values():
        if url not in work.allowed:
            work.drop(url)
    return _REFERENCE.sub(linked, text)


def _anchor(match: re.Match[str], work: _Cleaning) -> str:
    href = _HREF.search(match["attributes"])
    url = next((part for part in href.groups() if part is not None), "").strip() if href else ""
    label = _TAG.sub("", match["label"])
    return work.link(label, url, lambda shown: f"[{shown}]({url})") if url else label


def _url(destination: str) -> str:
    found = _DESTINATION.fullmatch(destination)
    return found["url"] if found else destination.strip()


def _endings(written: str) -> list[str]:
    """`written`, and without each of its closing marks in turn."""
    endings = [written]
    while endings[-1] and endings[-1][-1] in _CLOSING:
        endings.append(endings[-1][:-1])
    return endings


def _spaced(text: str) -> str:
    text = re.sub(r"\(\s*\)|\[\s*\]|<\s*>", "", text)
    return re.sub(r"(?<=\S)[ \t]{2,}(?=\S)(?!\|)", " ", re.sub(r"[ \t]{1,20}(?=[.,;:!?](?:\s|$))", "", text))
