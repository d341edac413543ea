"""Accelerators as people and clouds name them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.errors import Unknown
from tools.hardware.accelerator import Accelerator
from tools.results import listed

_CHIPS: tuple[tuple[str, str], ...] = (
    ("GB300", r"gb-?300"),
    ("GB200", r"gb-?200"),
    ("GH200", r"gh-?200"),
    ("B200", r"b-?200"),
    ("B300", r"b-?300"),
    ("H200", r"h-?200"),
    ("H20", r"h-?20"),
    ("H800", r"h-?800"),
    ("H100", r"h-?100"),
    ("A100", r"a-?100"),
    ("A800", r"a-?800"),
    ("A10G", r"a10g"),
    ("A10", r"a10"),
    ("A30", r"a30"),
    ("A40", r"a40"),
    ("L40S", r"l40s"),
    ("L40", r"l40"),
    ("L4", r"l4"),
    ("T4", r"t4"),
    ("V100", r"v-?100"),
    ("MI210", r"mi-?210"),
    ("MI250X", r"mi-?250x"),
    ("MI250", r"mi-?250"),
    ("MI300A", r"mi-?300a"),
    ("MI300X", r"mi-?300x?"),
    ("MI325X", r"mi-?325x?"),
    ("MI350X", r"mi-?350x?"),
    ("MI355X", r"mi-?355x?"),
    ("RTX 3090", r"(?:geforce )?(?:rtx[- ]?)?3090"),
    ("RTX 4090", r"(?:geforce )?(?:rtx[- ]?)?4090"),
    ("RTX 5090", r"(?:geforce )?(?:rtx[- ]?)?5090"),
    ("RTX PRO 6000", r"rtx[- ]?pro[- ]?6000"),
    ("RTX A6000", r"(?:rtx[- ]?)?a6000"),
    ("RTX 6000 Ada", r"rtx[- ]?6000(?:[- ]?ada)?(?: generation)?"),
    ("TPU v5e", r"(?:cloud )?tpu[- ]?v5[- ]?(?:e|lite(?:pod)?)|v5e(?: tpus?)?|v5 ?litepod"),
    ("TPU v5p", r"(?:cloud )?tpu[- ]?v5p|v5p(?: tpus?)?"),
    ("TPU v6e", r"(?:cloud )?tpu[- ]?v6e?|v6e(?: tpus?)?|trillium"),
    ("TPU v7", r"(?:cloud )?tpu[- ]?v?7x?|v7x? tpus?|ironwood"),
    ("TPU v4", r"(?:cloud )?tpu[- ]?v4|v4 tpus?"),
    ("TPU v3", r"(?:cloud )?tpu[- ]?v3|v3 tpus?"),
    ("TPU v2", r"(?:cloud )?tpu[- ]?v2|v2 tpus?"),
    ("Trainium3", r"trainium[- ]?3|trn3"),
    ("Trainium2", r"trainium[- ]?2|trn2"),
    ("Trainium1", r"trainium[- ]?1|trainium|trn1"),
    ("Inferentia2", r"inferentia[- ]?2|inf2"),
    ("Gaudi 2", r"gaudi[- ]?2"),
    ("Gaudi 3", r"gaudi[- ]?3"),
)
_INSTANCES: tuple[tuple[str, str, int, str, int], ...] = (
    (r"p6-b200(?:\.48xlarge)?", "B200", 0, "", 8),
    (r"p6-b300(?:\.48xlarge)?", "B300", 0, "", 8),
    (r"p6e-gb200\.36xlarge", "GB200", 0, "", 4),
    (r"p5\.48xlarge", "H100", 80, "SXM", 8),
    (r"p5\.4xlarge", "H100", 80, "SXM", 1),
    (r"p5en?\.48xlarge", "H200", 141, "SXM", 8),
    (r"p5en?", "H200", 141, "SXM", 0),
    (r"p5", "H100", 80, "SXM", 0),
    (r"p4de\.24xlarge", "A100", 80, "SXM", 8),
    (r"p4de", "A100", 80, "SXM", 0),
    (r"p4d\.24xlarge", "A100", 40, "SXM", 8),
    (r"p4d", "A100", 40, "SXM", 0),
    (r"p3\.16xlarge", "V100", 16, "SXM", 8),
    (r"p3\.8xlarge", "V100", 16, "SXM", 4),
    (r"p3\.2xlarge", "V100", 16, "SXM", 1),
    (r"g6e\.48xlarge", "L40S", 0, "", 8),
    (r"g6e\.(?:12|24)xlarge", "L40S", 0, "", 4),
    (r"g6e(?:\.(?:2|4|8|16)?xlarge)?", "L40S", 0, "", 1),
    (r"g6\.48xlarge", "L4", 0, "", 8),
    (r"g6\.(?:12|24)xlarge", "L4", 0, "", 4),
    (r"g6\.(?:2|4|8|16)?xlarge", "L4", 0, "", 1),
    (r"g5\.48xlarge", "A10G", 0, "", 8),
    (r"g5\.(?:12|24)xlarge", "A10G", 0, "", 4),
    (r"g5\.(?:2|4|8|16)?xlarge", "A10G", 0, "", 1),
    (r"g4dn\.12xlarge", "T4", 0, "", 4),
    (r"g4dn\.(?:2|4|8|16)?xlarge", "T4", 0, "", 1),
    (r"g7e\.48xlarge", "RTX PRO 6000", 0, "", 8),
    (r"g7e\.24xlarge", "RTX PRO 6000", 0, "", 4),
    (r"g7e\.12xlarge", "RTX PRO 6000", 0, "", 2),
    (r"g7e\.(?:2|4|8)xlarge", "RTX PRO 6000", 0, "", 1),
    (r"trn1n?\.32xlarge", "Trainium1", 0, "", 16),
    (r"trn1\.2xlarge", "Trainium1", 0, "", 1),
    (r"trn2u?\.48xlarge", "Trainium2", 0, "", 16),
    (r"trn2\.3xlarge", "Trainium2", 0, "", 1),
    (r"inf2\.48xlarge", "Inferentia2", 0, "", 12),
    (r"inf2\.24xlarge", "Inferentia2", 0, "", 6),
    (r"inf2\.8?xlarge", "Inferentia2", 0, "", 1),
    (r"g2-standard-(?:4|8|12|16|32)", "L4", 0, "", 1),
    (r"g2-standard-24", "L4", 0, "", 2),
    (r"g2-standard-48", "L4", 0, "", 4),
    (r"g2-standard-96", "L4", 0, "", 8),
    (r"ct5lp-hightpu-1t", "TPU v5e", 0, "", 1),
    (r"ct5lp-hightpu-4t", "TPU v5e", 0, "", 4),
    (r"ct5lp-hightpu-8t", "TPU v5e", 0, "", 8),
    (r"ct5p-hightpu-1t", "TPU v5p", 0, "", 1),
    (r"ct5p-hightpu-2t", "TPU v5p", 0, "", 2),
    (r"ct5p-hightpu-4t", "TPU v5p", 0, "", 4),
    (r"ct6e-standard-1t", "TPU v6e", 0, "", 1),
    (r"ct6e-standard-4t", "TPU v6e", 0, "", 4),
    (r"ct6e-standard-8t", "TPU v6e", 0, "", 8),
    (r"a4-highgpu-8g", "B200", 0, "", 8),
    (r"a4x-highgpu-4g", "GB200", 0, "", 4),
    (r"a3-highgpu-1g", "H100", 80, "SXM", 1),
    (r"a3-highgpu-2g", "H100", 80, "SXM", 2),
    (r"a3-highgpu-4g", "H100", 80, "SXM", 4),
    (r"a3-highgpu-8g|a3-megagpu-8g", "H100", 80, "SXM", 8),
    (r"a3-ultragpu-8g", "H200", 141, "SXM", 8),
    (r"a2-ultragpu-8g", "A100", 80, "SXM", 8),
    (r"a2-ultragpu-1g", "A100", 80, "SXM", 1),
    (r"a2-highgpu-8g", "A100", 40, "SXM", 8),
    (r"a2-highgpu-1g", "A100", 40, "SXM", 1),
    (r"a2-megagpu-16g", "A100", 40, "SXM", 16),
    (r"(?:standard_)?nd96isr?[ _-](?:noib[ _-])?h100[ _-]v5", "H100", 80, "SXM", 8),
    (r"(?:standard_)?nd96isr[ _-]h200[ _-]v5", "H200", 141, "SXM", 8),
    (r"(?:standard_)?nd96isr[ _-]mi300x[ _-]v5", "MI300X", 0, "", 8),
    (r"(?:standard_)?nd128isr[ _-]ndr[ _-]gb200[ _-]v6", "GB200", 0, "", 4),
    (r"(?:standard_)?nc40ads[ _-]h100[ _-]v5", "H100", 94, "NVL", 1),
    (r"(?:standard_)?nc80adis[ _-]h100[ _-]v5", "H100", 94, "NVL", 2),
    (r"(?:standard_)?nc24ads[ _-]a100[ _-]v4", "A100", 80, "PCIe", 1),
    (r"(?:standard_)?nc96ads[ _-]a100[ _-]v4", "A100", 80, "PCIe", 4),
    (r"(?:standard_)?nd96amsr[ _-]a100[ _-]v4", "A100", 80, "SXM", 8),
    (r"(?:standard_)?nd96asr[ _-]v4", "A100", 40, "SXM", 8),
    (r"(?:standard_)?nv36ads[ _-]a10[ _-]v5", "A10", 24, "", 1),
    (r"(?:standard_)?nv72ads[ _-]a10[ _-]v5", "A10", 24, "", 2),
    (r"bm\.gpu\.h100\.8", "H100", 80, "SXM", 8),
    (r"bm\.gpu\.a100-v2\.8", "A100", 80, "SXM", 8),
    (r"bm\.gpu4\.8", "A100", 40, "SXM", 8),
)
_BARE_NUMBERS = ("RTX 3090", "RTX 4090", "RTX 5090")
_COUNT = r"(?:(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})\s*(?:x\s*|×\s*)?(?:(?:nvidia|amd|google|intel|aws)\s+)?)?"
_DETAIL = (
    r"(?P<detail>(?:[\s_-]*(?:sxm\d?|pcie|nvl(?!\d)|oam|tensor core|\d{2,3}[\s-]?gi?b(?![a-rt-z]|s[a-z])))*)"
    r"(?P<plural>s(?![a-z0-9]))?(?P<after>(?:[\s-]+(?:gpus?|chips?|cards?|accelerators?))?)"
)
_PATTERN = re.compile(
    rf"(?<![\w.$€£/-]){_COUNT}(?:nvidia\s+|amd\s+)?(?:(?P<instance>"
    + "|".join(f"(?P<i{place}>{row[0]})" for place, row in enumerate(_INSTANCES))
    + r")(?![\w.-]*[\w])s?|(?:"
    + "|".join(f"(?P<c{place}>{pattern})" for place, (_, pattern) in enumerate(_CHIPS))
    + rf"){_DETAIL})(?![A-Za-z0-9])(?!\.\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class AcceleratorMention:
    """`text[start:end]` names an accelerator, with its count where one stands before it (`64 H100s`, `8x H200`) or is
    that of a named instance (`p5.48xlarge` is 8); `gpus_per_instance` is set for an instance."""

    start: int
    end: int
    text: str
    accelerator: Accelerator
    count: int | None = None
    gpus_per_instance: int | None = None


def accelerator_mentions(text: str) -> list[AcceleratorMention]:
    """Every accelerator or GPU instance that a sentence names, in order."""
    return [mention for match in _PATTERN.finditer(text) for mention in [_mention(match)] if mention]


def find_accelerator(text: str) -> Accelerator:
    """The one accelerator that `text` names. Raises Unknown, with the known names, when it names none."""
    found = accelerator_mentions(text)
    if len({mention.accelerator for mention in found}) == 1:
        return found[0].accelerator
    if found:
        raise Unknown(f"{text!r} names several accelerators: {listed([m.accelerator.shown for m in found])}.")
    near = nearest(text)
    hint = f" Nearest: {listed(near)}." if near else ""
    raise Unknown(f"No accelerator called {text.strip()!r} is known.{hint}", near)


def nearest(text: str, most: int = 5) -> list[str]:
    """Known accelerators closest to what was written, best first; none when nothing is close."""
    from rapidfuzz import fuzz, process

    names = {name.casefold(): name for name, _ in _CHIPS}
    found = process.extract(text.casefold(), names.keys(), scorer=fuzz.ratio, limit=most, score_cutoff=40)
    return [names[name] for name, _, _ in found]


def _mention(match: re.Match[str]) -> AcceleratorMention | None:
    count = int(match["count"].replace(",", "")) if match["count"] else None
    if match["instance"]:
        place = next(place for place in range(len(_INSTANCES)) if match[f"i{place}"])
        _, model, memory, form, gpus = _INSTANCES[place]
        accelerator = Accelerator(model, memory, form)
        total = (count or 1) * gpus if gpus else None
        return AcceleratorMention(match.start(), match.end(), match[0], accelerator, total, gpus or None)
    place = next(place for place in range(len(_CHIPS)) if match[f"c{place}"])
    detail = (match["detail"] or "").lower()
    model = _CHIPS[place][0]
    if model in _BARE_NUMBERS and not (re.search("rtx|geforce", match[0], re.I) or match["after"] or match["plural"]):
        return None
    if _HOURS.match(match.string, match.end()):
        count = None
    accelerator = Accelerator(model, *_narrowed(model, detail))
    return AcceleratorMention(match.start(), match.end(), match[0], accelerator, count)


_HOURS = re.compile(r"[\s-]*(?:gpu|chip)?[\s-]*(?:hours?|hrs?|h)\b", re.I)
"""`2,000 H100 hours` counts hours, not accelerators."""


def _narrowed(model: str, detail: str) -> tuple[int, str]:
    size = re.search(r"(\d{2,3})[\s-]?gi?b", detail)
    memory = int(size[1]) if size else 0
    form = next((name for word, name in _FORMS.items() if word in detail), "")
    if model == "H100" and memory == 94:
        form = "NVL"
    return memory, form


_FORMS = {"sxm": "SXM", "pcie": "PCIe", "nvl": "NVL", "oam": "OAM"}
