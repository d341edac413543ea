"""`outlay eval`: ask each question of a file, compare the figures, print the accuracy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from bot.reply import Question, Reply
from tools.errors import BadInput

Verdict = Literal["right", "wrong", "refused"]


@dataclass(frozen=True, slots=True)
class Judged:
    """`wrong` is an answer with another figure or source; `refused` is no answer, or a question back, where one was
    due."""

    id: str
    question: str
    kind: str
    verdict: Verdict
    why: str
    seconds: float
    cost_usd: Decimal | None


def run(file: str, *, as_json: bool) -> None:
    """Print one line a miss and the totals; as JSON, everything."""
    from bot.terminal import progress_bar
    from bot.wiring import build_agent, load_settings, today_in

    settings = load_settings()
    cases = read_cases(Path(file))
    judged: list[Judged] = []
    with build_agent(settings) as agent, progress_bar("Asking") as progress:
        for n, case in enumerate(cases, start=1):
            today = date.fromisoformat(case["today"]) if case.get("today") else today_in(settings)
            question = Question(case["question"], today, case.get("as"), case.get("channel"), case.get("thread"))
            judged.append(judge(case, agent.ask(question)))
            if progress is not None:
                progress(n, len(cases))
    counts = {verdict: sum(j.verdict == verdict for j in judged) for verdict in ("right", "wrong", "refused")}
    kinds = {
        kind: {v: sum(j.verdict == v for j in judged if j.kind == kind) for v in counts}
        for kind in sorted({j.kind for j in judged})
    }
    costs = [j.cost_usd for j in judged if j.cost_usd is not None]
    seconds = sorted(j.seconds for j in judged)
    summary: dict[str, Any] = {
        "asked": len(judged),
        **counts,
        "accuracy": round(counts["right"] / len(judged), 4) if judged else None,
        "by_kind": kinds,
        "cost_usd": format(sum(costs, Decimal(0)), "f"),
        "median_seconds": round(seconds[len(seconds) // 2], 3) if seconds else None,
    }
    if as_json:
        misses = [
            {"id": j.id, "question": j.question, "verdict": j.verdict, "why": j.why}
            for j in judged
            if j.verdict != "right"
        ]
        print(json.dumps({**summary, "misses": misses}, ensure_ascii=False))
        return
    for j in judged:
        if j.verdict != "right":
            print(f"{j.verdict:8} {j.id}: {j.question}\n         {j.why}")
    print(
        f"{counts['right']} of {len(judged)} right, {counts['wrong']} wrong, {counts['refused']} refused; "
        f"median {summary['median_seconds']} s, model cost ${summary['cost_usd']}."
    )
    for kind, by_verdict in kinds.items():
        print(f"  {kind}: " + ", ".join(f"{number} {verdict}" for verdict, number in by_verdict.items() if number))


def read_cases(file: Path) -> list[dict[str, Any]]:
    """The questions of a file; BadInput names the line that is not a question."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"it cannot be read: {getattr(error, 'strerror', None) or error}.", file=str(file)) from None
    cases = []
    for n, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInput(f"not JSON: {error.msg}.", file=str(file), line=n) from None
        if not isinstance(case, dict) or not isinstance(case.get("question"), str):
            raise BadInput("needs an object with a question.", file=str(file), line=n)
        try:
            for figure in case.get("figures") or []:
                Decimal(str(figure["value"])), Decimal(str(figure.get("tolerance", 0)))
            if case.get("today"):
                date.fromisoformat(case["today"])
        except (InvalidOperation, ValueError, KeyError, TypeError):
            raise BadInput("a figure or date of it cannot be read.", file=str(file), line=n) from None
        cases.append(case)
    if not cases:
        raise BadInput("it holds no questions.", file=str(file))
    return cases


def judge(case: Mapping[str, Any], reply: Reply) -> Judged:
    """Right when the status fits, each expected figure is among the reply's, and one of the sources is cited."""
    verdict, why = _verdict(case, reply)
    return Judged(
        str(case.get("id", "")),
        case["question"],
        str(case.get("kind", "all")),
        verdict,
        why,
        reply.seconds,
        reply.cost_usd,
    )


def _verdict(case: Mapping[str, Any], reply: Reply) -> tuple[Verdict, str]:
    expected = case.get("status") or "answered"
    if reply.status != expected:
        missed: Verdict = "wrong" if reply.status == "answered" else "refused"
        return missed, f"{reply.status}, not {expected}: {reply.text[:160]}"
    for figure in case.get("figures") or []:
        if not any(_meets(figure, f.value, f.unit) for f in reply.figures):
            have = ", ".join(f"{f.value} {f.unit}" for f in reply.figures[:4])
            return "wrong", f"expected {figure['value']} {figure.get('unit', '')}; has {have or 'no figure'}"
    wanted = case.get("sources_any") or []
    if wanted and not {source.url for source in reply.sources} & set(wanted):
        return "wrong", f"cites none of {', '.join(wanted)}"
    return "right", ""


def _meets(figure: Mapping[str, Any], value: Decimal, unit: str) -> bool:
    """Within the tolerance: an absolute number, or a share such as "1%"; the unit must be the same where one is
    named, a rate's (USD per million tokens) also without what it is per."""
    target = Decimal(str(figure["value"]))
    text = str(figure.get("tolerance", 0))
    allowed = abs(target) * Decimal(text.rstrip("%")) / 100 if text.endswith("%") else Decimal(text)
    named = figure.get("unit")
    units = {unit.casefold(), unit.casefold().split(" per ")[0]}
    return (not named or str(named).casefold() in units) and abs(value - target) <= allowed
