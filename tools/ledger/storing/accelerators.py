"""Which billing lines are of an accelerator: by the names of their SKUs, else of their resources, and by what is in the
machines that these name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.errors import Unknown
from tools.hardware.names import accelerator_mentions
from tools.ledger.audience import Audience
from tools.ledger.known import named_values
from tools.ledger.ledger import Ledger
from tools.ledger.storing.classify import is_accelerator
from tools.results import listed

ALL = re.compile(r"(?:gpu|accelerator|chip|card)s?", re.IGNORECASE)
TPU = re.compile(r"(?:cloud\s+)?tpus?", re.IGNORECASE)
A_TPU = re.compile(r"(?:(?<![a-z])|high)tpu", re.IGNORECASE)
# A cloud's machine, not what is in it: of `p5`, another cloud's machines with an H100 are not meant.
MACHINE = re.compile(r"(?:[pg]\d(?!\d)|trn|inf\d|a\d\w*-|standard|n[cdv]\d|[bv]m\.)", re.IGNORECASE)


def charged_for(ledger: Ledger, audience: Audience, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The dimension (`sku` or `resource`) and its values that name one of `names`: `p5` is p5.48xlarge too, and so is
    `H100`, which is what is in it; `gpu` is every accelerator. Unknown when no line that the audience may see names one
    of them."""
    missing: list[str] = list(names)
    for dimension in ("sku", "resource"):
        values = named_values(ledger, audience, dimension)
        charged = {
            name: tuple(value for value, called in values.items() if _charges(value, name) or _charges(called, name))
            for name in names
        }
        missing = min(missing, [name for name in names if not charged[name]], key=len)
        if not missing:
            return dimension, tuple(dict.fromkeys(value for found in charged.values() for value in found))
    raise Unknown(f"No billing line here names {' or '.join(missing)}.")


def called(names: Sequence[str]) -> str:
    """What the lines of these accelerators are together, in the words of who asks."""
    return listed(["accelerator spend" if ALL.fullmatch(name.strip()) else name.strip() for name in names])


def _charges(value: str, name: str) -> bool:
    return _names(value, name) or (MACHINE.match(name) is None and not _chips(value).isdisjoint(_chips(name)))


def _chips(text: str) -> frozenset[str]:
    """The accelerators that a text names, those in the machines of clouds that it names among them."""
    return frozenset(mention.accelerator.model for mention in accelerator_mentions(text))


def _names(value: str, name: str) -> bool:
    if ALL.fullmatch(name.strip()):
        return is_accelerator((value,))
    if TPU.fullmatch(name.strip()):
        return A_TPU.search(value) is not None
    plain = re.escape(name.strip()).replace(r"\ ", r"[\s_-]?")
    return re.search(rf"(?<![a-z0-9]){plain}s?(?![0-9])", value.replace("_", " "), re.IGNORECASE) is not None
