"""`make demo`: an example ledger and the starter pack into a home of its own, then a few questions, truly answered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bot.evaluation.example_company import LAST_DAY, TODAY
from bot.evaluation.example_export import write_example_export

HOME = Path(__file__).parents[2] / ".demo"
OUTLAY = Path(sys.executable).parent / "outlay"
QUESTIONS = (
    "What do 3M input and 500k output tokens cost on gpt-4o, with 60% of the input cached?",
    "What did search spend on Anthropic in October, against September, and what drove it?",
    "What would it cost to train a 70B model on 15T tokens with H100s at 40% MFU?",
    "Who runs compute finance at OpenAI now?",
    "Given the news on GPU prices, what does our p5 bill of October become if prices move 10%?",
)

NEXT = f"""What next:
  export OUTLAY_HOME=.demo/home                  the invented company, for the next two
  .venv/bin/outlay chat --today {TODAY}       ask on, with follow-ups
  .venv/bin/outlay digest preview --channel C1 --today {TODAY}

With your own data, in a home of its own (unset OUTLAY_HOME: ~/.outlay):
  .venv/bin/outlay spend import BILL.csv         FOCUS files, or the providers' own exports
  .venv/bin/outlay doctor                        what is set up, and what to do next
  .venv/bin/outlay eval                          how well the planner, or your OUTLAY_MODEL, answers"""


def main() -> None:
    """Set up and ask; a step that fails ends the demo with its exit code."""
    marked = HOME / "ready"
    environment = {key: value for key, value in os.environ.items() if key != "OUTLAY_MODEL"}
    environment["OUTLAY_HOME"] = str(HOME / "home")
    if not marked.exists():
        print("Setting up an invented company in .demo: its AI bills of thirteen months, and 40 briefs on AI costs.\n")
        sys.stdout.flush()
        shutil.rmtree(HOME, ignore_errors=True)
        exports = HOME / "exports"
        exports.mkdir(parents=True)
        files = write_example_export(exports, LAST_DAY)
        _run(environment, "spend", "import", *map(str, files))
        _run(environment, "knowledge", "add", "--starter")
        marked.touch()
    for question in QUESTIONS:
        print(f"\n> {question}\n", flush=True)
        _run(environment, "ask", question, "--today", TODAY.isoformat())
    print(f"\n{NEXT}")


def _run(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run([OUTLAY, *arguments], env=environment, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
