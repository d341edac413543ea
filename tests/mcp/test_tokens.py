from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from bot.mcp.tokens import Tokens, load_tokens, new_token
from tools.errors import BadInput


def test_a_token_stands_for_its_person_and_only_its_hash_is_kept(tmp_path: Path) -> None:
    ann, ben = new_token(tmp_path, "U0ANN"), new_token(tmp_path, "U0BEN")
    written = (tmp_path / "mcp.toml").read_text()
    tokens = load_tokens(tmp_path, None, None)
    assert (tokens.user(ann), tokens.user(ben)) == ("U0ANN", "U0BEN")
    assert not tokens.knows(ann[:-1])
    assert ann not in written
    assert hashlib.sha256(ann.encode()).hexdigest() in written
    assert stat.S_IMODE((tmp_path / "mcp.toml").stat().st_mode) == 0o600


def test_the_variables_token_stands_for_the_person_named_on_the_command_line(tmp_path: Path) -> None:
    tokens = load_tokens(tmp_path, "a-token-long-enough", "U0ANN")
    assert tokens.user("a-token-long-enough") == "U0ANN"
    assert load_tokens(tmp_path, "a-token-long-enough", None).user("a-token-long-enough") is None


def test_without_any_token_nobody_is_known(tmp_path: Path) -> None:
    assert load_tokens(tmp_path, None, None) == Tokens()
    assert not load_tokens(tmp_path, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "token = 7",
        "[[token]]\nuser = 'U0ANN'",
        "[[token]]\nuser = ''\nsha256 = '" + "a" * 64 + "'",
        "[[token]]\nuser = 'U0ANN'\nsha256 = 'secret'",
        "[[token]]\nuser = 'U0ANN'\nsha256 = '" + "a" * 64 + "'\nadmin = true",
        f"[[token]]\nuser = 'A'\nsha256 = '{'a' * 64}'\n[[token]]\nuser = 'B'\nsha256 = '{'A' * 64}'",
        "admins = []",
        "not toml",
        "\xff",
    ],
)
def test_a_file_that_cannot_be_used_lets_nobody_in_and_is_not_written_to(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mcp.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadInput, match=r"mcp\.toml"):
        load_tokens(tmp_path, "a-token-long-enough", None)
    with pytest.raises(BadInput):
        new_token(tmp_path, "U0ANN")
    assert path.read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize("user", ["", "two words", 'quote"', "line\nbreak", "x" * 200])
def test_a_person_without_a_usable_id_gets_no_token(tmp_path: Path, user: str) -> None:
    with pytest.raises(BadInput):
        new_token(tmp_path, user)
    assert not (tmp_path / "mcp.toml").exists()
