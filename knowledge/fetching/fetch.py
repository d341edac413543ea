"""Pages, feeds and files from the web: within limits, politely, and never from inside the network."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from knowledge.documents import Format, RawDocument
from knowledge.errors import BadDocument, Gone
from knowledge.fetching.charset import charset_of, in_utf8

if TYPE_CHECKING:
    import httpcore

    from knowledge.fetching.addresses import Resolve

AGENT = "Outlay/0.1 (knowledge base of a private assistant)"
ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LONGEST_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Limits:
    """`most_bytes` counts both what is sent and what it unpacks to; `seconds` bounds one request with its redirects."""

    most_bytes: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Fetched:
    """`content` is empty and `unchanged` true where the server says that nothing changed. `url` is the last one of the
    redirects."""

    url: str
    content: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


class Web:
    """Fetches over http(s). `allowed` are the host names that may lead to private addresses. `resolve`, `clock`,
    `sleep` and `network` stand in for the system's."""

    def __init__(
        self,
        allowed: frozenset[str] = frozenset(),
        agent: str = AGENT,
        limits: Limits | None = None,
        *,
        resolve: Resolve | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self.allowed = frozenset(host.lower().rstrip(".") for host in allowed)
        self.agent = agent
        self.limits = limits or Limits()
        self._introduction = (("User-Agent", agent), ("Accept-Encoding", "gzip, deflate"), ("Accept", "*/*"))
        self._resolve, self._clock, self._sleep, self._network = resolve, clock, sleep, network

    def get(
        self, url: str, etag: str = "", last_modified: str = "", permitted: Callable[[str], None] | None = None
    ) -> Fetched:
        """One document. `permitted` is asked before every request, redirects too, and may raise. A server that is busy
        or away for a moment is asked again, each time after a longer wait. Raises Gone where there is nothing any more,
        BadDocument for whatever else goes wrong."""
        import httpcore

        from knowledge.fetching.addresses import AddressRefused

        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        wait = 1.0
        for again in range(self.limits.tries - 1, -1, -1):
            try:
                return self._once(url, {name: value for name, value in headers.items() if value}, permitted)
            except AddressRefused as error:
                raise BadDocument(url, str(error)) from error
            except Busy as busy:
                if not again or busy.wait > LONGEST_WAIT:
                    raise BadDocument(url, f"the server answered {busy.status}.") from busy
                wait = max(wait, busy.wait)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                if not again or isinstance(error, httpcore.ReadTimeout | httpcore.UnsupportedProtocol):
                    slow = isinstance(error, httpcore.TimeoutException)
                    why = "it took too long" if slow else f"it could not be fetched ({type(error).__name__})"
                    raise BadDocument(url, f"{why}.") from error
            self._sleep(wait)
            wait *= 3
        raise BadDocument(url, "it could not be fetched.")

    def _once(self, url: str, headers: Mapping[str, str], permitted: Callable[[str], None] | None) -> Fetched:
        import httpcore

        from knowledge.fetching.addresses import PinnedBackend, system_resolve

        deadline = self._clock() + self.limits.seconds
        backend = PinnedBackend(self.allowed, self._resolve or system_resolve, deadline, self._clock, self._network)
        address = url
        with httpcore.ConnectionPool(network_backend=backend, max_connections=2) as pool:
            for _ in range(self.limits.redirects + 1):
                target = _target(address)
                if permitted:
                    permitted(address)
                sent = [*self._introduction, *headers.items()]
                timeout = dict.fromkeys(("connect", "read", "write", "pool"), 10.0)
                with pool.stream("GET", target, headers=sent, extensions={"timeout": timeout}) as response:
                    told = {name.decode("latin-1").lower(): v.decode("latin-1") for name, v in response.headers}
                    if response.status in REDIRECTS and told.get("location"):
                        address = _joined(address, told["location"])
                        continue
                    return self._read(url, address, response, told)
        raise BadDocument(url, f"it redirects more than {self.limits.redirects} times.")

    def _read(self, url: str, address: str, response: httpcore.Response, told: Mapping[str, str]) -> Fetched:
        if response.status == 304:
            return Fetched(address, etag=told.get("etag", ""), unchanged=True)
        if response.status in (404, 410):
            raise Gone(url, f"the server answered {response.status}.", response.status)
        if response.status in TRY_AGAIN:
            wait = told.get("retry-after", "")
            raise Busy(response.status, float(wait) if wait.isdigit() else 0.0)
        if response.status != 200:
            raise BadDocument(url, f"the server answered {response.status}.")
        length = told.get("content-length", "")
        if length.isdigit() and int(length) > self.limits.most_bytes:
            raise BadDocument(url, self._too_large())
        body = self._body(url, response, told.get("content-encoding", "").lower().strip())
        return Fetched(address, body, told.get("content-type", ""), told.get("etag", ""), told.get("last-modified", ""))

    def _body(self, url: str, response: httpcore.Response, encoding: str) -> bytes:
        if encoding not in ENCODINGS:
            raise BadDocument(url, f"its encoding {encoding!r} is not read.")
        packed = bytearray()
        for part in response.iter_stream():
            packed += part
            if len(packed) > self.limits.most_bytes:
                raise BadDocument(url, self._too_large())
        body = bytes(packed)
        if "gzip" in encoding or "deflate" in encoding:
            body = unpacked(body, url, self.limits.most_bytes)
        if body[:2] == b"\x1f\x8b":
            body = unpacked(body, url, self.limits.most_bytes)
        if body[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            raise BadDocument(url, "it is a zip archive, which is not read.")
        return body

    def _too_large(self) -> str:
        return f"it is larger than {self.limits.most_bytes // 1_000_000} MB."


class Busy(Exception):
    """The server asks to come again, after `wait` seconds where it says so."""

    def __init__(self, status: int, wait: float) -> None:
        super().__init__(status)
        self.status, self.wait = status, wait


def fetch(url: str, web: Web | None = None) -> RawDocument:
    """One document of the web, ready to be parsed. Raises BadDocument."""
    return raw_document((web or Web()).get(url), url)


def raw_document(found: Fetched, url: str, format_: Format | None = None) -> RawDocument:
    """Ready to be parsed, as `format_` where the source is known to be that; text is in UTF-8 where the server says
    rightly what charset it is in."""
    form = format_ or format_of(found)
    content = found.content if form == "pdf" else in_utf8(found.content, charset_of(found.content_type))
    return RawDocument(url, url, found.url, form, content)


def unpacked(body: bytes, name: str, most_bytes: int) -> bytes:
    """What a gzip or zlib stream holds. Raises BadDocument where that is more than `most_bytes`, or where it is
    broken; no more than that is ever unpacked."""
    first: zlib.error | None = None
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        reader = zlib.decompressobj(window)
        try:
            out = reader.decompress(body, most_bytes + 1)
        except zlib.error as error:
            first = first or error
            continue
        if len(out) > most_bytes:
            raise BadDocument(name, f"it unpacks to more than {most_bytes // 1_000_000} MB.")
        return out
    raise BadDocument(name, "its compression is broken.") from first


def format_of(found: Fetched) -> Format:
    """By the content type, the address and the first bytes."""
    kind, path, start = found.content_type.lower(), urlsplit(found.url).path.lower(), found.content[:512].lstrip()
    if "pdf" in kind or path.endswith(".pdf") or start.startswith(b"%PDF"):
        return "pdf"
    if "json" in kind and b"jsonfeed.org/version" in found.content[:2000]:
        return "jsonfeed"
    if "html" in kind and "xml" not in kind.replace("xhtml+xml", ""):
        return "html"
    if any(word in kind for word in ("rss", "atom", "xml")) or path.endswith((".rss", ".atom", ".xml")):
        return "feed"
    if path.endswith(".md") or "markdown" in kind:
        return "markdown"
    if path.endswith(".jsonl"):
        return "jsonl"
    return "text" if "text/plain" in kind else "html"


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError as error:
        raise BadDocument(base, f"it redirects to an address that cannot be read ({location[:80]!r}).") from error


def _target(url: str) -> httpcore.URL:
    """In the form in which it is sent: the host in ASCII, the path quoted."""
    import httpcore
    import httpx

    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise BadDocument(url, "this is not an address that can be fetched.") from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise BadDocument(url, "only http and https addresses are fetched.")
    return httpcore.URL(scheme=parts.raw_scheme, host=parts.raw_host, port=parts.port, target=parts.raw_path)
