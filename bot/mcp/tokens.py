"""Who a bearer token stands for: `mcp.toml` in Outlay's home, which holds only hashes, and OUTLAY_MCP_TOKEN."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.errors import BadInput

NAME = "mcp.toml"
SHORTEST = 16
HASH = re.compile(r"[0-9a-f]{64}")
USER = re.compile(r"[\w.@+-]{1,100}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """SHA-256 of a token -> whom it stands for; None is the operator."""

    users: Mapping[str, str | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.users)

    def knows(self, token: str) -> bool:
        return digest(token) in self.users

    def user(self, token: str) -> str | None:
        """KeyError for a token that nobody was given."""
        return self.users[digest(token)]


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def load_tokens(home: Path, own: str | None, asker: str | None) -> Tokens:
    """The tokens of `mcp.toml`, read anew each time, and `own` (OUTLAY_MCP_TOKEN), which stands for `asker`.

    BadInput names what in the file, or about the variable, cannot be used: then nobody is let in."""
    users = _read(home / NAME)
    if own is not None:
        if len(own) < SHORTEST:
            raise BadInput(f"OUTLAY_MCP_TOKEN must have at least {SHORTEST} characters.")
        users[digest(own)] = asker
    return Tokens(users)


def new_token(home: Path, user: str) -> str:
    """A fresh token for `user`: its hash is added to `mcp.toml`, the token itself is kept nowhere."""
    if not USER.fullmatch(user):
        raise BadInput(f"{user!r} is not a user id, such as U0ANN.")
    path = home / NAME
    _read(path)  # a broken file is not written to
    before = path.read_text("utf-8") if path.exists() else ""
    token = secrets.token_urlsafe(32)
    home.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f".{NAME}.{os.getpid()}")
    try:
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            gap = "\n" if before else ""
            file.write(f'{before.rstrip()}{gap}{gap}[[token]]\nuser = "{user}"\nsha256 = "{digest(token)}"\n')
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
    return token


def _read(path: Path) -> dict[str, str | None]:
    try:
        rules = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"line (\d+)", str(error))
        raise BadInput("The file is not TOML in UTF-8.", file=str(path), line=int(found[1]) if found else 1) from None
    except OSError as error:
        raise BadInput(f"The file cannot be read ({error.strerror}).", file=str(path)) from None
    entries = rules.pop("token", [])
    if rules or not isinstance(entries, list):
        raise BadInput("The file holds [[token]] entries with user and sha256, and nothing else.", file=str(path))
    users: dict[str, str | None] = {}
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or set(entry) != {"user", "sha256"}:
            raise BadInput(f"Token {number} must have user and sha256, and nothing else.", file=str(path))
        user, hashed = entry["user"], entry["sha256"]
        if not (isinstance(user, str) and USER.fullmatch(user)):
            raise BadInput(f"The user of token {number} must be an id such as U0ANN.", file=str(path))
        if not (isinstance(hashed, str) and HASH.fullmatch(hashed.lower())):
            raise BadInput(f"The sha256 of token {number} must be 64 hexadecimal digits.", file=str(path))
        if users.setdefault(hashed.lower(), user) != user:
            raise BadInput(f"Token {number} is listed for another user, too.", file=str(path))
    return users
