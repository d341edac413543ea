"""Accelerators as people and clouds name them."""

import pytest

from tools.errors import Unknown
from tools.hardware.accelerator import Accelerator
from tools.hardware.names import accelerator_mentions, find_accelerator


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("H100", Accelerator("H100")),
        ("h100s", Accelerator("H100")),
        ("nvidia h100 sxm", Accelerator("H100", form="SXM")),
        ("H100-SXM5-80GB", Accelerator("H100", 80, "SXM")),
        ("H100 PCIe", Accelerator("H100", form="PCIe")),
        ("H100 NVL", Accelerator("H100", form="NVL")),
        ("H100 94GB", Accelerator("H100", 94, "NVL")),
        ("A100 80GB", Accelerator("A100", 80)),
        ("A100-80GB", Accelerator("A100", 80)),
        ("A100 40 GB", Accelerator("A100", 40)),
        ("L40s", Accelerator("L40S")),
        ("L4", Accelerator("L4")),
        ("A10G", Accelerator("A10G")),
        ("A10", Accelerator("A10")),
        ("MI300X", Accelerator("MI300X")),
        ("TPU v5e", Accelerator("TPU v5e")),
        ("tpu-v5-lite", Accelerator("TPU v5e")),
        ("TPU v6e", Accelerator("TPU v6e")),
        ("Trillium", Accelerator("TPU v6e")),
        ("Trainium 2", Accelerator("Trainium2")),
        ("trn1", Accelerator("Trainium1")),
        ("Gaudi 3", Accelerator("Gaudi 3")),
        ("RTX 4090", Accelerator("RTX 4090")),
        ("GB200 NVL72", Accelerator("GB200")),
        ("p5.48xlarge", Accelerator("H100", 80, "SXM")),
        ("p5", Accelerator("H100", 80, "SXM")),
        ("p5en.48xlarge", Accelerator("H200", 141, "SXM")),
        ("p4d.24xlarge", Accelerator("A100", 40, "SXM")),
        ("a3-highgpu-8g", Accelerator("H100", 80, "SXM")),
        ("Standard_ND96isr_H100_v5", Accelerator("H100", 80, "SXM")),
        ("g6.xlarge", Accelerator("L4")),
    ],
)
def test_a_name_means_one_accelerator(said: str, meant: Accelerator) -> None:
    assert find_accelerator(said) == meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("64 H100s for 3 years", [("64 H100s", 64)]),
        ("8x H200", [("8x H200", 8)]),
        ("8xH100 on AWS", [("8xH100", 8)]),
        ("1,024 B200 GPUs", [("1,024 B200 GPUs", 1024)]),
        ("a p5.48xlarge", [("p5.48xlarge", 8)]),
        ("16 p4d.24xlarge", [("16 p4d.24xlarge", 128)]),
        ("2,000 H100 hours", [("2,000 H100", None)]),
        ("H100 or A100 or 4 L4", [("H100", None), ("A100", None), ("4 L4", 4)]),
        ("our p5 bill", [("p5", None)]),
    ],
)
def test_a_count_before_an_accelerator_belongs_to_it(text: str, expected: list[tuple[str, int | None]]) -> None:
    found = accelerator_mentions(text)
    assert [(m.text, m.count) for m in found] == expected
    assert [text[m.start : m.end] for m in found] == [m.text for m in found]


@pytest.mark.parametrize(
    "text",
    [
        "gpt-4o and claude sonnet 4.5",
        "a 100 million token budget for team h 100",
        "Q4 and L41 figures, B2B, T45",
        "4090 dollars",
        "spend on AWS, $100 a day",
        "train 70B on 15T tokens",
        "",
    ],
)
def test_other_words_and_numbers_are_no_accelerators(text: str) -> None:
    assert accelerator_mentions(text) == []


@pytest.mark.parametrize("text", ["X900", "a GPU", "H100 or H200", ""])
def test_what_names_no_single_accelerator_is_unknown(text: str) -> None:
    with pytest.raises(Unknown):
        find_accelerator(text)
