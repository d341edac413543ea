"""Which billing lines are of an accelerator: by the names of their SKUs, else of their resources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.errors import Unknown
from tools.ledger.audience import Audience
from tools.ledger.classify import is_accelerator
from tools.ledger.known import known_values
from tools.ledger.ledger import Ledger

ALL = re.compile(r"(?:gpu|accelerator|chip|card)s?", re.IGNORECASE)


def charged_for(ledger: Ledger, audience: Audience, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The dimension (`sku` or `resource`) and its values that name one of `names`: `p5` is p5.48xlarge too; `gpu` is
    every accelerator. Unknown when no line that the audience may see names any."""
    for dimension in ("sku", "resource"):
        values = known_values(ledger, audience, dimension)
        found = tuple(value for value in values if any(_names(value, name) for name in names))
        if found:
            return dimension, found
    raise Unknown(f"No billing line here names {' or '.join(names)}.")


def _names(value: str, name: str) -> bool:
    if ALL.fullmatch(name.strip()):
        return is_accelerator((value,))
    plain = re.escape(name.strip()).replace(r"\ ", r"[\s_-]?")
    return re.search(rf"(?<![a-z0-9]){plain}s?(?![0-9])", value.replace("_", " "), re.IGNORECASE) is not None
