"""What a question says, value by value: nothing here decides what is asked, only what is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from bot.agent.planner.left_over.unread import Unread, unread_names
from bot.agent.planner.names.account_parts import accounts_in_part
from bot.agent.planner.names.catalogue_models import BATCH, covered, models_named
from bot.agent.planner.names.company_names import of_the_company
from bot.agent.planner.names.included import without_included
from bot.agent.planner.names.ledger_names import EXCLUDING, LedgerNames, Value
from bot.agent.planner.names.tag_places import beside_values
from bot.agent.planner.routing.amount_stand_in import amount_stand_in
from bot.agent.planner.wording.corrections import MARKER, kept_of
from bot.agent.planner.words.charge_words import charge_words
from bot.agent.planner.words.fiscal_years import spoken_periods, year_told
from bot.agent.planner.words.lexicon import Cue, cues
from bot.agent.planner.words.pricing_words import pricing_values
from bot.agent.slots.amounts import Amount, amounts
from bot.agent.slots.comparisons import comparison, stepped_by
from bot.agent.slots.groupings import MOST, GroupBy, groupings, tag_mentions
from bot.agent.slots.lexing import Span, blanked
from bot.agent.slots.machines import NO_MODEL
from bot.agent.slots.periods import PeriodMention
from bot.agent.slots.ranks import top_n
from tools.hardware.names import AcceleratorMention, accelerator_mentions
from tools.prices.catalogue import Catalogue
from tools.prices.mentions import Mention


@dataclass(frozen=True)
class Reading:
    """One question. Spans count characters of `text`; `original` is what was written before spelling was put right."""

    text: str
    original: str
    today: date
    models: tuple[Mention, ...] = ()
    accelerators: tuple[AcceleratorMention, ...] = ()
    periods: tuple[PeriodMention, ...] = ()
    compared: tuple[PeriodMention, PeriodMention | None] | None = None
    amounts: tuple[Amount, ...] = ()
    groupings: tuple[GroupBy, ...] = ()
    top: int | None = None
    values: tuple[Value, ...] = ()
    cues: tuple[Cue, ...] = ()
    unread: tuple[Unread, ...] = ()
    changes: tuple[tuple[str, str], ...] = field(default=())
    filings: frozenset[str] = frozenset()
    doubtful: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    tag_keys: tuple[str, ...] = ()
    tags_named: tuple[GroupBy, ...] = ()
    taken: tuple[Span, ...] = ()
    counted: tuple[Span, ...] = ()
    billed: tuple[str, ...] = ()  # the models that the bills name
    sellers: Callable[[], Mapping[str, str]] = dict
    ours: bool = False  # taken to be on own spend, as nothing else answers it

    @cached_property
    def groups(self) -> frozenset[str]:
        """The cue groups present."""
        named = [(v.start, v.end) for v in self.values]
        return frozenset(cue.group for cue in self.cues if not covered(cue.start, cue.end, named))

    def has(self, *groups: str) -> bool:
        return not self.groups.isdisjoint(groups)

    def amount(self, *roles: str, kind: str | None = None) -> Amount | None:
        """The first amount with one of these roles."""
        return next(
            (a for a in self.amounts if a.role in roles and (kind is None or a.kind == kind)),
            None,
        )

    def unit(self, *units: str) -> Amount | None:
        """The first amount of one of these units."""
        return next((a for a in self.amounts if a.unit in units and a.kind == "number"), None)

    @cached_property
    def money(self) -> tuple[Amount, ...]:
        return tuple(a for a in self.amounts if a.kind == "money")

    @cached_property
    def percents(self) -> tuple[Amount, ...]:
        return tuple(a for a in self.amounts if a.kind == "percent")

    def model_names(self) -> tuple[str, ...]:
        """The models as a tool takes them: as written, with the provider that the sentence says elsewhere."""
        return tuple(
            dict.fromkeys(
                name if m.provider is None or m.provider in name.casefold() else f"{name} on {m.provider}"
                for m in self.models
                for name in [BATCH.sub("", m.text).strip()]
            )
        )

    def of(self, dimension: str) -> tuple[str, ...]:
        """The values named of one dimension, in order, each once."""
        return tuple(dict.fromkeys(v.value for v in self.values if v.dimension == dimension and not v.excluded))

    def left_out(self) -> tuple[str, ...]:
        """What is to be left out, each as dimension=value."""
        return tuple(dict.fromkeys(f"{v.dimension}={v.value}" for v in self.values if v.excluded))

    def masked(self) -> str:
        """The question with each name and value replaced by the stand-in that the routing examples use."""
        spans = [
            *((m.start, m.end, "gpt-4o") for m in self.models),
            *((m.start, m.end, "H100") for m in self.accelerators),
            *((p.start, p.end, "last month") for p in self.periods),
            *((a.start, a.end, amount_stand_in(a)) for a in self.amounts if amount_stand_in(a)),
            *((v.start, v.end, "atlas" if v.dimension == "team" else "OpenAI") for v in self.values),
        ]
        text, position = "", 0
        for start, end, name in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= position:
                text += self.text[position:start] + name
                position = end
        return text + self.text[position:]


def read(
    text: str,
    original: str,
    today: date,
    data_through: date | None,
    names: LedgerNames,
    catalogue: Catalogue,
    changes: tuple[tuple[str, str], ...] = (),
    filings: frozenset[str] = frozenset(),
) -> Reading:
    """Everything that `text` names. Models are read first, then accelerators, periods, ledger names and amounts: what
    one has read, the next leaves alone."""
    first = names.distinctive(text)
    machines = [match.span() for match in NO_MODEL.finditer(text)]
    models = models_named(blanked(text, [*first, *machines]), names, catalogue)
    models = tuple(m for m in models if not covered(m.start, m.end, first))
    said = [(m.start, m.end) for m in models]
    models = kept_of(text, models, lambda _: "model")
    spans = [(m.start, m.end) for m in models]
    accelerators = tuple(m for m in accelerator_mentions(text) if not covered(m.start, m.end, [*spans, *first]))
    spans += [(m.start, m.end) for m in accelerators]
    spoken = spoken_periods(text, today, data_through, [*spans, *first])
    said += [(p.start, p.end) for p in spoken]
    spoken = kept_of(text, spoken, lambda _: "period")
    values = tuple(names.mentions(text, spans + [(p.start, p.end) for p in spoken]))
    parts = accounts_in_part(text, names.known.get("sub_account", ()), [(v.start, v.end) for v in values])
    values = tuple(sorted((*values, *parts), key=lambda value: value.start))
    names_read = [(v.start, v.end) for v in values if v.dimension not in OF_KINDS]
    kinds = charge_words(text, [(p.start, p.end) for p in spoken], names_read)
    busy_already = [*spans, *((v.start, v.end) for v in (*values, *kinds.values))]
    priced = () if accelerators else pricing_values(text, names.known, busy_already)
    every = (*values, *kinds.values, *priced)
    values = kept_of(text, without_included(text, every), lambda value: value.dimension)
    counted = tuple(amounts(text, spans + [(p.start, p.end) for p in spoken] + [(v.start, v.end) for v in values]))
    said += [(a.start, max(a.end, a.phrase_end)) for a in counted]
    counted = kept_of(text, counted, lambda amount: f"{amount.kind} {amount.unit} {amount.role}")
    busy = [(p.start, p.end) for p in spoken] + [
        (a.start, a.phrase_end) for a in counted if a.per or a.unit in SPANS_OF_TIME
    ]
    owned = [(v.start, v.end) for v in values]
    apart = groupings(text, busy, names.keys, owned)
    grouped = tuple(g for g in groupings(text, (), names.keys, owned) if g in apart or g.dimension not in SPANS_OF_TIME)
    if steps := stepped_by(text, max((p.period.days for p in spoken), default=0)):
        grouped = tuple(sorted({*grouped, GroupBy(*steps)}, key=lambda group: group.start))
    reading = Reading(
        text=text,
        original=original,
        today=today,
        models=models,
        accelerators=accelerators,
        periods=spoken,
        compared=comparison(
            blanked(text, [(v.start, v.end) for v in values], "x"),
            today,
            data_through=data_through,
            masked=[*spans, *first],
        ),
        amounts=counted,
        groupings=grouped,
        top=top_n(text) or _single(text, grouped),
        values=values,
        cues=cues(text),
        changes=changes,
        filings=filings,
        doubtful=(
            *names.doubtful(
                text, [*spans, *((p.start, p.end) for p in spoken), *((a.start, a.phrase_end) for a in counted)]
            ),
            *_months_or_teams(spoken, names),
        ),
        currencies=tuple(names.currencies),
        tag_keys=tuple(names.keys),
        sellers=names.sellers,
        billed=tuple(names.models),
        counted=kinds.counted,
        tags_named=tuple(tag_mentions(text, names.keys)),
    )
    slips = [marker.span() for marker in MARKER.finditer(text)] if len(values) < len(every) else []
    taken = [
        *slips,
        *machines,
        *spans,
        *said,
        *((v.start, v.end) for v in every),
        *(phrase.span() for v in values if v.excluded and (phrase := EXCLUDING.search(text[: v.start]))),
        *((g.start, g.end) for g in grouped),
        *kinds.counted,
        *year_told(text),
        *beside_values(text, values, reading.tags_named),
    ]
    unread, payer = of_the_company(unread_names(text, taken), text, names.company)
    taken += [(u.start, u.end) for u in payer]
    billed = names.billed_models(text, taken, [(u.start, u.end) for u in unread])
    taken += [(value.start, value.end) for value in billed]
    rest = tuple(u for u in unread if not covered(u.start, u.end, [(value.start, value.end) for value in billed]))
    return replace(reading, values=(*values, *billed), unread=rest, taken=tuple(taken))


OF_KINDS = frozenset({"charge_category", "service_category", "pricing_category", "commitment_type"})
SPANS_OF_TIME = frozenset({"hour", "day", "week", "month", "quarter", "year"})


def _months_or_teams(spoken: Sequence[PeriodMention], names: LedgerNames) -> list[str]:
    """Months that are teams' names too, where another period is named beside: `last week for may`."""
    teams = {name.casefold() for name in names.known.get("team", ())}
    apart = {p.period for p in spoken if p.grain != "month"}
    return [p.text for p in spoken if p.text.casefold() in teams and apart]


def _single(text: str, grouped: Sequence[GroupBy]) -> int | None:
    """1 where `which product costs the most` asks for one of a tag's values."""
    asked = [text[g.start : g.end] for g in grouped if g.dimension.startswith("tag:") and MOST.search(text, g.end)]
    return 1 if any(re.match(r"(?:which|what)\b", said, re.I) and not said.endswith("s") for said in asked) else None
