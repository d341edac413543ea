"""What an evaluation found: right, wrong and refused, cost and latency, by kind and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.agent.models import BUILTIN
from bot.evaluation.judge import Judged
from tools.money import plain

VERDICTS = ("right", "wrong", "refused")
COLUMNS = ("kind", "asked", "right", "wrong", "refused", "cost", "median", "p95")


@dataclass(frozen=True, slots=True)
class Report:
    """`tries` holds one list of judged questions a time that all were asked, in the order of the file."""

    model: str
    tries: Sequence[Sequence[Judged]]

    def to_json(self) -> dict[str, Any]:
        """`right`, `wrong` and `refused` count askings: questions times `times`; of the refused, `failed` are
        faults. `accuracy` is pass@1, the share of
        askings that are right; `pass^4` is the share of questions that were right each of four times. `by_planner`
        counts the replies that the built-in planner gave because the chat model did not."""
        questions = list(zip(*self.tries, strict=True))
        of_kind = defaultdict(list)
        for question in questions:
            of_kind[question[0].case.kind].append(question)
        found = self._numbers(questions)
        return {
            "model": self.model,
            "questions": len(questions),
            "times": len(self.tries),
            **found,
            "by_planner": sum(self.model != BUILTIN and j.reply.model == BUILTIN for one in self.tries for j in one),
            "by_kind": {kind: self._numbers(of_kind[kind]) for kind in sorted(of_kind)},
            "misses": [
                {"id": j.case.id, "question": j.case.question, "verdict": j.verdict, "why": j.why, "try": n}
                for n, one in enumerate(self.tries, start=1)
                for j in one
                if j.verdict != "right"
            ],
        }

    def _numbers(self, questions: Sequence[tuple[Judged, ...]]) -> dict[str, Any]:
        every = [judged for question in questions for judged in question]
        counts = {verdict: sum(j.verdict == verdict for j in every) for verdict in VERDICTS}
        always = sum(all(j.verdict == "right" for j in question) for question in questions)
        costs = [j.reply.cost_usd for j in every]
        seconds = sorted(j.reply.seconds for j in every)
        return {
            "asked": len(every),
            **counts,
            "failed": sum(j.reply.status == "failed" for j in every),
            "accuracy": round(counts["right"] / len(every), 4),
            f"pass^{len(self.tries)}": round(always / len(questions), 4),
            "cost_usd": plain(sum((cost for cost in costs if cost is not None), Decimal(0))),
            "cost_unknown": costs.count(None),
            "median_seconds": round(at(seconds, 0.5), 3),
            "p95_seconds": round(at(seconds, 0.95), 3),
        }

    def lines(self) -> Iterator[str]:
        """For a person: each miss with its reason, a table by kind, and the totals."""
        found = self.to_json()
        power = f"pass^{found['times']}"
        again = found["times"] > 1
        for miss in found["misses"]:
            time = f" (time {miss['try']})" if again else ""
            yield f"{miss['verdict']:8} {miss['id']}{time}: {miss['question']}"
            yield f"         {miss['why']}"
        table = [[*COLUMNS[:5], *([power] if again else []), *COLUMNS[5:]]]
        for kind, numbers in [*found["by_kind"].items(), ("all", found)]:
            table.append(
                [
                    kind,
                    *(str(numbers[column]) for column in COLUMNS[1:5]),
                    *([f"{numbers[power]:.1%}"] if again else []),
                    f"${Decimal(numbers['cost_usd']):.4f}" if self.model != BUILTIN else "$0",
                    f"{numbers['median_seconds']:.2f} s",
                    f"{numbers['p95_seconds']:.2f} s",
                ]
            )
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        yield ""
        for name, *cells in table:
            padded = (f"{cell:>{width}}" for cell, width in zip(cells, widths[1:], strict=True))
            yield "  ".join([f"{name:<{widths[0]}}", *padded])
        yield ""
        yield (
            f"{found['right']} of {found['asked']} right, {found['wrong']} wrong, {found['refused']} refused by "
            f"{self.model}: pass@1 {found['accuracy']:.1%}" + (f", {power} {found[power]:.1%}." if again else ".")
        )
        if found["failed"]:
            yield f"Of the refused, {found['failed']} failed on Outlay's side or on the model's."
        if found["by_planner"]:
            yield (
                f"Of these, {found['by_planner']} were answered by the built-in planner, since {self.model} gave no "
                "answer: the figures above are not that model's own."
            )
        if found["cost_unknown"]:
            yield f"The cost of {found['cost_unknown']} replies is not known and not in the sum."


def at(values: Sequence[float], share: float) -> float:
    """The first of the sorted `values`, which hold at least one, that this share of them stands before."""
    return values[min(len(values) - 1, int(share * len(values)))]
