"""Every attack. Names that several have are numbered."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tests.attacks import abusing, inventing, reaching, sending
from tests.attacks.attack import Attack


def _numbered(attacks: tuple[Attack, ...]) -> tuple[Attack, ...]:
    seen: Counter[str] = Counter()
    named = []
    for attack in attacks:
        seen[attack.name] += 1
        again = f" ({seen[attack.name]})" if seen[attack.name] > 1 else ""
        named.append(replace(attack, name=attack.name + again))
    return tuple(named)


ATTACKS = _numbered((*reaching.ATTACKS, *inventing.ATTACKS, *sending.ATTACKS, *abusing.ATTACKS))
