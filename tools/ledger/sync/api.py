"""One provider's HTTP API, asked politely: timeouts, Retry-After, backoff, and errors that never hold a key."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from tools.ledger.sync.source import SyncFailed

if TYPE_CHECKING:
    import httpx

SECONDS = 60.0
TRIES = 6
LONGEST_WAIT = 300.0
MOST_PAGES = 10_000
LARGEST_BYTES = 200_000_000
AWS_REFUSALS = frozenset({"UnrecognizedClientException", "InvalidSignatureException", "AccessDeniedException"})
AWS_REFUSALS |= {"ExpiredTokenException", "InvalidClientTokenId", "MissingAuthenticationTokenException"}
AWS_THROTTLES = frozenset({"ThrottlingException", "LimitExceededException", "TooManyRequestsException"})
"""AWS's JSON protocol answers 400 for these and names them in `__type`."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Signed = Callable[[str, bytes], Mapping[str, str]]
"""Headers that prove who asks, for a URL and a body; made anew for each try."""


@dataclass(slots=True)
class Api:
    """`title` names the provider in errors and `keys` are the values it is asked with, by environment variable. `now`
    is only for signatures. Every answer is JSON, its decimals read exactly."""

    title: str
    base_url: str
    client: httpx.Client
    keys: Mapping[str, str]
    key_hint: str
    sleep: Callable[[float], None]
    now: Callable[[], datetime]
    seen_headers: Mapping[str, str] = field(default_factory=dict)
    """Of the last answer, names in lower case."""

    def get(self, path: str, params: Sequence[tuple[str, str]], headers: Mapping[str, str]) -> Any:
        query = f"?{urlencode(params)}" if params else ""
        return self.ask("GET", path + query, b"", lambda url, body: headers)

    def post(self, path: str, body: Any, headers: Mapping[str, str]) -> Any:
        content = json.dumps(body).encode()
        return self.ask("POST", path, content, lambda url, sent: {"Content-Type": "application/json", **headers})

    def ask(self, method: str, path: str, body: bytes, signed: Signed) -> Any:
        """The JSON answer. 429 waits as long as Retry-After says, 5xx and broken connections wait longer each time;
        SyncFailed after six tries, or at once where waiting does not help."""
        import httpx

        url = self.base_url.rstrip("/") + path
        why = ""
        for attempt in range(TRIES):
            try:
                answer = self.client.request(
                    method,
                    url,
                    content=body or None,
                    headers={"Accept": "application/json", **signed(url, body)},
                    timeout=SECONDS,
                    follow_redirects=False,
                )
            except httpx.TimeoutException:
                why, wait = "it did not answer in time", 2.0**attempt
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                why, wait = f"the connection failed ({type(error).__name__})", 2.0**attempt
            else:
                if answer.status_code == 200:
                    self.seen_headers = {name.lower(): value for name, value in answer.headers.items()}
                    return self._json(answer)
                why, wait = self._trouble(answer, attempt)
            if attempt + 1 < TRIES:
                self.sleep(wait)
        raise SyncFailed(f"{self.title} could not be reached: {why}, {TRIES} times.")

    def _trouble(self, answer: httpx.Response, attempt: int) -> tuple[str, float]:
        """What to say of an answer and how long to wait before the next try; raises where no try would help."""
        status = answer.status_code
        fault = _aws_fault(answer) if status == 400 else ""
        if status in (401, 403) or fault in AWS_REFUSALS:
            raise SyncFailed(f"{self.title} refused the key in {self._names()} ({status}): {self.key_hint}")
        if status == 429 or status >= 500 or fault in AWS_THROTTLES:
            asked = _retry_after(answer)
            if asked is not None and asked > LONGEST_WAIT:
                raise SyncFailed(f"{self.title} asks to wait {asked:.0f} seconds; sync again later.")
            return f"it answered {status}", 2.0**attempt if asked is None else asked
        if 300 <= status < 400:
            raise SyncFailed(f"{self.title} answered with a redirect ({status}), which is not followed with a key.")
        raise SyncFailed(f"{self.title} refused the request ({status}) for {urlsplit(str(answer.url)).path}.")

    def _json(self, answer: httpx.Response) -> Any:
        if len(answer.content) > LARGEST_BYTES:
            raise SyncFailed(f"{self.title}'s answer is too large to read.")
        try:
            return json.loads(answer.content, parse_float=Decimal, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise SyncFailed(f"{self.title}'s answer is not JSON.") from None

    def _names(self) -> str:
        return " and ".join(self.keys) or "use"


def pages(title: str, ask: Callable[[str | None], Any], next_of: Callable[[Any], str | None]) -> list[Any]:
    """Every page, from the first (asked with None) until `next_of` gives None. SyncFailed when a cursor comes twice."""
    found, cursor, seen = [], None, set[str]()
    while True:
        page = ask(cursor)
        found.append(page)
        cursor = next_of(page)
        if cursor is None:
            return found
        if cursor in seen or len(found) >= MOST_PAGES:
            raise SyncFailed(f"{title} gives the same page again and again; nothing of it was stored.")
        seen.add(cursor)


def next_page(page: Any) -> str | None:
    """The cursor of OpenAI's and Anthropic's pages: `has_more` with `next_page`."""
    if not page["has_more"]:
        return None
    cursor = page["next_page"]
    if not isinstance(cursor, str) or not cursor:
        raise SyncFailed("The answer says there is more but not where.")
    return cursor


def checked_address(title: str, address: str, own_server: bool) -> str:
    """The base address. SyncFailed unless a key may be sent there: https, loopback, or a server of one's own."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise SyncFailed(f"The address for {title} must look like https://host, without user or query.")
    if parts.scheme == "http" and not own_server and parts.hostname not in LOOPBACK:
        raise SyncFailed(f"The address for {title} must be https: its key would travel in the clear.")
    return address


def _retry_after(answer: httpx.Response) -> float | None:
    """Seconds of a Retry-After header, given as a number or as a date (RFC 9110, 10.2.3); None without a usable one."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        until, said = parsedate_to_datetime(text), parsedate_to_datetime(answer.headers.get("Date", ""))
        return max((until - said).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None


def _aws_fault(answer: httpx.Response) -> str:
    try:
        return str(json.loads(answer.content)["__type"]).rpartition("#")[2]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
