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
    "Chip hours lost to restarts and failures, as a share added to the run's (goodput of g adds 1/g - 1)",
    Decimal("0"),
    Decimal("0"),
    Decimal("0.11"),
    "",
    "the run alone; Llama 3.1 405B kept over 90% effective training time, arXiv:2407.21783, so up to 1/0.9 - 1. Hours "
    "that a maker publishes may hold more: annealing, long-context stages, other runs",
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

PUE = Default(
    "PUE (facility power over the chips' and servers' power)",
    Decimal("1.54"),
    Decimal("1.09"),
    Decimal("1.6"),
    "",
    "Uptime Institute Global Data Center Survey 2025, weighted average 1.54; Google's fleet is about 1.09",
    READ_ON,
)
HYPERSCALE_PUE = Default(
    "PUE of a hyperscale facility",
    Decimal("1.10"),
    Decimal("1.08"),
    Decimal("1.20"),
    "",
    "Google data centers, fleet average about 1.09 to 1.10 since 2020",
    READ_ON,
)
ELECTRICITY_PRICE = Default(
    "Electricity price",
    Decimal("0.09"),
    Decimal("0.074"),
    Decimal("0.173"),
    "USD per kWh",
    "EIA Electric Power Monthly, Table 5.6.A, April 2025, industrial users: Middle Atlantic 9.04 cents, West North "
    "Central 7.37, New England 17.29",
    READ_ON,
)
SERVER_POWER = Default(
    "Power of server and network for each watt of chip",
    Decimal("1.82"),
    Decimal("1.5"),
    Decimal("1.82"),
    "",
    "NVIDIA DGX H100 user guide: 10.2 kW at most for eight 700 W chips, 10.2 / 5.6 = 1.82",
    READ_ON,
)
LOAD = Default(
    "Mean power as a share of the rated power",
    Decimal("1"),
    Decimal("0.6"),
    Decimal("1"),
    "",
    "the rated power is an upper bound; 0.6 is a planning assumption of Outlay for the lower end",
    READ_ON,
)
ADAPTER_SHARE = Default(
    "Trained LoRA parameters as a share of the model's",
    Decimal("0.0052"),
    Decimal("0.0003"),
    Decimal("0.021"),
    "",
    "rank 16 on every linear layer of Llama 3 8B is 41.9M of 8.03B (rank x sum of layer widths); rank 64 is 2.1%; "
    "method: Hu et al. 2021, arXiv:2106.09685",
    READ_ON,
)
ACTIVATION_MEMORY = Default(
    "Memory for activations and buffers, as a share added to weights and optimiser",
    Decimal("0.20"),
    Decimal("0.05"),
    Decimal("1"),
    "",
    "a planning assumption of Outlay: it depends on batch, sequence length and checkpointing, "
    "Korthikanti et al. 2022, arXiv:2205.05198",
    READ_ON,
)
USABLE_MEMORY = Default(
    "Share of the chip's memory that weights and cache may take",
    Decimal("0.90"),
    Decimal("0.80"),
    Decimal("0.95"),
    "",
    "vLLM's gpu_memory_utilization is 0.9 unless set",
    READ_ON,
)
BANDWIDTH_USE = Default(
    "Share of peak memory bandwidth reached when decoding",
    Decimal("0.60"),
    Decimal("0.40"),
    Decimal("0.80"),
    "",
    "Databricks, LLM Inference Performance Engineering (2023): 55% to 60% measured; tuned stacks reach 70% to 85%",
    READ_ON,
)
SERVING_MFU = Default(
    "Share of peak FLOP/s reached when reading the prompt",
    Decimal("0.40"),
    Decimal("0.25"),
    Decimal("0.76"),
    "",
    "Pope et al. 2022, arXiv:2211.05102, reach 0.76 on large prefill batches; the default is what training reaches",
    READ_ON,
)
CONCURRENCY = Default(
    "Requests decoded together on one replica, at most",
    Decimal("256"),
    Decimal("32"),
    Decimal("1024"),
    "requests",
    "vLLM's max_num_seqs is 256 unless set (1024 on the largest chips in newer versions)",
    READ_ON,
)
INPUT_TOKENS = Default(
    "Input tokens of a request",
    Decimal("1020"),
    Decimal("500"),
    Decimal("1500"),
    "tokens",
    "median of Azure's conversation trace, Patel et al. 2023, arXiv:2311.18677; its coding trace has 1500",
    READ_ON,
)
OUTPUT_TOKENS = Default(
    "Output tokens of a request",
    Decimal("129"),
    Decimal("13"),
    Decimal("500"),
    "tokens",
    "median of Azure's conversation trace, Patel et al. 2023, arXiv:2311.18677; its coding trace has 13",
    READ_ON,
)
FLEET_UTILISATION = Default(
    "Mean load of the serving fleet as a share of what it could carry",
    Decimal("0.50"),
    Decimal("0.20"),
    Decimal("0.80"),
    "",
    "a planning assumption of Outlay: chips are sized for the busy hour and nights are quiet",
    READ_ON,
)
OWN_UTILISATION = Default(
    "Share of hours that the chips are used",
    Decimal("0.80"),
    Decimal("0.50"),
    Decimal("1"),
    "",
    "a planning assumption of Outlay; the break-even utilisation is shown beside it",
    READ_ON,
)
NETWORK_SHARE = Default(
    "Network and installation, as a share added to the purchase price",
    Decimal("0.15"),
    Decimal("0.09"),
    Decimal("0.25"),
    "",
    "a planning assumption of Outlay; Cottier et al. 2024, arXiv:2405.21015, find cluster interconnect to be 9% to 13% "
    "of the whole cost of frontier models",
    READ_ON,
)
USEFUL_MONTHS = Default(
    "Months over which bought chips lose their value, in equal steps",
    Decimal("60"),
    Decimal("36"),
    Decimal("72"),
    "months",
    "Amazon's 10-K for 2024: servers five years from 2025; Alphabet and Microsoft six, Meta five and a half",
    READ_ON,
)
