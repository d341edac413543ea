"""How many tokens a piece of work uses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from tools.errors import BadInput


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts as genai-prices counts them: a total holds its parts.

    `input_tokens` is everything sent: text, audio, tokens read from the cache and tokens written to it. Of it,
    `cached_input_tokens` were read from the cache, `cache_write_tokens` written to the 5-minute cache,
    `cache_write_1h_tokens` written to the 1-hour cache, `input_audio_tokens` are audio; `cached_audio_tokens` are both
    audio and cached, and so are in both. `output_tokens` is everything returned, reasoning included, and holds
    `output_audio_tokens`. `requests` is how many calls the total is spread over, None when unknown. `batch` asks for
    the provider's batch price. BadInput when a part exceeds its total or a count is negative.

    Anthropic's API reports input without the cached tokens: add them before building one of these.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    cache_write_1h_tokens: int = 0
    input_audio_tokens: int = 0
    cached_audio_tokens: int = 0
    output_audio_tokens: int = 0
    requests: int | None = None
    batch: bool = False

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if name == "batch" or (name == "requests" and value is None):
                continue
            if isinstance(value, bool) or not isinstance(value, int):
                raise TypeError(f"{name} is a whole number of tokens, not {value!r}.")
            if value < 0:
                raise BadInput(f"{name.replace('_', ' ')} cannot be negative ({value:,})")
        if self.requests == 0:
            raise BadInput("the number of requests must be at least one")
        if self.cached_audio_tokens > min(self.cached_input_tokens, self.input_audio_tokens):
            raise BadInput(
                "cached audio tokens are part of both the cached and the audio tokens, and exceed one of them"
            )
        if self.plain_input_tokens < 0:
            raise BadInput(
                f"cached, cache-write and audio tokens exceed the {self.input_tokens:,} input tokens they are part of"
            )
        if self.output_audio_tokens > self.output_tokens:
            raise BadInput(f"output audio tokens exceed the {self.output_tokens:,} output tokens they are part of")

    @property
    def plain_input_tokens(self) -> int:
        """Input tokens that are neither cached, nor written to a cache, nor audio."""
        parts = (
            self.cached_input_tokens + self.cache_write_tokens + self.cache_write_1h_tokens + self.input_audio_tokens
        )
        return self.input_tokens - parts + self.cached_audio_tokens

    @property
    def tokens_per_request(self) -> Decimal | None:
        """Mean input tokens of one request; None when the number of requests is unknown."""
        return None if self.requests is None else Decimal(self.input_tokens) / self.requests

    def parts(self) -> dict[str, int]:
        """Tokens of each separately priced component; they add up to input plus output."""
        return {
            "input": self.plain_input_tokens,
            "cached_input": self.cached_input_tokens - self.cached_audio_tokens,
            "cache_write": self.cache_write_tokens,
            "cache_write_1h": self.cache_write_1h_tokens,
            "input_audio": self.input_audio_tokens - self.cached_audio_tokens,
            "cached_audio": self.cached_audio_tokens,
            "output": self.output_tokens - self.output_audio_tokens,
            "output_audio": self.output_audio_tokens,
        }

    @property
    def is_empty(self) -> bool:
        return self.input_tokens == 0 and self.output_tokens == 0

    def shown(self) -> str:
        """`3,000,000 input tokens (1,800,000 cached) and 500,000 output tokens`, as a batch or over some requests."""
        details = [
            f"{count:,} {word}"
            for count, word in (
                (self.cached_input_tokens, "cached"),
                (self.cache_write_tokens + self.cache_write_1h_tokens, "written to cache"),
                (self.input_audio_tokens, "audio"),
            )
            if count
        ]
        inside = f" ({', '.join(details)})" if details else ""
        audio = f" ({self.output_audio_tokens:,} audio)" if self.output_audio_tokens else ""
        both = [f"{self.input_tokens:,} input tokens{inside}"] if self.input_tokens or not self.output_tokens else []
        both += [f"{self.output_tokens:,} output tokens{audio}"] if self.output_tokens else []
        over = f" over {self.requests:,} requests" if self.requests and self.requests > 1 else ""
        return " and ".join(both) + over + (" as a batch" if self.batch else "")


def with_cached_share(
    input_tokens: int,
    output_tokens: int,
    cached_share: Decimal,
    *,
    requests: int | None = None,
    batch: bool = False,
) -> Usage:
    """A usage of which `cached_share` (0 to 1) of the input is read from the cache, to the nearest whole token."""
    if not 0 <= cached_share <= 1:
        raise BadInput(f"the cached share of the input must be between 0% and 100%, not {cached_share * 100:f}%")
    cached = int((Decimal(input_tokens) * cached_share).to_integral_value(ROUND_HALF_EVEN))
    return Usage(input_tokens, output_tokens, cached_input_tokens=cached, requests=requests, batch=batch)
