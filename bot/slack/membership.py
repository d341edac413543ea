"""Which of the user groups and private channels that access names somebody is in, as Slack says.

What Slack does not say counts as no: an unreachable Slack gives nobody anything more.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from functools import partial
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import WebClient

from bot.access import Access
from bot.slack.people import read_person

log = logging.getLogger("outlay.slack")

KEPT_SECONDS = 300.0
FAILED_SECONDS = 30.0
PAGE = 200
CAUTION = (
    "I could not check with Slack which groups and channels you belong to, so what they let you see is left out here."
)


class Memberships:
    """Looked up when a question needs it and remembered for five minutes, a failure for half a minute. Guests, people
    of other companies, bots and deactivated accounts belong to nothing. Safe from several threads."""

    def __init__(self, client: WebClient, seconds: Callable[[], float] = time.monotonic) -> None:
        self._client, self._seconds = client, seconds
        self._known: dict[str, tuple[float, frozenset[str] | None]] = {}
        self._unsure: set[str] = set()
        self._lock = threading.Lock()

    def of(self, user: str, access: Access) -> frozenset[str]:
        """The ids among `access.groups` and `access.members` that the user belongs to, in upper case. Slack is not
        asked where the answer changes nothing."""
        asked = user.upper()
        if access.own(user).sees_all or not (access.groups or access.members):
            self._note(asked, True)
            return frozenset()
        colleague = self._remembered(f"person {asked}", lambda: self._colleague(user))
        found = {group: self._remembered(group, partial(self._in_group, group)) for group in access.groups}
        found |= {place: self._remembered(place, partial(self._in_channel, place)) for place in access.members}
        self._note(asked, colleague is not None and None not in found.values())
        if not colleague:
            return frozenset()
        return frozenset(place for place, users in found.items() if users is not None and asked in users)

    def caution(self, user: str) -> str:
        """What to say to the user of the last look-up; empty when Slack told all."""
        with self._lock:
            return CAUTION if user.upper() in self._unsure else ""

    def _note(self, user: str, sure: bool) -> None:
        with self._lock:
            (self._unsure.discard if sure else self._unsure.add)(user)

    def _remembered(self, name: str, look_up: Callable[[], frozenset[str]]) -> frozenset[str] | None:
        """None where Slack did not say."""
        now = self._seconds()
        with self._lock:
            at, known = self._known.get(name, (float("-inf"), None))
        if now - at < (FAILED_SECONDS if known is None else KEPT_SECONDS):
            return known
        try:
            known = look_up()
        except SlackApiError as error:
            log.error("Slack does not say who is in %s (%s).", name, error.response.get("error"))
            known = None
        except (SlackClientError, HTTPException, OSError, ValueError) as error:
            log.error("Slack does not say who is in %s (%s).", name, type(error).__name__)
            known = None
        with self._lock:
            self._known[name] = (now, known)
        return known

    def _colleague(self, user: str) -> frozenset[str]:
        """The user alone, or nobody."""
        ours = self._client.auth_test().data
        person = read_person(self._client.users_info(user=user)["user"], ours if isinstance(ours, dict) else {})
        return frozenset({user.upper()} if person.colleague else ())

    def _in_group(self, group: str) -> frozenset[str]:
        return _upper(self._client.usergroups_users_list(usergroup=group)["users"])

    def _in_channel(self, channel: str) -> frozenset[str]:
        """Nobody for a channel that anybody may join, or that another company is in."""
        about: dict[str, Any] = self._client.conversations_info(channel=channel)["channel"]
        if not about.get("is_private") or about.get("is_ext_shared") or about.get("is_pending_ext_shared"):
            log.warning("%s is not a private channel of this workspace alone: its members get nothing by it.", channel)
            return frozenset()
        found: list[str] = []
        cursor = ""
        while True:
            page = self._client.conversations_members(channel=channel, limit=PAGE, cursor=cursor or None)
            found += page["members"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return _upper(found)


def _upper(users: Collection[str]) -> frozenset[str]:
    return frozenset(user.upper() for user in users)
