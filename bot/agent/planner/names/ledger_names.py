"""Names that the ledger knows, found in a question: teams, providers, services, models, accounts, regions, tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.agent.planner.names.long_tags import long_values
from bot.agent.planner.names.name_forms import FAMILIES, aliases, place_aliases
from bot.agent.planner.names.plain_teams import names_a_team, only_names
from bot.agent.planner.names.verbs_named import is_verb
from bot.agent.slots.lexing import Span, touches
from tools.ledger.naming.model_names import VARIANTS
from tools.ledger.naming.spoken_models import models_meant

# Where one name is a team and also something else, the first of these is meant.
ORDER = ("team", "provider", "service", "sub_account", "region", "charge_category", "service_category", "description")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a ledger dimension in a text; `start` to `end` (exclusive) are where it stands. `excluded`: the text
    says that it is to be left out."""

    dimension: str
    value: str
    start: int
    end: int
    excluded: bool = False


@dataclass(frozen=True)
class LedgerNames:
    """`known` maps a dimension to its values, all of them ones that the asker may see; `tags` a tag's key to its;
    `keys` are all tag keys but the team's, `currencies` those of the bills, `models` those billed; `places` are further
    names of regions, and `long` the values of tags that have too many for each to be looked for. `sellers` tells which
    provider bills each service, where only one does, asked only when needed; `company` is how all bills call who pays
    them, lower case."""

    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)
    english: frozenset[str] = frozenset()
    keys: Sequence[str] = ()
    currencies: Sequence[str] = ()
    models: Sequence[str] = ()
    places: Mapping[str, Sequence[str]] = field(default_factory=dict)
    long: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sellers: Callable[[], Mapping[str, str]] = dict
    company: frozenset[str] = frozenset()

    def billed_models(self, text: str, taken: Sequence[Span], named: Sequence[Span]) -> list[Value]:
        """Models of the ledger by a part of their name that says enough (r1, 4o, mixtral): words outside `taken` that
        are no English ones, or stand where a name stands (`named`)."""
        words = [
            (m.start(), m.end()) for m in A_PART.finditer(text) if not touches(m.start(), m.end(), [*taken, *named])
        ]
        spans = [*named, *(span for span in words if self._stands_out(text[span[0] : span[1]].casefold()))]
        return [
            Value("model", text[start:end], start, end, leaves_out(text, start))
            for start, end in sorted(spans)
            if self._names_a_model(text[start:end])
        ]

    def _stands_out(self, word: str) -> bool:
        return word in FAMILIES or word not in self.english

    def _names_a_model(self, word: str) -> bool:
        told = re.fullmatch(r"(?=.*\d)(?=.*[a-z]).+", word, re.IGNORECASE) or (
            len(word) >= 5 and word.casefold() not in VARIANTS
        )
        return bool(told) and not A_MACHINE.fullmatch(word) and models_meant(word, self.models) != (word,)

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Lower-case alias -> the dimension and every value it stands for."""
        table: dict[str, tuple[str, dict[str, None]]] = {}
        dimensions = [*(d for d in ORDER if d in self.known), *(f"tag:{key}" for key in self.tags)]
        for dimension in dimensions:
            values = self.known.get(dimension) or self.tags.get(dimension.removeprefix("tag:")) or ()
            exact = {" ".join(value.split()).casefold() for value in values}
            for value in values:
                plain = " ".join(value.split()).casefold()
                also = place_aliases(self.places.get(value, ())) if dimension == "region" else ()
                for alias in (*aliases(dimension, value), *also):
                    owner, held = table.setdefault(alias, (dimension, {}))
                    if owner == dimension and (alias == plain or alias not in exact):
                        held[value] = None
        return {alias: (dimension, tuple(held)) for alias, (dimension, held) in table.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self._aliases:
            return None
        longest = sorted(self._aliases, key=len, reverse=True)
        joined = "|".join(re.escape(alias).replace(r"\ ", r"[\s_-]+") for alias in longest)
        return re.compile(rf"(?<![\w.@-])(?:{joined})(?![\w@]|-\d|\.\d)", re.IGNORECASE)

    @cached_property
    def words(self) -> frozenset[str]:
        """Single words among the names: what a misspelt word may have meant."""
        return frozenset(part for alias in self._aliases for part in alias.split() if part.isalpha())

    @cached_property
    def spelt(self) -> frozenset[str]:
        """The words, and those of the models' names."""
        return self.words | {part for name in self.models for part in re.split(r"[^a-z]+", name.lower()) if part}

    def calls_itself(self, word: str) -> bool:
        """Whether `word` is a tag's key, or part of a name."""
        return word in self.words or any(word in re.split(r"[^a-z]+", key.lower()) for key in self.keys)

    def distinctive(self, text: str) -> list[Span]:
        """Where names of several words or with digits stand, and where a word says that a name is a team's: these are
        read before periods, models and accelerators."""
        found = []
        for value in self.mentions(text):
            said = text[value.start : value.end]
            marked = TEAM_WORD_AFTER.match(text[value.end :]) or TEAM_WORD_BEFORE.search(text[: value.start])
            if value.dimension in {"team", "sub_account"} and (re.search(r"[\s\d_-]", said) or marked):
                found.append((value.start, value.end))
        return found

    def mentions(self, text: str, masked: Iterable[Span] = ()) -> list[Value]:
        """Every known name in `text` outside `masked`, longest first where they overlap, in order."""
        masked = list(masked)
        found = [value for value, sure in self._read(text, masked) if sure]
        taken = [*masked, *((value.start, value.end) for value in found)]
        rare = [Value(*one, leaves_out(text, one[2])) for one in long_values(text, self.long, self.english, taken)]
        return sorted([*found, *rare], key=lambda value: value.start)

    def doubtful(self, text: str, masked: Iterable[Span] = ()) -> list[str]:
        """Ordinary words that are teams' names too, where they do not stand as a team does."""
        return [value.value for value, sure in self._read(text, masked) if not sure]

    def _read(self, text: str, masked: Iterable[Span]) -> list[tuple[Value, bool]]:
        if self._pattern is None:
            return []
        masked = list(masked)
        found: list[tuple[Value, bool]] = []
        every = [match.span() for match in self._pattern.finditer(text)]
        for match in self._pattern.finditer(text):
            if touches(match.start(), match.end(), masked):
                continue
            dimension, values = (
                self._aliases[re.sub(r"[\s_-]+", " ", match[0].lower())]
                if (re.sub(r"[\s_-]+", " ", match[0].lower()) in self._aliases)
                else self._aliases.get(match[0].lower(), ("", ()))
            )
            low = match[0].lower()
            if dimension[:4] == "tag:" and low in EVERYDAY_TAGS and dimension[4:].lower() not in text.lower():
                continue
            if low in PRONOUNS and match[0].islower() and not TEAM_WORD_AFTER.match(text, match.end()):
                continue
            if is_verb(text, match):
                continue
            if low == "compute" and not (dimension == "service_category" and _of_charges(text, match)):
                continue
            plain = (
                dimension == "team"
                and low in self.english
                and not names_a_team(text, match)
                and not only_names(text, every, low)
            )
            listed = _listed(text, match, [value for value, _ in found])
            reserved = dimension == "team" and low in RESERVED and not _marked(text, match)
            sure = listed or not (plain or reserved)
            out = (
                EXCLUDING.search(text[: match.start()]) is not None
                or LEFT_OUT_AFTER.match(text, match.end())
                or (
                    bool(found)
                    and found[-1][0].excluded
                    and CHAIN.fullmatch(text[found[-1][0].end : match.start()]) is not None
                )
            )
            found += [(Value(dimension, value, match.start(), match.end(), bool(out)), sure) for value in values]
        return found


