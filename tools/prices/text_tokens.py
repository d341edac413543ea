"""How many tokens a text of so many words or pages is, by the makers' rule of thumb."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from tools.calculators.inputs import positive
from tools.calculators.wording import number
from tools.results import Figure, Result, Table

Unit = Literal["words", "characters", "pages", "tokens"]
WORDS_A_TOKEN = Decimal("0.75")
CHARACTERS_A_TOKEN = Decimal(4)
WORDS_A_PAGE = Decimal(500)
SOURCE = "OpenAI: 100 tokens are about 75 English words, one token about 4 characters; help.openai.com"


def tokens_of_words(words: Decimal) -> Decimal:
    """Tokens of so many English words, whole."""
    return (words / WORDS_A_TOKEN).to_integral_value(ROUND_HALF_EVEN)


def text_tokens(count: Decimal, unit: Unit, words_a_page: Decimal | None = None) -> Result:
    """Tokens of a text, or the words of so many `tokens`. A page is 500 words unless told. BadInput below zero."""
    positive(unit, count)
    page = words_a_page or WORDS_A_PAGE
    positive("the words on a page", page)
    if unit == "tokens":
        words = count * WORDS_A_TOKEN
        headline = Figure("Words", words, "words")
        more: tuple[Figure, ...] = (Figure("Pages", words / page, "pages"),)
        said = f"About {number(words)} English words ({number(words / page)} pages) in {number(count)} tokens"
    else:
        words = count * page if unit == "pages" else count
        tokens = (count / CHARACTERS_A_TOKEN if unit == "characters" else words / WORDS_A_TOKEN).to_integral_value()
        headline = Figure("Tokens", tokens, "tokens")
        more = () if unit != "pages" else (Figure("Words", words, "words"),)
        said = f"About {number(tokens)} tokens for {number(count)} {unit} of English text"
    rule = f"{CHARACTERS_A_TOKEN} characters a token" if unit == "characters" else f"{WORDS_A_TOKEN} words a token"
    paged = (f"A page is taken as {number(page)} words.",) if unit in {"pages", "tokens"} else ()
    return Result(
        summary=f"{said}.",
        figures=(headline, *more, Figure(unit.capitalize(), count, unit)),
        table=Table("Text and tokens", ("Counted", "Number", headline.label), ((unit, count, headline.value),)),
        assumptions=(f"Rule of thumb: {rule} ({SOURCE}); other languages and code take more tokens.", *paged),
    )
