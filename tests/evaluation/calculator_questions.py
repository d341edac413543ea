"""Training, serving hardware and decisions, with every input stated in the question.

Training: FLOP = 6 x parameters x tokens (Kaplan 2020); GPU hours = FLOP / (MFU x peak FLOP/s x 3600). Peak dense bf16
is 989.4e12 for the H100 SXM and 312e12 for the A100, from Nvidia's data sheets.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from tests.evaluation.line import Line, figure, line, near, percent, usd

H100, A100 = Decimal("989.4e12"), Decimal("312e12")
BILLION, TRILLION = Decimal(10**9), Decimal(10**12)


def gpu_hours(parameters: Decimal, tokens: Decimal, mfu: str, peak: Decimal) -> Decimal:
    return 6 * parameters * tokens / (Decimal(mfu) * peak * 3600)


def present_value(rate: str, flows: list[int]) -> Decimal:
    """The first flow is today's, undiscounted."""
    return sum((flow / (1 + Decimal(rate)) ** year for year, flow in enumerate(flows)), Decimal(0))


def cheapest(column: str, name: str, memory: str) -> Decimal:
    """The lowest on-demand USD per GPU hour of the packaged table, where `column` reads `name`."""
    table = Path(__file__).parents[2] / "tools" / "hardware" / "rent_offers.csv"
    with table.open(newline="", encoding="utf-8") as file:
        return min(
            Decimal(row["x_UsdPerAcceleratorHour"])
            for row in csv.DictReader(file)
            if row[column] == name and row["x_MemoryGB"] == memory and row["x_PricingModel"] == "on_demand"
        )


def calculator_questions() -> list[Line]:
    return [*training(), *hardware(), *decisions()]


def training() -> list[Line]:
    seven = gpu_hours(7 * BILLION, 2 * TRILLION, "0.4", H100)
    seventy = gpu_hours(70 * BILLION, 15 * TRILLION, "0.4", H100)
    three = gpu_hours(3 * BILLION, 600 * BILLION, "0.35", A100)
    thirteen = gpu_hours(13 * BILLION, 260 * BILLION, "0.45", H100)
    active = gpu_hours(37 * BILLION, Decimal("14.8") * TRILLION, "0.3", H100)
    one = gpu_hours(1 * BILLION, 20 * BILLION, "0.5", H100)
    return [
        line(
            "train-01",
            "training",
            "What does it cost to train a 7B model on 2T tokens on H100s at 40% MFU and $2 per GPU hour?",
            near(seven * 2, "USD"),
        ),
        line(
            "train-02",
            "training",
            "training cost 70B params 15T tokens, H100 SXM, mfu 40%, $2.50/gpu-hr",
            near(seventy * Decimal("2.5"), "USD"),
        ),
        line(
            "train-03",
            "training",
            "How many GPU hours would pre-training 70 billion parameters on fifteen trillion tokens take with H100s"
            " running at 40% model FLOPs utilisation?",
            near(seventy, "GPU hours"),
        ),
        line(
            "train-04",
            "training",
            "We'd like a 3B model trained on 600B tokens using A100s, say 35% MFU, $1.29 an hour per GPU. Budget?",
            near(three * Decimal("1.29"), "USD"),
        ),
        line(
            "train-05",
            "training",
            "how long does 13B on 260B tokens take on 256 H100s at 45% mfu, in days",
            near(thirteen / 256 / 24, "days"),
        ),
        line(
            "train-06",
            "training",
            "Cost of training a mixture-of-experts model with 37B active parameters out of 671B on 14.8T tokens, H100"
            " at $2/h and 30% MFU?",
            near(active * 2, "USD"),
        ),
        line(
            "train-07",
            "training",
            "How much compute, in FLOP, does a 405B dense model need for 15.6T tokens?",
            near(6 * 405 * BILLION * Decimal("15.6") * TRILLION, "FLOP"),
        ),
        line(
            "train-08",
            "training",
            "Full fine-tune of a 1B model over 20B tokens with H100s at 50% MFU and 3 dollars an hour: what would that"
            " cost?",
            near(one * 3, "USD"),
        ),
        line(
            "train-09",
            "training",
            "If a run takes 2.788 million GPU hours and a GPU hour costs $2.00, what's the training bill?",
            usd(5_576_000),
        ),
    ]


