"""A message as it would be spoken: without Slack's marks, emoji, mentions of people and channels, and a greeting."""

from __future__ import annotations

import html
import re

PERSON = r"(?:<[@!][^<>]{1,60}>|(?<![\w@])@[A-Za-z][\w.-]*)"
CHANNEL = r"(?:<#[^<>]{1,80}>|(?<![\w#&])#[a-z][\w-]*)"
LINK = re.compile(r"<(?:https?://|mailto:|tel:)[^<>|]*(?:\|(?P<label>[^<>]*))?>", re.IGNORECASE)
# Who else reads or asks: says nothing of what is asked.
FOR_PEOPLE = re.compile(
    rf"[\s,(]*\b(?:(?:i['’]?m\s+)?asking\s+(?:for|on behalf of)|on behalf of|cc|fyi|per|via|@)\s*:?\s*{PERSON}"
    rf"(?:\s*(?:,|and|&)?\s*{PERSON})*\s*\)?",
    re.IGNORECASE,
)
# Where it was said; elsewhere the name of a channel may be that of a team.
IN_A_CHANNEL = re.compile(rf"^\W*(?:over\s+)?(?:in|from)\s+{CHANNEL}\s*,?|[\s,(]*\bcc\s*:?\s*{CHANNEL}", re.IGNORECASE)
EMOJI_NAME = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+'-]*:(?::skin-tone-\d:)?(?![\w:])|(?<![\w:]):[+-]1:", re.IGNORECASE)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3]+")
SMILEY = re.compile(r"(?<![\w:;])[:;]['’]?-?[)(DPp/|](?!\w)|(?<!\S)(?:\^\^|<3|xD|o_O)(?!\S)")
ASKED_NEXT = re.compile(r"\s*(?:what|how\s+(?:much|many)|which|who|can|could|did|do|does|is|are)\b", re.IGNORECASE)
BLOCK = re.compile(r"```|`")
BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])")
STRUCK = re.compile(r"(?<![\w~])~(?=[^\s~\d$€£])[^~\n]+?(?<=\S)~(?![\w~])")
# `gpt-4o -> gpt-4.1`: what is moved where.
ARROW = re.compile(r"(?<=[\w)])\s*(?:-{1,2}>|→|➡️?|➜|➔)\s*(?=\w)")
RESULT = re.compile(r"(?<=[\w)])\s*(?:=>|⇒)\s*(?=\w)")
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "\u00a0": " ", "\u202f": " "})
# `(twice!)`: said of the asking.
SHOUTED = re.compile(r"\s*\([^()\d]{1,30}!+\)")
WHO = r"(?:all|team|folks|guys|everyone|everybody|there|again|friends?|mates?|peeps|outlay|you|bot)"
GREETS = re.compile(
    rf"^\W*(?:hi+(?:ya)?|hey+(?:a)?|hello|howdy|yo|sup|gm|(?:good\s+)?(?:morning|afternoon|evening))"
    rf"(?:\s+{WHO})*(?:\s*[,!.:;…–—-]+\s*|\s+)(?=\S)(?!{WHO}\W*$)",
    re.IGNORECASE,
)


# Who is spoken to: `Outlay, September?` is as short as `September?`.
CALLED = re.compile(r"^\W*outlay\s*[,:!]+\s+(?=\w)", re.IGNORECASE)


