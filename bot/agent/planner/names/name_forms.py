"""The forms in which people write the names of a ledger."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

PREFIXES = re.compile(
    r"^(?:github|snowflake|databricks|oracle|oci|ibm|amazon|aws|google cloud|google|azure|microsoft|cloud"
    r"|vertex ai)\s+",
    re.IGNORECASE,
)
# What people call services whose bills spell them out.
CALLED = {
    "amazon elastic compute cloud": ("ec2",),
    "amazon ec2": ("ec2",),
    "amazon simple storage service": ("s3",),
    "amazon s3": ("s3",),
    "amazon relational database service": ("rds",),
    "azure openai service": ("azure openai", "aoai"),
    "azure openai": ("azure openai", "aoai"),
    "compute engine": ("gce",),
    "google compute engine": ("gce",),
    "cloud storage": ("gcs",),
    "google cloud storage": ("gcs",),
    "elastic kubernetes service": ("eks",),
    "amazonec2": ("ec2",),
    "amazons3": ("s3",),
    "amazonrds": ("rds",),
    "kubernetes engine": ("gke",),
    "azure kubernetes service": ("aks",),
    "google kubernetes engine": ("gke",),
    "vertex ai": ("vertex",),
    "google bigquery": ("bigquery",),
    "amazon elastic kubernetes service": ("eks",),
}
FAMILIES = frozenset(
    "claude gemini gpt llama haiku sonnet opus mistral deepseek grok qwen o1 o3 o4".split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def too_plain() -> frozenset[str]:
    """What a service or an account may be called that is no name in a question: usage, storage, search."""
    return frozenset(files("bot.agent.planner.names").joinpath("plain_names.txt").read_text("utf-8").split())


# The word that makes a plain word a name: the Research account, the Tax service.
CALLED_BY = {"service": ("service",), "sub_account": ("account", "project", "workspace", "subscription")}
_STAGES = {"prod": "production", "dev": "development", "stage": "staging"}
SAME_KEY = {"env": "environment", "environment": "env", "costcenter": "cost center", "app": "application"}
SAME_STAGE = _STAGES | {long: short for short, long in _STAGES.items()}


def _ascii(name: str) -> str:
    """`Zürich` as `zurich`."""
    split = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in split if not unicodedata.combining(letter)).replace("ß", "ss").replace("ø", "o")


def _spelled(name: str) -> str:
    """`Zürich` as `zuerich`."""
    for letter, spelled in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa")):
        name = name.replace(letter, spelled)
    return _ascii(name)


NO_PLACE = frozenset(("external", "global", "other", "any", "unknown", "none", "default", "multi region", "intranet"))


def place_aliases(names: Iterable[str]) -> set[str]:
    """How people call a region that a bill names: `US East (N. Virginia)` is Virginia, too."""
    found: set[str] = set()
    for name in names:
        plain = " ".join(name.casefold().split())
        found |= {plain, " ".join(re.sub(r"[()]", " ", plain).split())}
        if inner := re.search(r"\(([^()]+)\)", plain):
            found |= {inner[1].strip(), re.sub(r"^[a-z]\.\s*", "", inner[1].strip())}
    return {name for name in found if len(name) > 3} - NO_PLACE


def aliases(dimension: str, value: str) -> set[str]:
    """The lower-case forms in which people write a value: as it is, with spaces, without a vendor's prefix."""
    plain = " ".join(value.split()).casefold()
    names = {plain, re.sub(r"[_\-/]+", " ", plain)}
    names |= {_ascii(name) for name in names} | {_spelled(name) for name in names}
    names |= {name.replace(" & ", " and ") for name in names} | {re.sub(r"(?<=\w)&(?=\w)", " and ", n) for n in names}
    if dimension == "provider":
        from tools.ledger.storing.classify import PROVIDER_ALIASES

        names |= set(PROVIDER_ALIASES.get(value, ()))
        return {name for name in names if len(name) > 1}
    if dimension == "service_category":
        return {plain, plain.removesuffix("s") if len(plain) > 6 else plain} - {"other", "usage"}
    if dimension == "service":
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", value).casefold()
        for name in (spaced, plain):
            short = PREFIXES.sub("", name)
            names |= {name, short, PREFIXES.sub("", short), re.sub(r"\s+(?:service|api)$", "", short)}
            names |= set(CALLED.get(name, ()))
        names |= {name.removesuffix("s") for name in names if re.search(r"\s\w{3,}[^s]s$", name)}
        names -= too_plain() | FAMILIES
    if dimension.startswith("tag:"):
        key = " ".join(re.split(r"[\s_.:/-]+", dimension.removeprefix("tag:")))
        for called in (key, key.replace("center", "centre"), SAME_KEY.get(key, key)):
            names |= {f"{called} {plain}", f"{plain} {called}"}
        names |= {SAME_STAGE[plain]} if plain in SAME_STAGE else set()
        return {name for name in names if len(name) > 2 and not name.isdigit()}
    if dimension not in {"team", "service"}:
        names -= too_plain()
    if plain not in names:
        names |= {said for kind in CALLED_BY.get(dimension, ()) for said in (f"{plain} {kind}", f"{kind} {plain}")}
    return {name for name in names if len(name) > 1}