def hardware() -> list[Line]:
    energy = 8 * Decimal("0.7") * Decimal("1.3") * 720 * Decimal("0.12")
    return [
        line(
            "rent-01",
            "hardware",
            "cheapest 80GB H100 on demand that you know of?",
            figure(cheapest("x_Accelerator", "H100", "80"), "USD per GPU hour", "0.005"),
        ),
        line("rent-02", "hardware", "What does an H100 cost per hour on spot versus on demand?"),
        line(
            "rent-03",
            "hardware",
            "Who rents out an A100 80GB on demand for the least money, per GPU hour?",
            figure(cheapest("x_Accelerator", "A100", "80"), "USD per GPU hour", "0.005"),
        ),
        line(
            "rent-04",
            "hardware",
            "What does AWS charge per GPU hour for a p5.48xlarge on demand?",
            figure(cheapest("InstanceType", "p5.48xlarge", "80"), "USD per GPU hour", "0.005"),
        ),
        line(
            "rent-05",
            "hardware",
            "What would 64 H100s at $2.20 per GPU hour cost for 90 days around the clock?",
            usd(64 * Decimal("2.20") * 24 * 90),
        ),
        line(
            "rent-06",
            "hardware",
            "16 GPUs, 730 hours, 1.85 dollars per gpu hour, 60% discount for a commitment. Monthly cost?",
            usd(16 * 730 * Decimal("1.85") * Decimal("0.4")),
        ),
        line(
            "energy-01",
            "hardware",
            "Electricity bill for eight 700 W GPUs running 720 hours with a PUE of 1.3 at 12 cents per kWh?",
            usd(energy),
        ),
        line(
            "memory-01",
            "hardware",
            "How many gigabytes do the weights of a 70B model take at 4 bits?",
            figure(35, "GB", "0.1"),
        ),
    ]


def decisions() -> list[Line]:
    chatbot = present_value("0.08", [-250_000, 90_000, 110_000, 120_000])
    return [
        line(
            "decide-01",
            "decide",
            "NPV at 10% of -1000 now and then 500 a year for three years?",
            usd(present_value("0.10", [-1000, 500, 500, 500])),
        ),
        line(
            "decide-02",
            "decide",
            "A support bot costs 250k today and brings 90k, 110k and 120k in years 1 to 3. What's the net present value"
            " at 8%?",
            usd(chatbot),
        ),
        line(
            "decide-03",
            "decide",
            "irr of investing $1,000 for $500 at the end of each of three years",
            percent("23.375", "0.02"),
        ),
        line(
            "decide-04",
            "decide",
            "We spend $40,000 on a project that returns $58,000. ROI?",
            percent(45),
        ),
        line(
            "decide-05",
            "decide",
            "Payback period if I invest 120k and save 15k a month?",
            figure(8, "months", "0.01"),
        ),
        line(
            "decide-06",
            "decide",
            "Is a one-year commitment at a 35% discount worthwhile if we'd use the GPUs 55% of the time?",
            percent(65),
        ),
        line(
            "decide-07",
            "decide",
            "At what utilisation does a 42% savings plan discount break even with on demand?",
            percent(58),
        ),
        line(
            "decide-08",
            "decide",
            "Buying a GPU for $30,000 and running it for $0.40 an hour, or renting at $2.40 an hour: after how many"
            " hours does buying win?",
            figure(15_000, "hours", "1"),
        ),
        line(
            "decide-09",
            "decide",
            "Straight-line depreciation of a $300k server over five years, per year?",
            usd(60_000),
        ),
    ]
