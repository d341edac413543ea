"""What a page holds that no reader of it sees: scripts, styles, templates, and elements that are styled away.

Text that only a program reads is where a page hides instructions to one, so none of it is stored.
"""

from __future__ import annotations

import re
from typing import Any

UNSEEN_ELEMENTS = "//script|//style|//noscript|//template|//comment()|//*[@hidden]|//*[@style]"
STYLED_AWAY = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|"
    r"font-size\s*:\s*0(?:\.0+)?\s*(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
)


def without_hidden(tree: Any) -> Any:
    """The lxml tree itself, with what is unseen taken out of it; the text that follows such an element stays."""
    for node in tree.xpath(UNSEEN_ELEMENTS):
        shown = isinstance(node.tag, str) and node.tag not in ("script", "style", "noscript", "template")
        if shown and node.get("hidden") is None and not STYLED_AWAY.search(node.get("style") or ""):
            continue
        if node.getparent() is not None:
            node.drop_tree()
    return tree
