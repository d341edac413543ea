"""Chips and prices for the tests: dense peaks of NVIDIA's data sheets, prices made up unless a test says whose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from tools.calculators.inputs import ChipSpec, Price
from tools.money import Money

A100 = ChipSpec("A100", D(80), D("2.039e12"), D("312e12"), None, D(400), "NVIDIA A100 data sheet")
H100 = ChipSpec("H100", D(80), D("3.35e12"), D("989.4e12"), D("1978.9e12"), D(700), "NVIDIA H100 data sheet")
H800 = ChipSpec("H800", D(80), D("3.35e12"), D("989.4e12"), D("1978.9e12"), D(700), "NVIDIA H800 data sheet")
TWO_DOLLARS = Price(Money("2"), "arXiv:2412.19437 Table 1", date(2024, 12, 27))
