"""Whole questions without a model key: warm in one process, and `outlay ask` as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from bot.reply import Question
from bot.settings import Settings
from bot.wiring import build_agent
from tests.benchmarks.ledger_rows import write_straight
from tests.benchmarks.timing import at, line, shown

TODAY = date(2026, 11, 3)
OUTLAY = Path(sys.executable).parent / "outlay"
LAUNCHER = """
import resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small process between: what a large one starts is charged with the large one's memory."""
QUESTIONS = (
    ("price", "What do 3M input and 500k output tokens cost on gpt-4o, with 60% of the input cached?"),
    ("price", "Which model over 200k context is cheapest for 3M input and 500k output tokens?"),
    ("spend", "What did search spend on Anthropic in October, against September, and what drove it?"),
    ("spend", "What did we spend by month, team and model?"),
    ("spend", "Which five models cost us most last month?"),
    ("spend", "How much of our spend is untagged?"),
    ("what-if", "If search's gpt-4o traffic of last month had run on claude-haiku-4-5?"),
    ("plan", "Where will the month end?"),
    ("plan", "Any anomalies in the last two weeks?"),
    ("hardware", "H100 per hour: what is the cheapest on demand?"),
    ("hardware", "Rent or buy 64 H100s for 3 years?"),
    ("build", "What would it cost to train a 70B model on 15T tokens with H100s at 40% MFU?"),
    ("build", "What would it cost to serve an 8B model ourselves at 50M tokens a day?"),
    ("decide", "What is the NPV of -1000 now and 500 in each of three years at 10%?"),
    ("decide", "Is a one-year commitment at a 35% discount worth it at 55% utilisation?"),
    ("news", "Who runs compute finance at OpenAI now?"),
    ("news", "How are firms containing compute costs?"),
    ("mixed", "What did search spend in October, and what is the latest on GPU prices?"),
    ("none", "What is our CEO's salary?"),
)
"""Kind of question, as DESIGN has them, and the question."""


def measured(rows: int, rounds: int, cold: int) -> Iterator[str]:
    """Each question once to warm up, then `rounds` times in one process; then `cold` processes each for two of them."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_straight(home, rows)
        environment = {key: value for key, value in os.environ.items() if key != "OUTLAY_MODEL"} | {
            "OUTLAY_HOME": folder
        }
        _run(environment, "knowledge", "add", "--starter")
        yield f"Asking without a model key, {rows:,} charges and the starter pack"
        of_kind: dict[str, list[float]] = {}
        with build_agent(Settings(home=home, model=None)) as agent:
            for kind, text in QUESTIONS:
                question = Question(text, TODAY)
                agent.ask(question)
                own = []
                for _ in range(rounds):
                    started = time.perf_counter()
                    reply = agent.ask(question)
                    own.append(time.perf_counter() - started)
                of_kind.setdefault(kind, []).extend(own)
                yield line(text[:43], shown(median(own)), reply.status)
        every = [seconds for own in of_kind.values() for seconds in own]
        for kind, own in [*of_kind.items(), ("all of them", every)]:
            yield line(f"warm, {kind}", f"median {shown(median(own))}", f"p95 {shown(at(sorted(own), 0.95))}")
        for _, text in (QUESTIONS[0], QUESTIONS[2]):
            found = sorted(_run(environment, "ask", text, "--today", TODAY.isoformat()) for _ in range(cold))
            times = [seconds for seconds, _ in found]
            peak = max(megabytes for _, megabytes in found)
            yield line(
                f"cold process: {text[:28]}",
                f"median {shown(median(times))}",
                f"best {shown(times[0])}",
                f"{peak:,.0f} MB",
            )


def _run(environment: dict[str, str], *arguments: str) -> tuple[float, float]:
    """Seconds and peak resident megabytes of one `outlay` process."""
    command = [sys.executable, "-c", LAUNCHER, OUTLAY, *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) / 1024
