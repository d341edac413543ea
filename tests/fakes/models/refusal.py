"""A request that the real provider would not take."""

from __future__ import annotations

import re

TOOL_NAME = re.compile(r"^[a-zA-Z0-9_-]{1,64}$")


class Refused(Exception):
    """HTTP status and the message for the caller."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def tool_name(name: object, where: str) -> None:
    if not isinstance(name, str) or not TOOL_NAME.match(name):
        raise Refused(400, f"{where}.name: String should match pattern '{TOOL_NAME.pattern}'")


def object_schema(schema: object, where: str) -> None:
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise Refused(400, f"{where}: schema must be a JSON Schema of 'type: \"object\"'")
