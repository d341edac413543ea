from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agent.grounding.links import clean_links

GOOD = "https://example.org/news/2026/chips"
BRACKETED = "https://example.org/wiki/Hopper_(microarchitecture)"
ALLOWED = {GOOD, BRACKETED}


@pytest.mark.parametrize(
    "text",
    [
        f"See [the report]({GOOD}).",
        f"See [it]({BRACKETED}), page 3.",
        f"{GOOD}, and more",
        f"({GOOD})",
        f"<{GOOD}|the report>",
        f"<{GOOD}>",
        f"**Source:** {GOOD}.",
        "[1][2] are citations [3]",
        "a < b and 5 > 3",
        "Amazon.com spends $5 at 10:30, ratio 1:2",
        "| team | $5 |\n|---|---|",
    ],
)
def test_what_was_retrieved_and_plain_text_stay(text: str) -> None:
    assert clean_links(text, ALLOWED) == (text, [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See [x](https://evil.test/?d=1).", "See x."),
        ("![i](https://evil.test/p.png?q=12) hi", "hi"),
        ("<https://evil.test|click> me", "click me"),
        ("[a][1]\n\n[1]: https://evil.test", "a"),
        ("<a href='https://evil.test'>go</a> there", "go there"),
        ("x <img src=https://evil.test/a>", "x"),
        ("hxxps://evil.test/x", ""),
        ("h t t p s : / / evil.test/x", ""),
        ("https://example.org@evil.test/", ""),
        (f"{GOOD}@evil.test", ""),
        (f"{GOOD}?leak=42", ""),
        (f"{GOOD}/../x", ""),
        ("javascript:alert(1)", ")"),
        ("data:text/html;base64,AAAA", ""),
        ("https://ex\u0430mple.org/news/2026/chips", ""),
        ("evil[.]test/x", ""),
        ("www.evil.test", ""),
        ("//evil.test/x", ""),
        ("secret.evil.com", ""),
        ("evil.com/leak", ""),
        (f"[{GOOD}](https://evil.test)", GOOD),
        ("[a]([b](https://evil.test))", "a"),
        ("[x](\nhttps://evil.test)", "x"),
        ("[x](<https://evil.test>)", "x"),
        ("ht\u200btps://evil.test/x", ""),
        ("&#104;ttps://evil.test/x", ""),
        ("ｈｔｔｐｓ：／／evil.test", ""),
        ("http://10.0.0.1/x", ""),
        ("<!channel> hello", "hello"),
        ("<script>fetch('//evil.test')</script>ok", "ok"),
    ],
)
def test_whatever_was_not_retrieved_goes_and_its_label_stays(text: str, left: str) -> None:
    cleaned, removed = clean_links(text, ALLOWED)
    assert cleaned.strip() == left
    assert removed or "script" in text


def test_nothing_is_allowed_by_default() -> None:
    assert clean_links(f"[a]({GOOD})", ()) == ("a", [GOOD])


def test_an_allowed_link_keeps_its_address_but_not_an_address_in_its_label() -> None:
    cleaned, removed = clean_links(f"[https://evil.test/x]({GOOD})", ALLOWED)
    assert cleaned == f"[{GOOD}]({GOOD})"
    assert removed == ["https://evil.test/x"]


WRAPS = (
    *(
        "{}",
        "[a]({})",
        "![a]({})",
        "<{}>",
        "<{}|a>",
        '<a href="{}">b</a>',
        "[a][r]\n\n[r]: {}",
        "**{}**",
        "`{}`",
        "[{}](x)",
        "({})",
    ),
    *(
        "[a](<{}>)",
        "[a]({} 'title')",
        "> {}",
        "- {}",
        "|{}|",
        "_{}_",
        '"{}"',
        "[a]( {} )",
        "<img src='{}'>",
        "a{}",
        "[[a]]({})",
    ),
)
PARTS = (
    "//evil.test/b",
    "http://evil.test/",
    "https://evil.test?q=1",
    "HTTPS://EVIL.TEST/x",
    "ftp://evil.test/a",
    "hxxp://evil.test",
    "//evil.test/b",
)


@given(st.sampled_from(PARTS), st.lists(st.sampled_from(WRAPS), min_size=1, max_size=3), st.text(max_size=15))
def test_no_wrapping_gets_an_address_through(url: str, wraps: list[str], around: str) -> None:
    text = url
    for wrap in wraps:
        text = wrap.format(text)
    cleaned, _ = clean_links(f"{around} {text} {around}", ALLOWED)
    assert not re.search(r"(?:https?|ftp|hxxp):/|//evil", cleaned, re.IGNORECASE)


@given(st.text(alphabet="[]()<>|!:/\\ .\n\"'`*_#&;ahtps0www\u200b" + "é", max_size=80))
def test_any_heap_of_link_signs_is_cleaned_without_an_error_and_for_good(text: str) -> None:
    cleaned, _ = clean_links(text, ALLOWED)
    assert not re.search(r"https?://", cleaned)
    again, _ = clean_links(cleaned, ALLOWED)
    assert not re.search(r"\]\([^)\s]+\)", again)


@given(st.text(max_size=120))
def test_any_text_is_cleaned_without_an_error(text: str) -> None:
    cleaned, removed = clean_links(text, ALLOWED)
    assert len(cleaned) <= len(text) * 3 + 10
    assert all(isinstance(url, str) for url in removed)