# One question about two parts, which would be taken for two: `how much was GPU and how much was models`.
PARTS = r"(?:gpus?|machines?|compute|accelerators?|servers?|models?|tokens?|apis?)"
TWO_PARTS = re.compile(
    rf"\b(?P<one>{PARTS})\s*,?\s+and\s+how\s+much\s+(?:(?:was|were|is|are|went\s+to|on|for)\s+)*(?:the\s+)?(?P<other>{PARTS})\b",
    re.I,
)
# What is embedded is what the models of embeddings are given.
EMBEDS = re.compile(
    r"(?P<head>\bhow\s+many\s+(?:\w+\s+){0,2}tokens\s+(?:did|do|does|has|have)\s+[^?]{1,40}?)\s+embed(?:ded)?\b",
    re.IGNORECASE,
)
# What a ranking tells of each in any case.
EACH_OF_WHOM = re.compile(
    r"(?P<head>^\W*(?:who|which\s+\w+)\b[^?]*?),?\s+and\s+how\s+much\s+(?:did|do|does|have|has)\s+(?:they|it|each(?:\s+of\s+them)?)"
    r"\s+(?:each\s+)?(?:spend|spent|pay|paid|costs?|used?)\b(?:\s+us)?",
    re.IGNORECASE,
)
# `list all models with their cost`: of what has just been named.
WITH_THEIR = re.compile(
    r"(?<=s )(?P<joint>with|and|by|plus|including)\s+their"
    r"(?=\s+(?:\w+\s+){0,2}(?:spend|costs?|bills?|total|share|amount))",
    re.I,
)
# The last bill that is whole is that of the last month.
LAST_BILL = re.compile(
    r"\b(?P<whose>our|the|my)\s+(?:last|latest|most\s+recent)\s+(?P<who>(?:[A-Z][\w.-]*\s+){0,2})(?P<bill>bill|invoice)\b"
    r"(?!\s+(?:of|for|from|in|period|run)\b)"
)
AI_OR_NOT = re.compile(r"\s*[,(–—-]*\s*(?:whether\s+)?\bai\s+or\s+(?:not|otherwise|no)\b\s*\)?", re.IGNORECASE)
OF_WHICH_AI = re.compile(r"\s*[,(–—-]+\s*(?:and\s+)?of\s+(?:which|that)\s+(?=(?:gen-?)?ai\b\W*$)", re.IGNORECASE)
UP_TO_THE = re.compile(
    r"(?<!\d )(?<!\dst )(?<!\dnd )(?<!\drd )(?<!\dth )(?<! of )"
    r"\b(?P<month>(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber)\s+"
    r"(?:(?:up\s+)?to|until|till|through|thru)\s+(?:and\s+including\s+)?the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
OF_WHICH = re.compile(
    r"\s*[,(–—-]+\s*(?:and\s+)?(?:of\s+(?:which|that|it)|thereof)\s*,?\s*(?P<how>how\s+much|what\s+share|what\s+part)\s+",
    re.I,
)
PUT_BESIDE = re.compile(
    r"^\W*(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?(?:put|show(?:\s+me)?|set|place)\s+(?![^?]*\b(?:pric\w+|rates?|tokens?|rents?|per\s+hour|specs?|capex|revenues?|income|h100s?|gpus?|context)\b)(?P<what>[^?]+?)\s+"
    r"(?:next\s+to\s+(?:each\s+other|one\s+another)|side[\s-]by[\s-]side)",
    re.I,
)


def as_spoken(text: str) -> str:
    """The message in plain words. What is struck out is gone, a link is its label, and an emoji ends a clause."""
    text = CALLED.sub("", text)
    plain = html.unescape(LINK.sub(lambda found: found["label"] or " ", text))
    plain = FOR_PEOPLE.sub(" ", plain)
    plain = IN_A_CHANNEL.sub(" ", plain)
    plain = re.sub(rf"{PERSON}(?:\s*,|\s*:(?![\w+-]))?", " ", re.sub(r"<#[^<>|]*(?:\|([^<>]*))?>", r" \1 ", plain))
    plain = re.sub(r"(?<![\w#&])#(?=[a-z][\w-]*)", "", plain)
    plain = RESULT.sub(", ", ARROW.sub(" to ", plain))
    for mark in (EMOJI_NAME, EMOJI, SMILEY):
        plain = mark.sub(_pause, plain)
    plain = re.sub(r"(?<=[,.;:!?])\s*,(?=\s)|^\s*,", "", plain)
    plain = BOLD.sub(lambda found: found[1] or found[2], STRUCK.sub(" ", BLOCK.sub(" ", plain)))
    plain = SHOUTED.sub("", re.sub(r"\s*=\s*\?+", "?", plain))
    plain = re.sub(r"[^\S\n]+", " ", plain.translate(QUOTES)).strip()
    plain = re.sub(r"\s+(?=[?.,;!](?:\s|$))", "", plain)
    plain = TWO_PARTS.sub(r"\g<one> versus \g<other>", plain)
    plain = UP_TO_THE.sub(r"1 to \g<day> \g<month>", AI_OR_NOT.sub("", plain))
    plain = EMBEDS.sub(r"\g<head> use on embeddings", plain)
    plain = LAST_BILL.sub(r"\g<whose> \g<who>\g<bill> of last month", plain)
    plain = WITH_THEIR.sub(r"\g<joint> the", plain)
    plain = EACH_OF_WHOM.sub(r"\g<head>", plain)
    plain = OF_WHICH_AI.sub(", and how much of that is ", plain)
    plain = OF_WHICH.sub(r", and \g<how> of that ", plain)
    plain = PUT_BESIDE.sub(r"compare the spend of \g<what>", plain)
    return GREETS.sub("", plain, count=1) or plain


def _pause(emoji: re.Match[str]) -> str:
    """A comma where a question follows; else nothing is said by an emoji."""
    return ", " if ASKED_NEXT.match(emoji.string, emoji.end()) else " "
