"""`outlay eval`: ask each question of a file, or of the set that Outlay ships, and judge the replies."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tools.errors import BadInput

if TYPE_CHECKING:
    from bot.evaluation.cases import Case
    from bot.evaluation.report import Report
    from bot.settings import Settings

MOST_TIMES = 100


def run(file: str | None, *, times: int = 1, as_json: bool = False) -> None:
    """Print each miss and the numbers by kind; as JSON, everything. Without a file, the shipped questions are asked of
    the example company in a folder that is removed afterwards."""
    from bot.evaluation.cases import read_cases
    from bot.evaluation.example_home import shipped_questions
    from bot.wiring import load_settings

    if not 1 <= times <= MOST_TIMES:
        raise BadInput(f"--times takes a number from 1 to {MOST_TIMES}, not {times}.")
    settings = load_settings()
    cases = read_cases(shipped_questions() if file is None else Path(file))
    if file is not None:
        report = asked(settings, cases, times)
    else:
        with example_company(settings) as example:
            report = asked(example, cases, times)
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
        return
    for line in report.lines():
        print(line)


@contextmanager
def example_company(settings: Settings) -> Iterator[Settings]:
    """The same settings, model included, with a home of its own for the example company; removed at the end."""
    from bot.evaluation.example_home import make_home

    with TemporaryDirectory(prefix="outlay-eval-") as folder:
        if sys.stderr.isatty():
            print("Setting up the example company ...", file=sys.stderr)
        make_home(Path(folder))
        yield settings.model_copy(update={"home": Path(folder), "chroma_url": ""})


def asked(settings: Settings, cases: Sequence[Case], times: int) -> Report:
    """Every question `times` times, each time through the whole file. Threads are kept in memory and begin anew each
    time, so that no conversation of before counts."""
    from bot.agent.memory import in_memory
    from bot.agent.models import BUILTIN
    from bot.evaluation.judge import judge
    from bot.evaluation.report import Report
    from bot.reply import Question
    from bot.terminal import progress_bar
    from bot.wiring import build_agent, now_in, today_in

    tries = []
    with build_agent(settings) as built, progress_bar("Asking") as progress:
        for n in range(times):
            agent = replace(built, memory=cache(lambda: in_memory(lambda: now_in(settings))))
            judged = []
            for at, case in enumerate(cases, start=1):
                today = case.today or today_in(settings)
                question = Question(case.question, today, case.asker, case.channel, case.thread)
                judged.append(judge(case, agent.ask(question)))
                if progress is not None:
                    progress(n * len(cases) + at, times * len(cases))
            tries.append(judged)
    return Report(settings.model or BUILTIN, tries)
