"""What an accelerator is: which chip, in which form, with how much memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Accelerator:
    """`model` is the chip ("H100", "TPU v5e"). `memory_gb` and `form` ("SXM", "PCIe", "NVL", "OAM") narrow it down; an
    empty form or a memory of 0 means any, except that H100 NVL has to be asked for by name."""

    model: str
    memory_gb: int = 0
    form: str = ""

    @property
    def shown(self) -> str:
        memory = f"{self.memory_gb} GB" if self.memory_gb else ""
        return " ".join(part for part in (self.model, self.form, memory) if part)

    def covers(self, model: str, memory_gb: int, form: str) -> bool:
        """Whether an offer of that chip is one of these. An offer that does not say its form counts for any form but
        NVL."""
        if model != self.model or (self.memory_gb and memory_gb != self.memory_gb):
            return False
        if self.form:
            return form == self.form
        return form != "NVL"

    def __str__(self) -> str:
        return self.shown
