"""What a usage is made of."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import BadInput
from tools.prices.usage import Usage, with_cached_share


def test_sixty_percent_of_three_million_input_tokens_are_one_point_eight_million() -> None:
    usage = with_cached_share(3_000_000, 500_000, Decimal("0.6"))
    assert usage.cached_input_tokens == 1_800_000
    assert usage.plain_input_tokens == 1_200_000


@given(
    cached=st.integers(0, 10**9),
    write=st.integers(0, 10**9),
    audio=st.integers(0, 10**9),
    plain=st.integers(0, 10**9),
    output=st.integers(0, 10**9),
    spoken=st.integers(0, 10**9),
    share=st.integers(0, 100),
)
def test_the_parts_add_up_to_input_and_output(
    cached: int, write: int, audio: int, plain: int, output: int, spoken: int, share: int
) -> None:
    both = min(cached, audio) * share // 100
    usage = Usage(
        input_tokens=plain + cached + write + audio - both,
        output_tokens=output + spoken,
        cached_input_tokens=cached,
        cache_write_tokens=write,
        input_audio_tokens=audio,
        cached_audio_tokens=both,
        output_audio_tokens=spoken,
    )
    assert usage.plain_input_tokens == plain
    assert sum(usage.parts().values()) == usage.input_tokens + usage.output_tokens
    assert min(usage.parts().values()) >= 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"input_tokens": 10, "cached_input_tokens": 11},
        {"input_tokens": 10, "cached_input_tokens": 6, "cache_write_tokens": 6},
        {"input_tokens": -1},
        {"output_tokens": 5, "output_audio_tokens": 6},
        {"input_tokens": 10, "cached_audio_tokens": 1},
        {"input_tokens": 10, "requests": 0},
    ],
)
def test_a_part_larger_than_its_whole_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        Usage(**wrong)


@pytest.mark.parametrize("share", ["-0.1", "1.01", "60"])
def test_a_cached_share_is_between_none_and_all(share: str) -> None:
    with pytest.raises(BadInput):
        with_cached_share(100, 0, Decimal(share))


def test_tokens_are_whole_numbers() -> None:
    with pytest.raises(TypeError):
        Usage(input_tokens=1.5)  # type: ignore[arg-type]
