"""Median times and their ratios. Nothing is asserted about a machine: only answers are compared."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

Work = Callable[[], Any]


def seconds_of(work: Work, runs: int) -> list[float]:
    """The time of each of `runs` calls, after one that is not counted; sorted."""
    work()
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return sorted(found)


def compared(name: str, ours: Work, others: dict[str, Work], runs: int) -> str:
    """Our median, and what part or multiple of it each of the others takes on the same work."""
    own = median(seconds_of(ours, runs))
    told = [f"{other} {median(seconds_of(work, runs)) / own:.2f}x" for other, work in others.items()]
    return line(name, f"{shown(own):>9}", *told)


def line(name: str, *cells: str) -> str:
    return f"  {name:<44}" + "  ".join(f"{cell:<16}" for cell in cells).rstrip()


def shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def at(found: list[float], share: float) -> float:
    """The value that `share` of the sorted times do not exceed."""
    return found[min(len(found) - 1, int(share * len(found)))]
