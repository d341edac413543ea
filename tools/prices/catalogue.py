"""Which models are sold by whom: the entries of genai-prices, with our own dated corrections laid over them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from tools.errors import Unknown
from tools.prices.corrections import Corrections, Ending, read_corrections

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo, Provider

Kind = Literal["text", "embedding", "image", "audio", "other"]

PROVIDER_NAMES = {"aws": "AWS Bedrock", "azure": "Azure", "google": "Google", "deepseek": "DeepSeek", "x-ai": "xAI"}
CLOUDS = ("aws", "azure", "google")

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("embedding", re.compile(r"embed|voyage|rerank|bge-|gte-|e5-|minilm")),
    ("image", re.compile(r"image|nano-banana|dall-e|imagen|flux|stable-diffusion")),
    (
        "audio",
        re.compile(
            r"audio|tts|whisper|transcri|realtime|voxtral|sonic|voice|-live|gemini-live|orpheus|eleven|omni|scribe"
        ),
    ),
    (
        "other",
        re.compile(
            r"ocr|moderation|guard|robotics|computer-use|decider|search|deep-research|^ft:|\.ft-|translate|math"
            r"|-base$|cyber|rosalind|prompt-guard|router|^ada$|babbage|curie|davinci|vision-preview|:extended"
        ),
    ),
)


@dataclass(frozen=True, slots=True, order=True)
class ModelRef:
    """One model as one provider sells it: ids of the price catalogue."""

    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A model in the catalogue. `context_window` is in tokens, None where unknown; `endpoint` is "global" or
    "regional" where a provider prices the two apart."""

    ref: ModelRef
    name: str
    provider_name: str
    kind: Kind
    context_window: int | None
    deprecated: bool
    comments: str
    endpoint: str | None
    info: ModelInfo

    @property
    def shown(self) -> str:
        """`gpt-4o (OpenAI)`, `Claude Haiku 4.5 (AWS Bedrock, global endpoint)`."""
        return f"{self.name} ({self.provider_name}{f', {self.endpoint} endpoint' if self.endpoint else ''})"