ABOUT_THE_WORLD = re.compile(r"\W*why\s+(?:is|are|does|do)\b", re.I)
AFTER_A_KIND = re.compile(
    r"\s*(?:[?.,;:+&/]|$|\b(?:spend\w*|spent|costs?|bills?|charges?|vs|versus|against|and|or|in|for|last|this|total|by|per"
    r"|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|q[1-4]|20\d\d|category|that|which)\b)",
    re.I,
)


def _of_charges(text: str, match: re.Match[str]) -> bool:
    """Whether `compute` is a kind of charge: `on compute last month`, `compute costs`; not `compute budgets at`."""
    return AFTER_A_KIND.match(text, match.end()) is not None and ABOUT_THE_WORLD.match(text) is None


EXCLUDING = re.compile(
    r"\b(?:(?:all|everything|everyone|everybody|anything|anybody|total|(?:any|every|all)\s+\w+)\s+(?:spend\s+)?but"
    r"|excluding|excludes?|exclude|excl\.?|except(?:ing)?(?:\s+for)?|without|other than|apart from|aside from|minus"
    r"|not counting|not including"
    r"|ignor(?:ing|e|es)|skip(?:ping|s)?|disregard(?:ing|s)?|remov(?:ing|e)|dropping|leaving out|leave out"
    r"|but not|besides|outside(?:\s+of)?|w/o|net of|less|ex)"
    r"\s+(?:the\s+|team\s+|any\s+|our\s+)*$",
    re.IGNORECASE,
)


