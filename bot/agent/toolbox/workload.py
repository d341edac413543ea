"""A described use of a model, such as 2,000 requests a day of 1,500 tokens, turned into a total usage."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from bot.agent.toolbox.arguments import Number, Percent, PeriodText
from bot.agent.toolbox.tool import Arguments
from tools.errors import BadInput, NeedsChoice
from tools.money import plain
from tools.prices.text_tokens import SOURCE

if TYPE_CHECKING:
    from tools.prices.usage import Usage

DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal(30), "year": Decimal(365)}
A_DAY = {"second": Decimal(86400), "minute": Decimal(1440), "hour": Decimal(24)}
Every = Literal["second", "minute", "hour", "day", "week", "month", "year"]


class Workload(Arguments):
    """Token counts are totals, or those of one request with `per_request`; `input_tokens` holds the cached ones."""

    input_tokens: Number = Decimal(0)
    uncached_input_tokens: Number = Field(default=Decimal(0), description="In place of input: beside the cached.")
    output_tokens: Number = Decimal(0)
    cached_input_tokens: Number = Decimal(0)
    cached_share: Percent | None = Field(default=None, description="Percent of the input read from the cache.")
    cache_write_tokens: Number = Decimal(0)
    cache_write_1h_tokens: Number = Field(default=Decimal(0), description="Written to the 1-hour, extended cache.")
    reasoning_tokens: Number = Field(
        default=Decimal(0), description="Thinking or reasoning tokens, billed as output beside the visible ones."
    )
    output_share: Percent | None = Field(default=None, description="The output in percent of the input.")
    cache_reads: Number | None = Field(default=None, description="How often the tokens written to the cache are read.")
    tokens: Number | None = Field(default=None, description="Tokens of which nobody said whether in or out.")
    input_share: Percent | None = Field(default=None, description="Percent of `tokens` that is input.")
    input_audio_tokens: Number = Decimal(0)
    output_audio_tokens: Number = Decimal(0)
    per_request: bool = Field(default=False, description="The token counts are those of one request.")
    requests: Number | None = Field(default=None, description="How many requests, in all or in each `every`.")
    what: str | None = Field(default=None, description="What is counted as requests: documents, calls.")
    users: Number | None = Field(default=None, description="Each of so many people makes the requests.")
    every: Every | None = Field(default=None, description="The volume recurs each day, week, month or year.")
    days: Number | None = Field(default=None, description="Over how many days to add a recurring volume up.")
    words_a_token: Number | None = Field(default=None, description="The token counts were told in words of text.")
    batch: bool = False
    on: PeriodText | None = Field(default=None, description="Prices of that day or period; default: today's.")

    @property
    def is_empty(self) -> bool:
        told = (self.input_tokens, self.output_tokens, self.uncached_input_tokens, self.reasoning_tokens)
        return not any((*told, self.cache_write_tokens, self.cache_write_1h_tokens, self.cached_input_tokens))

    @property
    def times(self) -> Decimal:
        """How often the described volume occurs."""
        if self.every is None:
            return Decimal(1)
        if self.every in A_DAY:
            if self.days is None:
                raise NeedsChoice("Over how long should I add that up?", ("a day", "a month", "a year"))
            return self.days * A_DAY[self.every]
        if self.every == "month" and self._years is not None:
            return 12 * self._years
        return (self.days if self.days is not None else DAYS[self.every]) / DAYS[self.every]

    @property
    def _years(self) -> Decimal | None:
        """The whole years of `days`: a year has twelve months, whatever their lengths."""
        years = None if self.days is None else self.days / 365
        return years if years and years == years.to_integral_value() else None

    def usage(self) -> Usage:
        """The total usage in whole tokens; NeedsChoice when nothing says how many tokens."""
        from tools.prices.usage import Usage

        if self.output_share is not None:
            return self._by_the_other_side().usage()
        if self.tokens is not None and self.input_share is not None:
            sent = self.tokens * self.input_share / 100
            sides = {"input_tokens": sent, "output_tokens": self.tokens - sent, "tokens": None, "input_share": None}
            return self.model_copy(update=sides).usage()
        if self.tokens is not None:
            raise NeedsChoice(f"Are the {self.tokens:,f} tokens input or output?", ("input", "output"))
        if self.is_empty:
            raise NeedsChoice("How many input and how many output tokens?", ("1M input, 200k output", "per request"))
        if self.per_request and self.requests is None:
            times = self.times
        else:
            times = self.times * (self.requests if self.per_request and self.requests is not None else 1)
        cached = self.cached_input_tokens
        if self.cached_share is not None:
            cached = self.input_tokens * self.cached_share / 100
        if self.cache_reads is not None:
            cached += self.cache_write_tokens * self.cache_reads
        parts = self.uncached_input_tokens + cached + self.cache_write_tokens + self.cache_write_1h_tokens
        beside = bool(self.uncached_input_tokens) or not self.input_tokens
        sent = parts if beside else self.input_tokens
        times *= self.users or 1
        requests = None if self.requests is None else _whole(self.requests * self.times * (self.users or 1))
        return Usage(
            input_tokens=_whole(sent * times),
            output_tokens=_whole((self.output_tokens + self.reasoning_tokens) * times),
            cached_input_tokens=_whole(cached * times),
            cache_write_tokens=_whole(self.cache_write_tokens * times),
            cache_write_1h_tokens=_whole(self.cache_write_1h_tokens * times),
            input_audio_tokens=_whole(self.input_audio_tokens * times),
            output_audio_tokens=_whole(self.output_audio_tokens * times),
            requests=requests,
            batch=self.batch,
        )

    def _by_the_other_side(self) -> Workload:
        """The workload with the side that is told by the other filled in."""
        assert self.output_share is not None
        if self.output_share <= 0:
            raise BadInput("The output must be more than 0% of the input.")
        share = self.output_share / 100
        sides: dict[str, Decimal | None] = {"output_share": None}
        if self.tokens is not None:
            sent = self.tokens / (1 + share)
            sides |= {"tokens": None, "input_tokens": sent, "output_tokens": self.tokens - sent}
        elif self.input_tokens and not self.output_tokens:
            sides["output_tokens"] = self.input_tokens * share
        elif self.output_tokens and not self.input_tokens:
            sides["input_tokens"] = self.output_tokens / share
        elif self.input_tokens and self.output_tokens:
            raise NeedsChoice("Both sides are told, and a ratio beside them. Which should I take?")
        return self.model_copy(update=sides)

    def assumptions(self) -> tuple[str, ...]:
        """What the total rests on beside the prices."""
        said = []
        if self.words_a_token is not None:
            said.append(f"English text: {plain(self.words_a_token)} words a token ({SOURCE}).")
        if self.output_share is not None:
            said.append(f"The output is taken as {_short(self.output_share)}% of the input.")
        if self.reasoning_tokens:
            said.append(f"The {self.reasoning_tokens:,f} thinking tokens are billed as output.")
        if self.what and not self.users:
            said.append(f"Each of the {self.what} is counted as one request.")
        if self.uncached_input_tokens:
            said.append(f"The {self.uncached_input_tokens:,f} input tokens are counted beside the cached ones.")
        if self.every is not None and self.days is None:
            said.append(f"The volume of one {self.every} is priced.")
        elif self.every == "month" and self._years is not None:
            said.append(f"The volume recurs each month over {12 * self._years:f} months.")
        elif self.every is not None:
            month = ", a month counted as 30 days" if self.every == "month" else ""
            said.append(f"The volume recurs each {self.every} over {self.days:f} days{month}.")
        return tuple(said)


def _whole(tokens: Decimal) -> int:
    return int(tokens.to_integral_value(ROUND_HALF_EVEN))


def _short(percent: Decimal) -> str:
    return plain(percent) if percent == percent.to_integral_value() else f"{percent:.2f}"
