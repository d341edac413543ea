"""`python -m tests.rewording --count 10000`: ask so many random rewordings, print the counts and every wrong answer.

A rewording may get the figures of its question, or no answer (a question back, unknown); never another figure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from bot.agent.ask import Agent
from bot.evaluation.example_company import LAST_DAY
from bot.evaluation.example_export import write_example_export
from bot.services import Services
from tests.evaluation.ledger_arithmetic import read_charges
from tests.rewording.asking import Outcome, asked
from tests.rewording.remembering import memory_in
from tests.rewording.rewordings import rewordings, with_strangers
from tools.ledger.audience import EVERYTHING


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.rewording", description="Ask random rewordings.")
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--intent", help="only intents with this in their name")
    parser.add_argument("--refused", action="store_true", help="print those asked back, too")
    parser.add_argument("--strangers", action="store_true", help="plain questions with a word that names nothing")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for text in lines(Path(folder), given):
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()


def lines(folder: Path, given: argparse.Namespace) -> Iterator[str]:
    """Each wrong answer as it comes, then how often each came by intent, and in all."""
    from tools.ledger.storing.importing import import_files

    import_files(folder / "home", write_example_export(folder / "bills", LAST_DAY))
    budgets = files("bot.evaluation").joinpath("budgets.toml").read_text("utf-8")
    (folder / "home" / "budgets.toml").write_text(budgets, encoding="utf-8")
    services = Services(folder / "home")
    charges = read_charges(folder / "bills")
    found: Counter[tuple[str, str]] = Counter()
    made = (
        with_strangers(charges, given.count, given.seed, given.intent)
        if given.strangers
        else rewordings(charges, given.count, given.seed, services.english, given.intent)
    )
    with memory_in(folder / "memory") as memory:
        agent = Agent(services, lambda asker, channel: EVERYTHING, memory=lambda: memory)
        for outcome in asked(agent, made):
            found[outcome.intent, outcome.verdict] += 1
            if outcome.verdict == "wrong" or (given.refused and outcome.verdict == "asked back"):
                yield _shown(outcome)
    yield from _counts(found)


def _counts(found: Counter[tuple[str, str]]) -> Iterator[str]:
    yield ""
    for name in sorted({name for name, _ in found}):
        yield f"{name:40}" + "".join(f"{found[name, verdict]:7} {verdict}" for verdict in VERDICTS)
    total = {verdict: sum(n for (_, v), n in found.items() if v == verdict) for verdict in VERDICTS}
    asked_in_all = sum(total.values())
    shares = ", ".join(f"{n} {verdict} ({n / asked_in_all:.2%})" for verdict, n in total.items())
    yield f"\n{asked_in_all} rewordings: {shares}."


VERDICTS = ("same", "asked back", "wrong")


def _shown(one: Outcome) -> str:
    return (
        f"{one.verdict.upper()} [{one.intent}] {one.question}\n"
        f"    plainly:  {one.plain}\n    expected: {one.expected}\n    got:      {one.got}"
    )


if __name__ == "__main__":
    main()
