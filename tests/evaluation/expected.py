"""Writes questions.jsonl: `python -m tests.evaluation.expected OUT.jsonl`. The same questions every time.

Expected figures come from published prices, from arithmetic written out here, and from the example ledger read with csv
and Decimal alone. Nothing of tools/ or bot/ is imported.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

from bot.evaluation.example_export import write_example_export
from tests.evaluation.calculator_questions import calculator_questions
from tests.evaluation.follow_ups import follow_ups
from tests.evaluation.ledger_arithmetic import read_charges
from tests.evaluation.line import Line
from tests.evaluation.mixed_questions import mixed_questions
from tests.evaluation.news_questions import news_questions
from tests.evaluation.price_questions import price_questions
from tests.evaluation.spend_questions import spend_questions
from tests.evaluation.unknown_questions import unknown_questions

LAST_DAY = date(2026, 11, 21)


def questions(ledger: Path) -> list[Line]:
    """Every line, for the example ledger that `write_example_export` wrote into the folder `ledger`."""
    charges = read_charges(ledger)
    return [
        *price_questions(),
        *spend_questions(charges),
        *calculator_questions(),
        *news_questions(),
        *mixed_questions(charges),
        *unknown_questions(),
        *follow_ups(charges),
    ]


def write_questions(path: Path) -> int:
    """Writes one JSON object a line; returns how many."""
    with tempfile.TemporaryDirectory() as folder:
        write_example_export(Path(folder), LAST_DAY)
        lines = questions(Path(folder))
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    count = write_questions(Path(sys.argv[1] if len(sys.argv) > 1 else "questions.jsonl"))
    sys.stdout.write(f"{count} questions\n")
