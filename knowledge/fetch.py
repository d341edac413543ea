"""One page, feed or file from the web, within limits and never from inside the network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urljoin, urlsplit

from knowledge.documents import Format, RawDocument
from knowledge.errors import BadDocument

MOST_BYTES = 20_000_000
SECONDS = 30.0
MOST_REDIRECTS = 5
AGENT = "Outlay/0.1 (knowledge base of a private assistant)"


def fetch(url: str) -> RawDocument:
    """Raises BadDocument for an address that is not http(s), leads to a private, loopback or link-local network (also
    by redirect), answers with an error, takes too long or sends over 20 MB."""
    import httpx

    address = url
    try:
        with httpx.Client(timeout=SECONDS, follow_redirects=False, headers={"User-Agent": AGENT}) as client:
            for _ in range(MOST_REDIRECTS + 1):
                refuse_inside(address)
                with client.stream("GET", address) as response:
                    if response.is_redirect:
                        address = urljoin(address, response.headers.get("location", ""))
                        continue
                    if response.status_code != 200:
                        raise BadDocument(url, f"the server answered {response.status_code}.")
                    return RawDocument(url, url, address, _format(response, address), _body(response, url))
    except httpx.HTTPError as error:
        raise BadDocument(url, f"it could not be fetched ({type(error).__name__}).") from error
    raise BadDocument(url, f"it redirects more than {MOST_REDIRECTS} times.")


def refuse_inside(url: str) -> None:
    """Raises BadDocument unless every address of the host is a public one."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadDocument(url, "only http and https addresses are fetched.")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or parts.scheme, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError) as error:
        raise BadDocument(url, f"the host {parts.hostname!r} is not known.") from error
    for entry in found:
        ip = ipaddress.ip_address(str(entry[4][0]).split("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None)
        if not (mapped or ip).is_global or (mapped or ip).is_multicast:
            raise BadDocument(url, f"{parts.hostname!r} is an address inside a private network, which is not fetched.")


def _body(response: object, url: str) -> bytes:
    body = bytearray()
    for part in response.iter_bytes():  # type: ignore[attr-defined]
        body += part
        if len(body) > MOST_BYTES:
            raise BadDocument(url, f"it is larger than {MOST_BYTES // 1_000_000} MB.")
    return bytes(body)


def _format(response: object, url: str) -> Format:
    kind = str(response.headers.get("content-type", "")).lower()  # type: ignore[attr-defined]
    path = urlsplit(url).path.lower()
    if "pdf" in kind or path.endswith(".pdf"):
        return "pdf"
    if "html" in kind and "xml" not in kind.replace("xhtml+xml", ""):
        return "html"
    if any(word in kind for word in ("rss", "atom", "xml")) or path.endswith((".rss", ".atom", ".xml")):
        return "feed"
    if path.endswith(".md") or "markdown" in kind:
        return "markdown"
    if path.endswith(".jsonl"):
        return "jsonl"
    return "text" if "text/plain" in kind else "html"
