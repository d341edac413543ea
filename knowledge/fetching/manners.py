"""What a polite visitor keeps to: robots.txt, and a pause between two requests to one host."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from knowledge.errors import BadDocument, Gone
from knowledge.fetching.fetch import Fetched, Web

PAUSE = 1.0
LONGEST_PAUSE = 30.0
ROBOT = "Outlay"


@dataclass
class Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    rules: RobotFileParser | None = None


class Visitor:
    """Fetches for many sources at once, from one host one after the other, `pause` seconds or the host's Crawl-delay
    apart. Hosts in `web.allowed` are one's own: they are not paused for."""

    def __init__(
        self,
        web: Web,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._web, self._pause, self._clock, self._sleep = web, pause, clock, sleep
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        """Raises BadDocument also where the host's robots.txt asks to stay away, or cannot be read at the moment."""
        return self._web.get(url, etag, last_modified, permitted=self._ask)

    def _ask(self, url: str) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            host = self._hosts.setdefault(origin, Host())
        with host.lock:
            if host.rules is None:
                host.rules = self._rules(origin)
            if not host.rules.can_fetch(ROBOT, url):
                raise BadDocument(url, "the site's robots.txt asks not to fetch it.")
            if (parts.hostname or "").lower() in self._web.allowed:
                return
            asked = host.rules.crawl_delay(ROBOT)
            pause = min(max(self._pause, float(asked or 0)), LONGEST_PAUSE)
            if (wait := host.free_at - self._clock()) > 0:
                self._sleep(wait)
            host.free_at = self._clock() + pause

    def _rules(self, origin: str) -> RobotFileParser:
        """RFC 9309: no robots.txt (404 and the like) allows all; one that cannot be reached allows nothing."""
        rules = RobotFileParser()
        try:
            found = self._web.get(f"{origin}/robots.txt")
        except Gone:
            rules.parse([])
        except BadDocument as error:
            if error.why.startswith("the server answered 4"):
                rules.parse([])
                return rules
            raise BadDocument(origin, f"its robots.txt could not be read: {error.why}") from error
        else:
            rules.parse(found.content.decode("utf-8", "replace").splitlines()[:5_000])
        return rules
