"""Who asks: guest, stranger of a connected company, or colleague; and what day it is for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

KEPT_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Person:
    """`colleague` is a full member of the workspace that Outlay is installed in; `gone` somebody whose account is
    deactivated. `zone` None is not known."""

    id: str
    colleague: bool
    zone: tzinfo | None = None
    gone: bool = False

    def today(self, now: datetime, otherwise: tzinfo) -> date:
        return now.astimezone(self.zone or otherwise).date()


class People:
    """Looks people up with users.info and remembers them for ten minutes."""

    def __init__(self, client: AsyncWebClient, seconds: Callable[[], float] = time.monotonic) -> None:
        self._client, self._seconds = client, seconds
        self._known: dict[str, tuple[float, Person]] = {}

    async def person(self, user: str, home: Mapping[str, Any]) -> Person:
        """`home` is what auth.test answered: it tells our workspace. Raises SlackApiError when Slack does not say."""
        known = self._known.get(user)
        if known is not None and self._seconds() - known[0] < KEPT_SECONDS:
            return known[1]
        answer = await self._client.users_info(user=user)
        person = read_person(answer["user"], home)
        self._known[user] = (self._seconds(), person)
        return person


def read_person(user: Mapping[str, Any], home: Mapping[str, Any]) -> Person:
    """A member of users.info. Guests, bots, deactivated people and members of other workspaces are no colleagues."""
    grid = user.get("enterprise_user") or {}
    other_company = user.get("is_stranger") or (
        user.get("team_id") not in (None, "", home.get("team_id"), home.get("enterprise_id"))
        and grid.get("enterprise_id") in (None, "")
    )
    if grid.get("enterprise_id") and grid["enterprise_id"] != home.get("enterprise_id"):
        other_company = True
    guest = user.get("is_restricted") or user.get("is_ultra_restricted")
    colleague = not (guest or other_company or user.get("is_bot") or user.get("deleted"))
    return Person(str(user["id"]), colleague, _zone(user), bool(user.get("deleted")))


def _zone(user: Mapping[str, Any]) -> tzinfo | None:
    try:
        if user.get("tz"):
            return ZoneInfo(str(user["tz"]))
    except (KeyError, ValueError, OSError):
        pass
    offset = user.get("tz_offset")
    return timezone(timedelta(seconds=offset)) if isinstance(offset, int) and abs(offset) < 86_400 else None
