"""Connections to public addresses only: a name is resolved once, checked, and connected to by the address found."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

Resolve = Callable[[str, int], list[str]]


class AddressRefused(httpcore.ConnectError):
    """The host is unknown, or one of its addresses is inside a private network."""


def system_resolve(host: str, port: int) -> list[str]:
    """Every address of the host, by the system's resolver. Raises OSError where there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, multicast and reserved addresses, also inside an IPv6 address."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
    return ip.is_global and not ip.is_multicast


NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PinnedBackend(httpcore.NetworkBackend):
    """Resolves, checks and connects in one step, so that a second answer of the name server changes nothing. Hosts in
    `allowed` may be private. Every read and write ends by `deadline` (on `clock`), however slowly bytes arrive."""

    def __init__(
        self,
        allowed: frozenset[str],
        resolve: Resolve,
        deadline: float,
        clock: Callable[[], float] = time.monotonic,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._allowed, self._resolve, self._deadline, self._clock = allowed, resolve, deadline, clock
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        last: Exception | None = None
        for address in self._addresses(host, port):
            try:
                left = min(timeout or 10.0, self._left())
                return TimedStream(self._inner.connect_tcp(address, port, left, local_address), self._left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or AddressRefused(f"the host {host!r} is not known.")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError, ValueError) as error:
            raise AddressRefused(f"the host {host!r} is not known.") from error
        if host.lower().rstrip(".") not in self._allowed and not all(map(is_public, found)):
            raise AddressRefused(f"{host!r} is an address inside a private network, which is not fetched.")
        return found

    def _left(self) -> float:
        left = self._deadline - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("it took too long.")
        return left


class TimedStream(httpcore.NetworkStream):
    """A stream whose every step must end within the time left."""

    def __init__(self, inner: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._inner, self._left = inner, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, min(timeout or 10.0, self._left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, min(timeout or 10.0, self._left()))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, min(timeout or 10.0, self._left()))
        return TimedStream(inner, self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