class Catalogue:
    """Models by provider. Building one is cheap: the library is read on first use (about 0.3 s, once a process)."""

    def __init__(self, corrections: Corrections) -> None:
        self.corrections = corrections

    @cached_property
    def _providers(self) -> Mapping[str, Provider]:
        from genai_prices.data_snapshot import get_snapshot

        return {provider.id: provider for provider in get_snapshot().providers}

    @cached_property
    def _entries(self) -> Mapping[ModelRef, Entry]:
        return {
            entry.ref: entry
            for provider in self._providers.values()
            for model in provider.models
            for entry in [_entry(provider, provider, model)]
        }

    @cached_property
    def version(self) -> str:
        from importlib.metadata import version

        return version("genai-prices")

    @cached_property
    def data_date(self) -> date:
        """The newest date that the library's own price data states for a past event, by library version."""
        if self.version in self.corrections.data_dates:
            return self.corrections.data_dates[self.version]
        stated = [date.fromisoformat(found) for entry in self for found in _STATED_DAY.findall(entry.comments)]
        return max([*stated, *self.corrections.data_dates.values()])

    @property
    def source(self) -> str:
        return f"genai-prices {self.version}"

    def providers(self) -> Mapping[str, str]:
        """Provider id to the name shown."""
        return {key: provider_name(provider) for key, provider in self._providers.items()}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def sold_by(self, provider: str) -> list[Entry]:
        return [entry for entry in self if entry.ref.provider == provider]

    def fallbacks(self, provider: str) -> tuple[str, ...]:
        """Makers at whose list prices this provider resells what it does not list itself (Azure, Vertex)."""
        found = self._providers.get(provider)
        return tuple(found.fallback_model_providers or ()) if found else ()

    def ending(self, ref: ModelRef) -> Ending | None:
        return self.corrections.endings.get((ref.provider, ref.model))

    def withdrawn(self, entry: Entry) -> bool:
        """Known to be no longer sold, or to be withdrawn by the price data's own date."""
        ending = self.ending(entry.ref)
        return "(shut down)" in entry.comments.lower() or (ending is not None and ending.ended(self.data_date))

    def ending_soon(self, entry: Entry) -> bool:
        """Deprecated or withdrawn: nothing to start on."""
        return entry.deprecated or self.ending(entry.ref) is not None

    def entry(self, ref: ModelRef) -> Entry:
        """Raises Unknown when nobody lists that pair. A resold model is priced as its maker lists it."""
        if found := self._entries.get(ref):
            return found
        reseller = self._providers.get(ref.provider)
        for maker in self.fallbacks(ref.provider):
            listed = self._entries.get(ModelRef(maker, ref.model))
            if listed and reseller:
                return _entry(reseller, self._providers[maker], listed.info)
        raise Unknown(f"The price catalogue has no model {ref.model!r} at {ref.provider!r}.")

    def with_id(self, ref: ModelRef) -> ModelRef | None:
        """The same pair when it is listed as it stands."""
        return ref if ref in self._entries else None

    def match(self, provider: str, raw: str) -> ModelRef | None:
        """The provider's entry for an API model string, dated or with a region prefix; None when there is none."""
        found = self._providers.get(provider)
        if found is None:
            return None
        if renamed := self.corrections.aliases.get((provider, raw.lower())):
            return ModelRef(provider, renamed)
        model = found.find_model(raw, all_providers=list(self._providers.values()))
        return ModelRef(provider, model.id) if model else None


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that ships with the package: library data, our `corrections.toml` and `lifecycle.csv`."""
    here = files("tools.prices")
    table = tomllib.loads(here.joinpath("corrections.toml").read_text(encoding="utf-8"))
    return Catalogue(read_corrections(table, here.joinpath("lifecycle.csv").read_text(encoding="utf-8")))


def provider_name(provider: Provider) -> str:
    return PROVIDER_NAMES.get(provider.id, provider.name)


def _entry(seller: Provider, lister: Provider, model: ModelInfo) -> Entry:
    endpoint = None
    if seller.id == "aws" and model.id.split(".")[0] in ("global", "regional"):
        endpoint = model.id.split(".")[0]
    elif seller.id == "azure" and lister.id != "azure":
        endpoint = "Global"
    return Entry(
        ref=ModelRef(seller.id, model.id),
        name=_shown_name(lister.id, model),
        provider_name=provider_name(seller),
        kind=_kind(model),
        context_window=model.context_window,
        deprecated=bool(model.deprecated) or bool(_ENDED.search(model.price_comments or "")),
        comments=model.price_comments or "",
        endpoint=endpoint,
        info=model,
    )


_STATED_DAY = re.compile(r"(?:verified|launched|listed|deprecated)[^.;]{0,60}?(20\d\d-\d\d-\d\d)", re.IGNORECASE)
_ENDED = re.compile(r"^(?:deprecated|retired)\b|\(shut down\)", re.IGNORECASE)


def _shown_name(lister: str, model: ModelInfo) -> str:
    """The published name where it is one; OpenAI's models are known by their ids."""
    if model.name and lister != "openai" and any(letter.isupper() for letter in model.name):
        return model.name
    bare = re.sub(r"^(?:[a-z-]+\.)+(?=[a-z])|-v\d+:\d+$|:\d+$|-v\d+$", "", model.id) if lister == "aws" else model.id
    claude = re.match(r"claude-([a-z]+)-(\d+)(?:-(\d))?(?:-\d{8})?$", bare)
    if claude:
        family, major, minor = claude.groups()
        return f"Claude {family.title()} {major}" + (f".{minor}" if minor not in (None, "0") else "")
    return bare


def _kind(model: ModelInfo) -> Kind:
    ident = model.id.lower()
    return next((kind for kind, pattern in _KINDS if pattern.search(ident)), "text")
