"""A TOML file of rules in a home folder, read whole or refused with the line that is wrong."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.errors import BadInput


def text_of(path: Path) -> str | None:
    """The file's text; None where there is no such file. BadInput when it is no UTF-8 text or can't be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise BadInput("The file must be UTF-8 text.", file=str(path)) from None
    except OSError as error:
        raise BadInput(f"The file cannot be read ({error.strerror}).", file=str(path)) from error


def parsed(text: str, file: str) -> dict[str, Any]:
    """The TOML table of `text`, decimals exact. BadInput names `file` and the line."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+)", str(error))
        why = re.sub(r" .at .*$", "", str(error))
        raise BadInput(f"The file is not TOML: {why}.", file=file, line=int(at[1]) if at else None) from error
