"""The values taken where the asker names none, each with its range, its source and the day it was read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.calculators.inputs import Default

READ_ON = date(2026, 11, 23)

MFU = Default(
    "Training MFU (share of peak bf16 FLOP/s that the model's own FLOP use)",
    Decimal("0.40"),
    Decimal("0.30"),
    Decimal("0.50"),
    "",
    "Llama 2 0.38 to 0.43 from its GPU hours, arXiv:2307.09288; Llama 3.1 405B 0.38 to 0.43, arXiv:2407.21783; "
    "PaLM 0.462, Megatron-Turing 0.302, arXiv:2204.02311",
    READ_ON,
)

TRAINING_OVERHEAD = Default(
    "Chip hours lost to restarts, failed runs and experiments, as a share added to the final run's",
    Decimal("0"),
    Decimal("0"),
    Decimal("0.11"),
    "",
    "the final run only; Llama 3.1 405B kept over 90% effective training time, arXiv:2407.21783, so up to 1/0.9 - 1",
    READ_ON,
)

COMMITMENT_DISCOUNTS = {
    12: Default(
        "Discount of a 1-year commitment off on demand",
        Decimal("0.37"),
        Decimal("0.20"),
        Decimal("0.45"),
        "",
        "Google Cloud committed use discounts, general-purpose machines: 37% for one year; other clouds and GPU "
        "contracts differ, so give yours",
        READ_ON,
    ),
    36: Default(
        "Discount of a 3-year commitment off on demand",
        Decimal("0.55"),
        Decimal("0.40"),
        Decimal("0.70"),
        "",
        "Google Cloud committed use discounts, general-purpose machines: 55% for three years; other clouds and GPU "
        "contracts differ, so give yours",
        READ_ON,
    ),
}