def leaves_out(text: str, start: int) -> bool:
    """Whether what begins at `start` is said to be left out."""
    return EXCLUDING.search(text[:start]) is not None


LEFT_OUT_AFTER = re.compile(
    r"\s*,?\s*(?:(?:is|are|being|costs?|spend)\s+)?(?:(?:left|taken|stripped|backed|netted)\s+(?:out|off|away)|excluded|omitted"
    r"|aside|set\s+aside|removed|not\s+(?:to\s+be\s+)?(?:counted|included)|not\s+counting)\b",
    re.IGNORECASE,
)
CHAIN = re.compile(
    r"(?:['’]s?)?(?:\s+(?:teams?|squad|group|models?|usage|spend|spending|costs?|bills?|charges?))?"
    r"\s*(?:,\s*(?:and\s+|or\s+)?|\band\s+|\bor\s+|&\s*)(?:the\s+|team\s+|our\s+)*",
    re.IGNORECASE,
)
A_PART = re.compile(r"(?<![\w.@/-])[A-Za-z0-9]*[A-Za-z][\w.]*[A-Za-z0-9](?![\w@/-])")
PRONOUNS = frozenset(("it", "us", "me", "we", "who", "they", "them", "i", "you", "he", "she"))
# Values of tags that are read only beside their key: `had run`, `all our spend`.
EVERYDAY_TAGS = frozenset("all run any other none new old on off use used yes no both more less".split())  # noqa: SIM905
# `a3` is a machine, `o3` and `r1` are models.
A_MACHINE = re.compile(r"[apg]\d", re.IGNORECASE)
RESERVED = FAMILIES | {
    *("total", "batch", "all", "ai", "everything", "may", "march"),
    *("share", "top", "budget", "credit", "price", "cost", "spend"),
}
TEAM_WORD_AFTER = re.compile(r"\s+(?:team|squad|group)\b|['’]s?\s", re.IGNORECASE)
TEAM_WORD_BEFORE = re.compile(r"\b(?:team|squad|did|does|has)\s+$", re.IGNORECASE)


def _listed(text: str, match: re.Match[str], before: Sequence[Value]) -> bool:
    """Whether a name stands in one list with a team before it: `search, r2 and batch`."""
    if not before or before[-1].dimension != "team":
        return False
    between = text[before[-1].end : match.start()]
    return CHAIN.fullmatch(between) is not None or JOINED.fullmatch(between) is not None


JOINED = re.compile(
    r"(?:\s+(?:spend|cost|cheaper|pricier|(?:more|less)(?: expensive)?))*\s*(?:\+|vs\.?|versus|against|than|plus)\s*"
    r"(?:the\s+|team\s+)*", re.I)  # fmt: skip


def _marked(text: str, match: re.Match[str]) -> bool:
    """Whether a name that is also a word of questions (total, batch, May) is said to be a team's."""
    return bool(TEAM_WORD_AFTER.match(text[match.end() :]) or TEAM_WORD_BEFORE.search(text[: match.start()]))
