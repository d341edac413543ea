"""Writes the questions that Outlay ships: `python -m tests.evaluation.expected [OUT.jsonl]`. The same every time.

Expected figures come from published prices, from arithmetic written out here, and from the example ledger read with csv
and Decimal alone. Nothing of tools/ is imported, and of bot/ only what makes the bills.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from bot.evaluation.example_company import LAST_DAY
from bot.evaluation.example_export import write_example_export
from tests.evaluation.access_questions import access_questions
from tests.evaluation.calculator_questions import calculator_questions
from tests.evaluation.company_questions import company_questions
from tests.evaluation.follow_ups import follow_ups
from tests.evaluation.injection_questions import injection_questions
from tests.evaluation.ledger_arithmetic import read_charges
from tests.evaluation.line import Line
from tests.evaluation.mixed_questions import mixed_questions
from tests.evaluation.more_calculations import more_calculations
from tests.evaluation.news_questions import news_questions
from tests.evaluation.plan_questions import plan_questions
from tests.evaluation.price_questions import price_questions
from tests.evaluation.spend_questions import spend_questions
from tests.evaluation.unknown_questions import unknown_questions
from tests.evaluation.wordings import wordings

SHIPPED = Path(__file__).parents[2] / "bot" / "evaluation" / "questions.jsonl"


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
        *more_calculations(),
        *wordings(charges),
        *plan_questions(charges),
        *company_questions(),
        *access_questions(charges),
        *injection_questions(charges),
    ]


def write_questions(path: Path) -> int:
    """Writes one JSON object a line; returns how many."""
    with tempfile.TemporaryDirectory() as folder:
        write_example_export(Path(folder), LAST_DAY)
        lines = questions(Path(folder))
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    count = write_questions(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
    sys.stdout.write(f"{count} questions\n")
