from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.sentences import sentences
from knowledge.chunk import MOST_TOKENS, chunks_of, token_count
from knowledge.documents import Article, Page
from knowledge.embed import MiniLM


def article(*pages: str, title: str = "A title") -> Article:
    numbered = tuple(Page(text, number) for number, text in enumerate(pages, start=1))
    return Article("a1", "key", title, "Chip Wire", "https://example.org", date(2026, 10, 2), numbered)


def test_a_short_article_is_one_chunk_with_a_header_line_that_is_not_its_text() -> None:
    [chunk] = chunks_of(article("The K9 costs 2.15 dollars per hour."))
    assert chunk.text == "The K9 costs 2.15 dollars per hour."
    assert chunk.header == "Chip Wire | A title | 2026-10-02"
    assert chunk.id == "a1-0"


def test_a_long_article_is_cut_between_sentences_with_a_small_overlap() -> None:
    told = [f"Sentence number {n} speaks of the price of accelerators in the cloud." for n in range(60)]
    chunks = chunks_of(article(" ".join(told)))
    assert len(chunks) > 3
    assert all(token_count(chunk.text) <= MOST_TOKENS for chunk in chunks)
    assert all(chunk.text.endswith(".") and chunk.text.startswith("Sentence") for chunk in chunks)
    for one, following in pairwise(chunks):
        assert sentences(one.text)[-1] == sentences(following.text)[0]


def test_no_chunk_spans_two_pages() -> None:
    chunks = chunks_of(article("First page.", "Second page."))
    assert [(chunk.page, chunk.text) for chunk in chunks] == [(1, "First page."), (2, "Second page.")]


def test_rows_of_a_table_stay_lines_and_wrapped_prose_is_joined() -> None:
    text = "Revenue rose because of the\ndata center platform.\nData Center $ 640 $ 480\nGaming 260 200"
    [chunk] = chunks_of(article(text))
    assert chunk.text == "Revenue rose because of the data center platform.\nData Center $ 640 $ 480\nGaming 260 200"


def test_a_line_of_prose_that_ends_with_a_number_is_no_row() -> None:
    text = "In January we announced a definitive agreement to acquire the publisher for $68.7\nbillion in cash."
    [chunk] = chunks_of(article(text))
    assert chunk.text == text.replace("\n", " ")


def test_a_huge_line_without_blanks_is_cut() -> None:
    chunks = chunks_of(article("x" * 20_000))
    assert "".join(chunk.text.replace(" ", "") for chunk in chunks).count("x") >= 20_000
    assert all(token_count(chunk.text) <= MOST_TOKENS for chunk in chunks)


@given(st.text(max_size=3_000))
def test_no_text_makes_a_chunk_over_the_limit_or_an_empty_one(text: str) -> None:
    for chunk in chunks_of(article(text)):
        assert chunk.text.strip()
        assert token_count(chunk.text) <= max(MOST_TOKENS, 400)


def test_the_count_of_tokens_is_near_the_models_own(embedder: MiniLM) -> None:
    prose = "Compute finance teams negotiate commitments, reservations and discounts with several providers. " * 8
    table = "Data Center $ 14,514 $ 3,833 $ 29,121 $ 11,389\nGaming 2,856 1,574 7,582 7,236\n" * 6
    for text in (prose, table):
        real = len(embedder._tokenizer.encode(text).ids)
        assert 0.75 * real <= token_count(text) <= 1.35 * real


def test_a_sentence_does_not_end_after_an_abbreviation() -> None:
    assert sentences("Acme Inc. paid Dr. J. Brill 5 dollars. He left.") == [
        "Acme Inc. paid Dr. J. Brill 5 dollars.",
        "He left.",
    ]
    assert sentences("It rose 3.5 percent. U.S. sales fell.") == ["It rose 3.5 percent.", "U.S. sales fell."]
