"""Sitemaps (sitemaps.org 0.9): the addresses of a site's pages with the day each was changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from knowledge.documents import RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.dates import day_from
from knowledge.parse.text import one_line

MOST = 50_000


@dataclass(frozen=True, slots=True)
class Place:
    """`is_map` where the address is another sitemap's."""

    url: str
    changed_on: date | None = None
    is_map: bool = False


def parse_sitemap(raw: RawDocument) -> list[Place]:
    """The newest first, undated ones last; a sitemap of plain lines is read too. Entities are not expanded. Raises
    BadDocument where there is no address in it."""
    etree: Any = import_module("lxml.etree")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root: Any = etree.fromstring(raw.content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    places = _places(root) if root is not None else _lines(raw.content)
    if not places:
        raise BadDocument(raw.name, "this is not a sitemap, or there is no address in it.")
    return sorted(places, key=lambda place: place.changed_on or date.min, reverse=True)


def _places(root: Any) -> list[Place]:
    found = []
    for node in list(root.iter("{*}url", "{*}sitemap"))[:MOST]:
        url = one_line(node.findtext("{*}loc"), 2000)
        changed = node.findtext("{*}lastmod") or node.findtext(".//{*}publication_date")
        if url.startswith(("http://", "https://")):
            found.append(Place(url, day_from(changed), str(node.tag).endswith("sitemap")))
    return found


def _lines(content: bytes) -> list[Place]:
    lines = content.decode("utf-8", "replace").splitlines()[:MOST]
    return [Place(line.strip()) for line in lines if line.strip().startswith(("http://", "https://"))]
