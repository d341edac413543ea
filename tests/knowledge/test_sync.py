"""Syncing sources: what is new is stored once, what fails stops nothing else, what is withdrawn is erased."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.embed import Embedder
from knowledge.fetching.fetch import Fetched, Limits, Web
from knowledge.fetching.manners import Visitor
from knowledge.fetching.sync import SyncReport, statuses, sync
from knowledge.fetching.visits import LONGEST, SHORTEST, Visit, after_failure, after_success
from knowledge.index import add, remove
from knowledge.searching.search import search
from knowledge.sources import Source
from knowledge.store import open_store
from tests.knowledge.site import Site, article_page, running
from tests.knowledge.texts import pdf_with

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WEB = Web(frozenset({"127.0.0.1"}), limits=Limits(most_bytes=2_000_000, seconds=5.0), sleep=lambda seconds: None)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        yield one


def rss(*entries: tuple[str, str, str], title: str = "Chip Herald") -> str:
    items = "".join(
        f"<item><title>{name}</title><link>{link}</link><pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate>"
        f"<description>{text}</description></item>"
        for name, link, text in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


ORLEN = (
    "Orlen Silicon raises prices",
    "https://herald.example/1",
    "Orlen Silicon raised the price of its N4 chip by 8%.",
)


def source(site: Site, kind: str, path: str, **more: object) -> Source:
    return Source(path, site.url(path), kind, "hardware", "for tests", **more)  # type: ignore[arg-type]


def synced(tmp_path: Path, embedder: Embedder, sources: list[Source], now: datetime = NOW) -> SyncReport:
    return sync(tmp_path / "kb", embedder, now, Visitor(WEB), sources=sources)


def stored(tmp_path: Path, embedder: Embedder) -> dict[str, str]:
    store = open_store(tmp_path / "kb", embedder)
    heads = {head.title: head.url for head in store.registry.heads()}
    store.close()
    return heads


def test_a_feed_is_stored_once_and_asked_for_changes_only(tmp_path: Path, embedder: Embedder, site: Site) -> None:
    body = rss(ORLEN).encode()
    site.pages["/feed"] = lambda to: (
        to.reply(b"", status=304)
        if to.headers.get("If-None-Match") == '"v1"'
        else to.reply(body, "application/rss+xml", ETag='"v1"')
    )
    feed = source(site, "rss", "/feed")
    assert synced(tmp_path, embedder, [feed]).added == 1
    assert synced(tmp_path, embedder, [feed]) == SyncReport(not_due=1)
    again = synced(tmp_path, embedder, [feed], NOW + timedelta(days=8))
    assert (again.visited, again.unchanged, again.added) == (1, 1, 0)
    assert stored(tmp_path, embedder) == {ORLEN[0]: ORLEN[1]}


def test_every_kind_of_feed_is_read(tmp_path: Path, embedder: Embedder, site: Site) -> None:
    site.page(
        "/atom",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Grid Notes</title><entry><title>Grid full</title>'
        '<link href="https://grid.example/1"/><updated>2026-11-19T08:00:00Z</updated>'
        "<content>The Utrecht grid has no room for another data centre.</content></entry></feed>",
        "application/atom+xml",
    )
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Price Wire",
        "items": [
            {
                "id": "7",
                "url": "https://wire.example/7",
                "title": "Fennel halves its price",
                "content_html": "<p>Fennel AI halved the price of output tokens.</p><script>alert(1)</script>",
                "date_published": "2026-11-18T10:00:00Z",
            },
            {"id": "8", "title": "No text"},
            "not an item",
        ],
    }
    site.page("/json", json.dumps(feed), "application/feed+json")
    site.page("/page", article_page("Tariffs", "Marrow Cloud lists accelerators at 2.40 dollars an hour since Monday."))
    site.page("/report.pdf", pdf_with(["Cooling report\nCooling takes 31 percent of power in old halls."]))
    site.page("/news/a", article_page("Quarry opens", "The Quarry campus opened with 60 megawatts of power."))
    site.page("/jobs/b", article_page("A job", "We are looking for a gardener who likes server halls and ponds."))
    site.page("/inner.xml", f"<urlset><url><loc>{site.url('/news/a')}</loc></url><url><loc>{site.url('/jobs/b')}</loc>"
              "</url></urlset>", "application/xml")  # fmt: skip
    site.page("/map.xml", f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>"
              f"{site.url('/inner.xml')}</loc></sitemap></sitemapindex>", "application/xml")  # fmt: skip
    report = synced(
        tmp_path,
        embedder,
        [
            source(site, "atom", "/atom"),
            source(site, "jsonfeed", "/json", publisher="Wire"),
            source(site, "html", "/page"),
            source(site, "pdf", "/report.pdf"),
            source(site, "sitemap", "/map.xml", match="/news/"),
        ],
    )
    assert report.failed == ()
    assert report.added == 5
    store = open_store(tmp_path / "kb", embedder)
    found = search(store, "Fennel AI price of output tokens", 1)[0]
    assert (found.publisher, found.published_on and found.published_on.isoformat()) == ("Wire", "2026-11-18")
    assert "alert" not in found.text
    assert {head.topic for head in store.registry.heads()} == {"hardware"}
    store.close()
    assert "/jobs/b" not in site.paths()


def test_a_company_s_newest_filings_are_read_as_reports(
    tmp_path: Path, embedder: Embedder, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    recent = {
        "form": ["4", "10-Q", "10-K"],
        "accessionNumber": ["0-1", "0001045810-26-000101", "0001045810-26-000021"],
        "primaryDocument": ["x.xml", "nvda-q.htm", "nvda-k.htm"],
        "filingDate": ["2026-11-19", "2026-08-27", "2026-02-25"],
        "reportDate": ["2026-11-17", "2026-07-26", "2026-01-25"],
    }
    listed = {"cik": "1045810", "name": "NVIDIA CORP", "filings": {"recent": recent}}
    site.page("/submissions.json", json.dumps(listed), "application/json")
    report = article_page("x", "Inventory provisions rose in the second quarter because demand for older parts fell.")

    class Filings:
        def __init__(self) -> None:
            self.urls: list[str] = []

        def get(self, url: str, etag: str = "", last_modified: str = ""):  # type: ignore[no-untyped-def]
            from knowledge.fetching.fetch import Fetched

            self.urls.append(url)
            if url.startswith("https://www.sec.gov/"):
                return Fetched(url, report.replace("second", f"second ({len(self.urls)})").encode(), "text/html")
            return WEB.get(url, etag, last_modified)

    web = Filings()
    done = sync(tmp_path / "kb", embedder, NOW, web, sources=[source(site, "sec", "/submissions.json")])
    assert done.added == 2
    assert web.urls[1] == "https://www.sec.gov/Archives/edgar/data/1045810/000104581026000101/nvda-q.htm"
    store = open_store(tmp_path / "kb", embedder)
    # Nvidia's fiscal year 2027 ends in January 2027: July 2026 is its second quarter.
    assert {str(head.filing.fiscal) for head in store.registry.heads() if head.filing} == {"Q2 2027", "2026"}
    assert (
        search(store, "Why did Nvidia's inventory provisions rise in Q2 fiscal 2027?", 1)[0].period == "fiscal Q2 2027"
    )
    store.close()


def test_a_source_that_fails_is_reported_and_stops_no_other(tmp_path: Path, embedder: Embedder, site: Site) -> None:
    site.page("/feed", rss(ORLEN), "application/rss+xml")
    site.page("/broken", "<rss><channel><item><title>half", "application/rss+xml")
    site.page("/empty", "")
    site.page("/noise", bytes(range(256)) * 40, "application/rss+xml")
    sources = [source(site, "rss", path) for path in ("/broken", "/missing", "/empty", "/noise", "/feed")]
    sources.insert(2, Source("inside", "http://10.0.0.1/feed", "rss", "hardware", "for tests"))
    report = synced(tmp_path, embedder, sources)
    assert report.added == 1
    assert {one.name for one in report.failed} == {"/broken", "/missing", "/empty", "/noise", "inside"}
    assert "6 sources visited, 5 could not be read" in report.sentence()
    told = {one.name: one for one in statuses(tmp_path / "kb", sources)}
    assert told["/feed"].is_well
    assert "private network" in told["inside"].why
    assert told["/missing"].why.endswith("the server answered 404.")
    assert told["/missing"].next_at == NOW + timedelta(minutes=30)


def test_a_parser_that_breaks_in_a_way_of_its_own_stops_no_other(
    tmp_path: Path, embedder: Embedder, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(raw: object) -> list[object]:
        raise RecursionError

    site.page("/feed", rss(ORLEN), "application/rss+xml")
    site.page("/map.xml", "<urlset/>", "application/xml")
    monkeypatch.setattr("knowledge.fetching.gather.parse_sitemap", breaks)
    report = synced(tmp_path, embedder, [source(site, "sitemap", "/map.xml"), source(site, "rss", "/feed")])
    assert (report.added, len(report.failed)) == (1, 1)
    assert report.failed[0].why.endswith("it could not be read (RecursionError).")


def test_a_page_that_is_withdrawn_leaves_nothing_behind(tmp_path: Path, embedder: Embedder, site: Site) -> None:
    page = source(site, "html", "/page")
    site.page("/page", article_page("Tariffs", "Marrow Cloud lists accelerators at 2.40 dollars an hour since Monday."))
    synced(tmp_path, embedder, [page])
    site.pages["/page"] = lambda to: to.reply(b"", status=410)
    assert synced(tmp_path, embedder, [page], NOW + timedelta(days=8)).erased == 1
    assert stored(tmp_path, embedder) == {}
    left = b"".join(file.read_bytes() for file in (tmp_path / "kb").rglob("*") if file.is_file())
    assert b"Marrow Cloud" not in left


def test_a_sync_that_is_stopped_keeps_what_it_stored_and_goes_on_later(
    tmp_path: Path, embedder: Embedder, site: Site
) -> None:
    for at in range(20):
        entry = (f"Story {at}", f"https://herald.example/{at}", f"Orlen Silicon opened fab number {at} in Brno.")
        site.page(f"/feed{at}", rss(entry), "application/rss+xml")
    sources = [source(site, "rss", f"/feed{at}") for at in range(20)]

    class Slow(Visitor):
        def get(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
            time.sleep(0.3)
            return super().get(url, etag, last_modified)

    def stop(done: int, of: int | None) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(tmp_path / "kb", embedder, NOW, Slow(WEB), stop, sources)
    assert len(stored(tmp_path, embedder)) == 3
    # What had not begun was left alone: six at a time, and the stop came within the first rounds.
    assert len([path for path in site.paths() if path.startswith("/feed")]) < 20
    report = synced(tmp_path, embedder, sources)
    assert (report.added, report.not_due) == (17, 3)
    assert len(stored(tmp_path, embedder)) == 20


def test_a_source_that_is_off_is_not_visited_and_is_told(tmp_path: Path, embedder: Embedder, site: Site) -> None:
    site.page("/feed", rss(ORLEN), "application/rss+xml")
    off = source(site, "rss", "/feed", enabled=False, note="its terms forbid it")
    report = synced(tmp_path, embedder, [off])
    assert (report.visited, report.off, site.asked) == (0, ("/feed",), [])
    assert "1 off" in report.sentence()
    assert statuses(tmp_path / "kb", [off]) == []


def test_the_sec_s_refusal_says_what_it_wants(tmp_path: Path, embedder: Embedder, site: Site) -> None:
    site.pages["/submissions.json"] = lambda to: to.reply(b"", status=403)
    [failed] = synced(tmp_path, embedder, [source(site, "sec", "/submissions.json")]).failed
    assert "names a contact" in failed.why


def test_what_was_removed_is_not_brought_back_by_a_sync_but_by_adding_it(
    tmp_path: Path, embedder: Embedder, site: Site
) -> None:
    page = source(site, "html", "/page")
    url = site.page("/page", article_page("Tariffs", "Marrow Cloud lists accelerators at 2.40 dollars an hour."))
    synced(tmp_path, embedder, [page])
    assert remove([url], tmp_path / "kb", embedder) == 1
    assert synced(tmp_path, embedder, [page], NOW + timedelta(days=8)).added == 0
    assert add([url], tmp_path / "kb", embedder, web=WEB).added == 1
    assert synced(tmp_path, embedder, [page], NOW + timedelta(days=16)).failed == ()
    assert set(stored(tmp_path, embedder)) == {"Tariffs"}


def test_a_page_that_is_missing_once_is_kept(tmp_path: Path, embedder: Embedder, site: Site) -> None:
    page = source(site, "html", "/page")
    site.page("/page", article_page("Tariffs", "Marrow Cloud lists accelerators at 2.40 dollars an hour since Monday."))
    synced(tmp_path, embedder, [page])
    del site.pages["/page"]
    for day, erased in ((8, 0), (10, 0), (12, 1)):
        assert synced(tmp_path, embedder, [page], NOW + timedelta(days=day)).erased == erased


def test_the_text_of_a_feed_stands_in_for_a_page_that_cannot_be_read(
    tmp_path: Path, embedder: Embedder, site: Site
) -> None:
    site.page("/1", article_page("Orlen", "Orlen Silicon raised the price of its N4 chip by 8% and of its N5 by 11%."))
    one, two = (
        (ORLEN[0], site.url("/1"), ORLEN[2]),
        ("Second story", site.url("/2"), "Hale Metals sells gallium."),
    )
    site.page("/feed", rss(one, two), "application/rss+xml")
    report = synced(tmp_path, embedder, [source(site, "rss", "/feed", follow=True)])
    assert (report.added, [url for url, _ in report.refused]) == (2, [site.url("/2")])
    store = open_store(tmp_path / "kb", embedder)
    assert "N5 by 11%" in search(store, "Orlen Silicon N4 chip price", 1)[0].text
    assert "gallium" in search(store, "Hale Metals gallium", 1)[0].text
    store.close()


def test_the_interval_shrinks_with_changes_and_grows_without() -> None:
    visit = Visit("u")
    often = after_success(visit, NOW, True)
    assert (often.minutes, often.next_at) == (180.0, NOW + timedelta(minutes=180))
    assert after_success(often, NOW, False).minutes == 270.0
    for _ in range(40):
        visit, often = after_success(visit, NOW, False), after_success(often, NOW, True)
    assert (visit.minutes, often.minutes) == (LONGEST, SHORTEST)
    failing = visit
    waits = []
    for _ in range(8):
        failing = after_failure(failing, NOW, "down")
        assert failing.next_at is not None
        waits.append((failing.next_at - NOW).total_seconds() / 60)
    assert waits == [30, 60, 120, 240, 480, 960, 1440, 1440]
    assert after_success(failing, NOW, False).failures == 0
