"""What may leave in a message, and how markdown reads in Slack's older markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.markup import REMOVED, cut, escaped, linked, mrkdwn, pieces, safe

GOOD = "https://example.com/report"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("Hello <!channel>!", "Hello @\u2060channel!"),
        ("Hello <!here|here> and <!subteam^S1|@finance>", "Hello here and @finance"),
        ("Ask <@U123> or <@U123|ann>", "Ask @U123 or ann"),
        ("See <#C1|general>", "See general"),
        ("<<!channel>!channel>", "@\u2060channel!channel"),
        ("@everyone look", "@\u2060everyone look"),
        ("![chart](https://evil.example/x.png?d=42)", "chart"),
        ("[![a](https://evil.example/x.png)](https://evil.example)", "a"),
        ("[the report](https://evil.example/?d=42)", "the report"),
        ("[the report](//evil.example)", "the report"),
        ("[the\nreport](//evil.example)", "the\nreport"),
        ("[run](javascript:alert(1))", "run"),
        ("<https://evil.example|the report>", "the report"),
        ("<https://evil.example/a>", REMOVED),
        ("go to https://evil.example/a?d=1, now", f"go to {REMOVED}, now"),
        ("go to www.evil.example", f"go to {REMOVED}"),
        ("HTTPS://EVIL.example", REMOVED),
        ("text[x]\n\n[x]: https://evil.example 'title'", "text[x]"),
        ("pay\u202eload\u200b", "payload"),
    ],
)
def test_what_was_not_retrieved_never_leaves(hostile: str, shown: str) -> None:
    assert safe(hostile, [GOOD]) == shown


@pytest.mark.parametrize(
    "text",
    [
        f"As [the report]({GOOD}) says, spend rose 12.5%.",
        f"See {GOOD}.",
        "p < 0.05 and 3 > 2, a*b*c, `code`, **$12,129.00** & more [1]",
        "| team | USD |\n|---|---|\n| orion | 12 |",
    ],
)
def test_plain_text_and_retrieved_links_stay_as_they_are(text: str) -> None:
    assert safe(text, [GOOD]) == text


def test_an_angled_link_to_a_source_becomes_a_markdown_link() -> None:
    assert safe(f"<{GOOD}|the report>", [GOOD + "/"]) == f"[the report]({GOOD})"


hostile_parts = st.sampled_from(
    [
        *("<", ">", "!", "@", "#", "|", "channel", "here", "[", "]", "(", ")", "https://evil.example/x"),
        *("//evil.example", "www.evil.example", "U123", " ", "\n", "a", "`", "*", ":", GOOD, "\x00", "0"),
        *("\u200b", "&", "&lt;"),
    ]
)


@given(st.lists(hostile_parts, max_size=14).map("".join))
def test_no_arrangement_of_pieces_mentions_anybody_or_links_elsewhere(text: str) -> None:
    shown = safe(text, [GOOD])
    assert not re.search(r"<\s*[!@#]", shown)
    assert not re.search(r"@(channel|here|everyone)", shown)
    for target in re.findall(r"\]\(([^)]*)", shown):
        assert target.startswith(GOOD)
    for url in re.findall(r"https?://[^\s<>\[\]()|]*", shown):
        assert url.startswith(GOOD)
    assert "www." not in shown


@given(st.text(max_size=300))
def test_mrkdwn_has_no_entity_that_the_text_did_not_make_a_link(text: str) -> None:
    assert not re.search(r"<(?!https?://)", mrkdwn(safe(text, [GOOD])))
    assert "<" not in escaped(text)


def test_markdown_reads_the_same_in_mrkdwn() -> None:
    markdown = f"## Spend\n**orion** spent *about* $5 & [more]({GOOD})\n- a < b\n- ~~c~~ `d_e **f**`"
    assert mrkdwn(markdown) == f"*Spend*\n*orion* spent _about_ $5 &amp; <{GOOD}|more>\n• a &lt; b\n• ~c~ `d_e **f**`"


def test_a_link_label_cannot_break_out_of_its_link() -> None:
    assert linked(GOOD, "a > b | <!here>") == f"<{GOOD}|a &gt; b / @\u2060here>"
    assert linked("javascript:alert(1)", "x") == "x"
    assert linked("https://a.example/>|<!here", "x") == "x"


def test_a_long_text_is_cut_after_a_sentence_with_a_note() -> None:
    short = cut("One sentence here. Another sentence. " * 100, 300, " (cut)")
    assert len(short) <= 300
    assert short.endswith(("sentence. (cut)", "here. (cut)"))
    assert cut("Short.", 300) == "Short."


def test_a_code_block_that_is_cut_is_closed() -> None:
    assert cut("```\n" + "row\n" * 500, 400).count("```") == 2


@given(st.text(alphabet="ab .\n", max_size=400), st.integers(10, 60))
def test_pieces_hold_every_word_in_order(text: str, most: int) -> None:
    parts = pieces(text, most)
    assert all(0 < len(part) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
