"""What own spend and the price tables cannot answer: orders to do something, other companies' own figures, what is said
of an accelerator beside its price."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.agent.planner.intents.chips import buying, hardware
from bot.agent.planner.intents.own import own_tokens, unit_cost
from bot.agent.planner.intents.own.own_spend import own
from bot.agent.planner.intents.reports import companies
from bot.agent.planner.plan import Planned
from bot.agent.planner.reading import Reading
from bot.agent.planner.understanding import LAST_RESORTS, Ranked
from bot.agent.slots.lexing import touches

CANNOT = (
    "I only read and calculate, so I cannot do that: I pay, order, cancel, send, book, change and delete nothing. "
    "I can answer on model prices, our own AI spend, GPU and training costs, project calculations, and indexed news."
)
ASKED = (
    r"^\W*(?:(?:hey|hi|hello|ok|okay|so|and|now|then|outlay|please|pls|kindly|just|go ahead and|i need you to|"
    r"i(?:['’]d| would) like you to|i want you to|(?:can|could|would|will) (?:you|u))\b[\s,:!]*)*"
)
SOMEBODY = r"(?:me|him|her|them|everyone|everybody|the|our|my|a|an|all|@?\w+)"
ORDER = re.compile(
    ASKED + r"(?:"
    r"pay (?!for\b|per\b|as\b)|cancel |terminate |approve |reject |refund |transfer |wire |unsubscribe|subscribe |"
    r"(?:order|purchase) (?:us |me |some |more |\d|a |an |another )|"
    r"(?:e-?mail|mail|message|ping|dm|slack|text|call|notify|remind|tell(?! (?:me|us)\b)|invite) "
    rf"{SOMEBODY}\b(?! (?:the|about|what|how|when|why|where|more|again|who)\b)|"
    rf"(?:send|forward|post|share) .*\bto {SOMEBODY}\b|"
    r"book (?:a|an|the|me|us|my) |schedule |reschedule |set up (?:a|an|the) |"
    r"(?:delete|remove|erase|drop|wipe|destroy|purge) (?:the |our |my |all (?:the |our )?)?(?:\w+ )?"
    r"(?:ledger|data|database|bills?|invoices?|charges|costs?|rows|records|files?|account|accounts|keys?|team|budgets?|"
    r"logs?|tags?|imports?|index|documents?|articles?|clusters?|instances?|servers?|resources?)\b|"
    r"(?:shut down|turn off|switch off|turn on|spin up|spin down|kill|restart|reboot|provision|deploy|"
    r"scale (?:up|down)|downsize|resize|launch) |"
    r"(?:revoke|grant|reset|rotate) |renew |(?:up|down)grade (?:our|my|the|us) |"
    r"(?:raise|increase|lower|set|change|edit|update|overwrite) (?:the|our|my|\w+['’]s) (?:\w+ )?"
    r"(?:budgets?|limits?|caps?|quota|password|settings?|price|bill|invoice|ledger|data|tag|tags|access)\b|"
    r"(?:create|open|file) (?:a|an|the|me) (?:\w+ )?(?:ticket|account|key|api key|invoice|issue|case|user|budget|alert|"
    r"order|po|purchase order|calendar|event|meeting)|hire |fire |sign up"
    r")",
    re.IGNORECASE,
)
QUESTIONED = re.compile(
    r"\b(?:how (?:much|many|long)|what|which|cost|costs|save|saves|savings?|worth|cheaper|or|if|why|should|vs)\b",
    re.IGNORECASE,
)
# What the price tables do not tell of an accelerator.
BESIDE_PRICE = re.compile(
    r"\b(?:how (?:long|soon|fast)\b(?!.*\b(?:for \$|budget|train|run)\b)|lead[\s-]?times?|wait(?:ing)?|back-?log|"
    r"in stock|(?:second|2nd)[\s-]?hand|pre-?owned|refurbished|resale|shortage|sold out|allocation|export|"
    r"licen[cs]es?|outage|deliver(?:y|ies|ed)|shipments?|shipping|ship(?:s|ped)?|launch(?:es|ed)?|announc\w+|released?)\b",
    re.IGNORECASE,
)
POSSESSOR = re.compile(r"(?<=\s)(?P<name>[A-Z][\w&.-]+(?:\s+[A-Z][\w&.-]+)*)['’]s(?=\s)")
OF_COMPANIES = frozenset(intent.name for intent in companies.INTENTS)
OF_RENTS = frozenset(intent.name for intent in (*hardware.INTENTS, *buying.INTENTS))
OF_PLANS = frozenset(intent.name for intent in (*own_tokens.INTENTS, *unit_cost.INTENTS))
A_MILLION = 10**6
NAMED_BY = ("team", "provider")
OF_OURS = ("spend_", "budget_", "forecast", "untagged", "token_usage")


def is_order(text: str) -> bool:
    """Whether it asks for something to be done in the world, and for nothing to be told."""
    found = ORDER.match(text)
    return found is not None and QUESTIONED.search(text, found.end()) is None


def cannot() -> list[Planned]:
    return [Planned("say_unknown", {"reason": CANNOT})]


def without_strangers(r: Reading, ranking: Ranked) -> Ranked:
    """The kinds of question that remain: of a company's own accounts the filings and the news alone; budgets and
    forecasts are ours, and nobody else's; prices of accelerators are told where prices are asked for."""
    if companies.of_a_company(r) and not r.has("ours"):
        return [(score, one) for score, one in ranking if one.name in OF_COMPANIES | LAST_RESORTS]
    out: set[str] = set()
    if r.accelerators and BESIDE_PRICE.search(r.text) and not r.amounts:
        out |= OF_RENTS
    if _possessed_by_a_stranger(r):
        out |= OF_PLANS
    return [(score, one) for score, one in ranking if one.name not in out]


def _possessed_by_a_stranger(r: Reading) -> bool:
    known = [(v.start, v.end) for v in r.values] + [(m.start, m.end) for m in r.models]
    known += [(m.start, m.end) for m in r.accelerators]
    named = [one for one in POSSESSOR.finditer(r.text) if not touches(one.start("name"), one.end("name"), known)]
    return bool(named) and not r.has("ours")


# Evidence of one's own spend from which a question back is asked, whatever news may say.
CLEARLY_OURS = 0.35


def may_be_news(r: Reading, calls: Sequence[Planned]) -> bool:
    """Whether calls that ask back, or that the ledger must refuse for a name it lacks, may be on what news tell."""
    if r.has("ours") or r.of("team"):
        return False
    written = {one.name for one in r.unread if one.name[:1].isupper() or re.search(r"\d", one.name)}
    asks = any(call.tool == "ask_back" for call in calls)
    proper = any(one.name[:1].isupper() and one.start and not one.team for one in r.unread)
    if proper and (asks or all(call.tool.startswith(OF_OURS) for call in calls)):
        return True  # somebody whom neither the ledger nor the price tables know
    if any(a.unit != "token" or a.value != A_MILLION for a in r.amounts):
        return False
    named = {name for call in calls for key in NAMED_BY for name in call.args.get(key) or ()}
    named |= {str(call.args.get("model")) for call in calls}
    return bool(written & named) or (own(r) < CLEARLY_OURS and any(call.tool == "ask_back" for call in calls))
