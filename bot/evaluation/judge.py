"""Whether a reply is right: its status, its figures, its sources, and what it may not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.evaluation.cases import Case
from bot.reply import Reply
from tools.money import plain

Verdict = Literal["right", "wrong", "refused"]


@dataclass(frozen=True, slots=True)
class Judged:
    """`wrong` is an answer with another figure or source, or where none was due; `refused` is no answer, or a question
    back, where another reply was due."""

    case: Case
    reply: Reply
    verdict: Verdict
    why: str


def judge(case: Case, reply: Reply) -> Judged:
    """Right when the status fits, each expected figure is among the reply's, one of the sources is cited and nothing
    is said that must not be. Where a refusal is as good as an answer, a refusal need hold no figure."""
    said = next((text for text in case.never if text.casefold() in reply.text.casefold()), None)
    if said is not None:
        return Judged(case, reply, "wrong", f"says {said!r}: {reply.text[:160]}")
    if reply.status not in case.status:
        missed: Verdict = "wrong" if reply.status == "answered" else "refused"
        return Judged(case, reply, missed, f"{reply.status}, not {' or '.join(case.status)}: {reply.text[:160]}")
    if len(case.status) > 1 and reply.status != "answered":
        return Judged(case, reply, "right", "")
    for figure in case.figures:
        if not any(figure.meets(f.value, f.unit) for f in reply.figures):
            have = ", ".join(f"{plain(f.value)} {f.unit}" for f in reply.figures[:4])
            why = f"expected {plain(figure.value)} {figure.unit or ''}; has {have or 'no figure'}"
            return Judged(case, reply, "wrong", why)
    if case.sources_any and not {source.url for source in reply.sources} & set(case.sources_any):
        return Judged(case, reply, "wrong", f"cites none of {', '.join(case.sources_any)}")
    return Judged(case, reply, "right", "")
