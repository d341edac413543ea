"""`outlay eval`: ask each question of a file, compare the figures, print the accuracy."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from bot.reply import Question, Reply
from tools.errors import BadInput, Status
from tools.money import plain

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
            today = case.today or today_in(settings)
            judged.append(judge(case, agent.ask(Question(case.question, today, case.asker, case.channel, case.thread))))
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
        "cost_usd": plain(sum(costs, Decimal(0))),
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


class Expected(BaseModel):
    """A figure that the reply must hold; `tolerance` is an absolute number in `unit`, or a share such as "1%"."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    value: Decimal = Field(allow_inf_nan=False)
    unit: str | None = None
    tolerance: str = "0"

    @field_validator("tolerance", mode="before")
    @classmethod
    def _number(cls, given: object) -> str:
        text = str(given).strip()
        if not re.fullmatch(r"\d+(\.\d+)?([eE]-?\d+)?%?", text):
            raise ValueError("must be a number such as 0.01, or a share such as 1%")
        return text

    def meets(self, value: Decimal, unit: str) -> bool:
        """Within the tolerance, and in the same unit where one is named; a rate's (USD per million tokens) also
        without what it is per."""
        number = Decimal(self.tolerance.rstrip("%"))
        allowed = abs(self.value) * number / 100 if self.tolerance.endswith("%") else number
        units = {unit.casefold(), unit.casefold().split(" per ")[0]}
        return (not self.unit or self.unit.casefold() in units) and abs(value - self.value) <= allowed


class Case(BaseModel):
    """One line of the file. Keys that it does not know are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    question: str = Field(min_length=1)
    id: str = ""
    kind: str = "all"
    figures: tuple[Expected, ...] = ()
    status: Status = "answered"
    sources_any: tuple[str, ...] = ()
    today: date | None = None
    asker: str | None = Field(default=None, alias="as")
    channel: str | None = None
    thread: str | None = None

    @field_validator("id", mode="before")
    @classmethod
    def _named(cls, given: object) -> object:
        return str(given) if isinstance(given, int) else given

    @field_validator("id", "figures", "sources_any", "status", "kind", mode="before")
    @classmethod
    def _absent(cls, given: object, info: ValidationInfo) -> object:
        return cls.model_fields[info.field_name or ""].default if given is None else given

    @field_validator("today", mode="before")
    @classmethod
    def _day(cls, given: object) -> object:
        if given is not None and not isinstance(given, str):
            raise ValueError("must be a day such as 2026-11-23")
        return given or None


def read_cases(file: Path) -> list[Case]:
    """The questions of a file; BadInput names the line and the key that cannot be used."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BadInput("it is not UTF-8 text.", file=str(file)) from None
    except OSError as error:
        raise BadInput(f"it cannot be read ({error.strerror}).", file=str(file)) from None
    cases = []
    for n, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            raise BadInput(f"not JSON: {error.msg}.", file=str(file), line=n) from None
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(map(str, first["loc"]))
            why = first["msg"].removeprefix("Value error, ")
            raise BadInput(f"{key}: {why}." if key else f"{why}.", file=str(file), line=n) from None
    if not cases:
        raise BadInput("it holds no questions.", file=str(file))
    return cases


def judge(case: Case, reply: Reply) -> Judged:
    """Right when the status fits, each expected figure is among the reply's, and one of the sources is cited."""
    verdict, why = _verdict(case, reply)
    return Judged(case.id, case.question, case.kind, verdict, why, reply.seconds, reply.cost_usd)


def _verdict(case: Case, reply: Reply) -> tuple[Verdict, str]:
    if reply.status != case.status:
        missed: Verdict = "wrong" if reply.status == "answered" else "refused"
        return missed, f"{reply.status}, not {case.status}: {reply.text[:160]}"
    for figure in case.figures:
        if not any(figure.meets(f.value, f.unit) for f in reply.figures):
            have = ", ".join(f"{plain(f.value)} {f.unit}" for f in reply.figures[:4])
            return "wrong", f"expected {plain(figure.value)} {figure.unit or ''}; has {have or 'no figure'}"
    if case.sources_any and not {source.url for source in reply.sources} & set(case.sources_any):
        return "wrong", f"cites none of {', '.join(case.sources_any)}"
    return "right", ""
