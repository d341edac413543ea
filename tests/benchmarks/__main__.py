"""`make bench`: how fast, beside plain pandas and plain DuckDB SQL where they can do the same work.

python -m tests.benchmarks [--quick] [ledger] [calculators] [prices] [grounding] [asking] [knowledge]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from importlib import import_module

SECTIONS = ("calculators", "prices", "grounding", "ledger", "asking", "knowledge")


def lines(section: str, quick: bool, rows: int | None) -> Iterator[str]:
    """The section's lines as they are measured; a section's imports are made only when it runs."""
    module = import_module(f"tests.benchmarks.{section}")
    runs = 3 if quick else 7
    measured: Callable[..., Iterator[str]] | None = getattr(module, "measured", None)
    if section == "knowledge":
        module.main(["speed"] if quick else [])
    elif measured is None:
        raise LookupError(f"{section} measures nothing")
    elif section == "ledger":
        yield from measured(rows or (60_000 if quick else 400_000), 5_000 if quick else 50_000, runs)
    elif section == "asking":
        yield from measured(rows or (20_000 if quick else 200_000), 2 if quick else 5, 1 if quick else 3)
    else:
        yield from measured(3 * runs)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Print times and ratios.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; all when none")
    parser.add_argument("--quick", action="store_true", help="fewer rows and runs: about a minute, without knowledge")
    parser.add_argument("--rows", type=int, help="charges in the ledger of `ledger` and `asking`")
    given = parser.parse_args()
    unknown = [name for name in given.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"no section {unknown[0]!r}; there are {', '.join(SECTIONS)}")
    chosen = given.sections or [name for name in SECTIONS if not (given.quick and name == "knowledge")]
    print("Medians after a first, uncounted run; 2.00x beside Outlay's time means that the other takes twice as long.")
    for section in chosen:
        print(flush=True)
        for text in lines(section, given.quick, given.rows):
            print(text, flush=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
