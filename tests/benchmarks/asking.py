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
    "What do 3M input and 500k output tokens cost on gpt-4o, with 60% of the input cached?",
    "What did search spend on Anthropic in October, against September, and what drove it?",
    "What did we spend by month, team and model?",
    "Which five models cost us most last month?",
    "How much of our spend is untagged?",
    "What would it cost to train a 70B model on 15T tokens with H100s at 40% MFU?",
    "H100 per hour: what is the cheapest on demand?",
    "What is the NPV of -1000 now and 500 in each of three years at 10%?",
    "Who runs compute finance at OpenAI now?",
    "What is our CEO's salary?",
)


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
        times: list[float] = []
        with build_agent(Settings(home=home, model=None)) as agent:
            for text in QUESTIONS:
                question = Question(text, TODAY)
                agent.ask(question)
                own = []
                for _ in range(rounds):
                    started = time.perf_counter()
                    reply = agent.ask(question)
                    own.append(time.perf_counter() - started)
                times += own
                yield line(text[:43], shown(median(own)), reply.status)
        times.sort()
        yield line("warm, all of them", f"median {shown(median(times))}", f"p95 {shown(at(times, 0.95))}")
        for text in QUESTIONS[:2]:
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
