"""Fetching from servers that are slow, large, endless, misdirecting or malicious."""

import gzip
import io
import time
import zipfile
import zlib
from collections.abc import Iterator

import pytest

from knowledge.errors import BadDocument, Gone
from knowledge.fetching.addresses import is_public
from knowledge.fetching.fetch import Limits, Web, fetch
from knowledge.fetching.manners import Visitor
from knowledge.parse.document import parse
from tests.knowledge.site import Handler, Site, article_page, running

LOOPBACK = frozenset({"127.0.0.1"})
SMALL = Limits(most_bytes=1_000_000, seconds=3.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        yield one


@pytest.fixture
def web() -> Web:
    return Web(LOOPBACK, limits=SMALL, sleep=lambda seconds: None)


def test_a_page_is_fetched_from_a_host_that_is_allowed(site: Site, web: Web) -> None:
    found = web.get(site.page("/a", "hello", ETag='"v1"'))
    assert (found.content, found.etag, found.content_type) == (b"hello", '"v1"', "text/html; charset=utf-8")


def test_a_host_inside_the_network_is_refused_unless_allowed(site: Site) -> None:
    url = site.page("/a", "secret")
    with pytest.raises(BadDocument, match="inside a private network"):
        fetch(url)
    with pytest.raises(BadDocument, match="inside a private network"):
        fetch(url.replace("127.0.0.1", "localhost"))
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1",
     "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


def test_a_public_address_is_known() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_a_name_that_is_public_at_first_and_loopback_then_never_reaches_loopback(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else next(answers)

    connected: list[str] = []

    class Recording(__import__("httpcore").SyncBackend):  # type: ignore[misc]
        def connect_tcp(self, host: str, port: int, *args: object, **kwargs: object) -> object:
            connected.append(host)
            raise __import__("httpcore").ConnectError("not in a test")

    site.page("/a", "secret")
    url = site.url("/a", "rebind.example")
    web = Web(limits=SMALL, resolve=rebinding, sleep=lambda seconds: None, network=Recording())
    with pytest.raises(BadDocument, match="inside a private network"):
        web.get(url)
    # The first try went to the address that was checked; the second answer was refused before any connection.
    assert connected == ["93.184.216.34"]
    assert site.asked == []


def test_a_name_is_connected_to_by_the_address_that_was_checked(site: Site) -> None:
    web = Web(frozenset({"intranet.example"}), limits=SMALL, resolve=lambda host, port: ["127.0.0.1"])
    site.page("/a", "hello")
    assert web.get(site.url("/a", "Intranet.example")).content == b"hello"
    assert site.asked[0][1]["Host"].startswith("intranet.example")


def test_a_redirect_into_the_network_is_refused(site: Site) -> None:
    site.pages["/in"] = lambda to: to.reply(b"", status=302, Location=site.url("/secret", "inside.example"))
    site.page("/secret", "secret")
    web = Web(LOOPBACK, limits=SMALL, resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(BadDocument, match=r"'inside\.example' is an address inside"):
        web.get(site.url("/in"))
    assert site.paths() == ["/in"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "//", "http://[bad"])
def test_a_redirect_to_something_else_than_a_web_address_is_refused(site: Site, web: Web, target: str) -> None:
    site.pages["/in"] = lambda to: to.reply(b"", status=301, Location=target)
    with pytest.raises(BadDocument):
        web.get(site.url("/in"))


def test_an_endless_redirect_ends(site: Site, web: Web) -> None:
    site.pages["/round"] = lambda to: to.reply(b"", status=302, Location="/round")
    with pytest.raises(BadDocument, match="redirects more than 5 times"):
        web.get(site.url("/round"))
    assert len(site.asked) == 6


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_what_unpacks_to_too_much_is_refused(site: Site, web: Web, pack: object) -> None:
    encoding = "gzip" if pack is gzip.compress else "deflate"
    bomb = pack(b"0" * 50_000_000)  # type: ignore[operator]
    assert len(bomb) < 100_000
    url = site.page("/bomb", bomb, Content_Encoding=encoding)
    with pytest.raises(BadDocument, match="unpacks to more than 1 MB"):
        web.get(url)


def test_a_packed_file_within_a_packed_answer_is_bounded_too(site: Site, web: Web) -> None:
    inner = gzip.compress(b"0" * 50_000_000)
    url = site.page("/bomb.xml.gz", gzip.compress(inner), "application/xml", Content_Encoding="gzip")
    with pytest.raises(BadDocument, match="unpacks to more than 1 MB"):
        web.get(url)


def test_a_zip_archive_is_refused_unopened(site: Site, web: Web) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", "0" * 50_000_000)
    with pytest.raises(BadDocument, match="zip archive"):
        web.get(site.page("/a.zip", packed.getvalue(), "application/zip"))


def test_what_is_packed_well_is_unpacked(site: Site, web: Web) -> None:
    for encoding, body in (("gzip", gzip.compress(b"hello")), ("deflate", zlib.compress(b"hello")[2:-4])):
        assert web.get(site.page(f"/{encoding}", body, Content_Encoding=encoding)).content == b"hello"
    with pytest.raises(BadDocument, match="compression is broken"):
        web.get(site.page("/broken", b"\x1f\x8bnot gzip", Content_Encoding="gzip"))


def test_a_page_of_200_megabytes_is_given_up_early(site: Site, web: Web) -> None:
    sent = [0]

    def endless(to: Handler) -> None:
        to.send_response(200)
        to.send_header("Content-Type", "text/html")
        to.send_header("Connection", "close")
        to.end_headers()
        to.close_connection = True
        for _ in range(3_200):
            to.wfile.write(b"x" * 65_536)
            sent[0] += 65_536

    site.pages["/large"] = endless
    with pytest.raises(BadDocument, match="larger than 1 MB"):
        web.get(site.url("/large"))
    assert sent[0] < 40_000_000


def test_a_page_that_says_it_is_too_large_is_not_read(site: Site, web: Web) -> None:
    def told(to: Handler) -> None:
        to.send_response(200)
        to.send_header("Content-Length", "200000000")
        to.end_headers()
        to.close_connection = True

    site.pages["/large"] = told
    with pytest.raises(BadDocument, match="larger than 1 MB"):
        web.get(site.url("/large"))


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_server_that_sends_a_byte_at_a_time_is_given_up_in_time(site: Site, where: str) -> None:
    def drip(to: Handler) -> None:
        to.wfile.write(b"HTTP/1.1 200 OK\r\n" if where == "headers" else b"HTTP/1.1 200 OK\r\n\r\n")
        to.close_connection = True
        for _ in range(100):
            to.wfile.write(b"x")
            to.wfile.flush()
            time.sleep(0.1)

    site.pages["/slow"] = drip
    web = Web(LOOPBACK, limits=Limits(seconds=0.6), sleep=lambda seconds: None)
    start = time.monotonic()
    with pytest.raises(BadDocument, match="too long"):
        web.get(site.url("/slow"))
    assert time.monotonic() - start < 3


def test_a_busy_server_is_asked_again_after_longer_and_longer_waits(site: Site) -> None:
    waits: list[float] = []
    answers = iter([503, 503, 200])
    site.pages["/busy"] = lambda to: to.reply(b"at last", status=next(answers))
    assert Web(LOOPBACK, sleep=waits.append).get(site.url("/busy")).content == b"at last"
    assert waits == [1.0, 3.0]


def test_a_server_that_stays_busy_is_given_up_and_its_wish_to_wait_is_kept(site: Site) -> None:
    waits: list[float] = []
    site.pages["/busy"] = lambda to: to.reply(b"", status=429, Retry_After="7")
    with pytest.raises(BadDocument, match="answered 429"):
        Web(LOOPBACK, sleep=waits.append).get(site.url("/busy"))
    assert waits == [7.0, 21.0]
    assert len(site.asked) == 3


def test_what_has_not_changed_is_not_sent_again(site: Site, web: Web) -> None:
    site.pages["/a"] = lambda to: (
        to.reply(b"", status=304) if to.headers.get("If-None-Match") == '"v1"' else to.reply(b"hello", ETag='"v1"')
    )
    assert web.get(site.url("/a"), etag='"v1"').unchanged
    assert not web.get(site.url("/a"), etag='"v0"').unchanged


def test_what_is_gone_is_told_apart_from_what_failed(site: Site, web: Web) -> None:
    site.pages["/gone"] = lambda to: to.reply(b"", status=410)
    with pytest.raises(Gone) as gone:
        web.get(site.url("/gone"))
    assert gone.value.status == 410
    site.pages["/secret"] = lambda to: to.reply(b"", status=403)
    with pytest.raises(BadDocument, match="answered 403") as refused:
        web.get(site.url("/secret"))
    assert not isinstance(refused.value, Gone)


def test_a_page_in_another_charset_is_read_as_it_is_meant(site: Site, web: Web) -> None:
    text = "Die Kühlung in Köln kostet 40 Millionen Euro im Jahr, und die Löhne steigen ebenfalls schnell."
    page = article_page("Kühlung", text).encode("latin-1")
    for charset in ("utf-8", "no-such-charset", "iso-8859-1"):
        raw = fetch(site.page("/koeln", page, f"text/html; charset={charset}"), web)
        assert "Kühlung in Köln" in parse(raw)[0].text


def test_robots_txt_is_kept_to_and_read_once(site: Site, web: Web) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n", "text/plain")
    site.page("/open", "open")
    site.page("/private/a", "private")
    visitor = Visitor(web)
    assert visitor.get(site.url("/open")).content == b"open"
    with pytest.raises(BadDocument, match=r"robots\.txt"):
        visitor.get(site.url("/private/a"))
    assert site.paths() == ["/robots.txt", "/open"]


def test_a_redirect_is_held_against_robots_txt_too(site: Site, web: Web) -> None:
    site.page("/robots.txt", "User-agent: Outlay\nDisallow: /private\n", "text/plain")
    site.pages["/go"] = lambda to: to.reply(b"", status=302, Location="/private/a")
    with pytest.raises(BadDocument, match=r"robots\.txt"):
        Visitor(web).get(site.url("/go"))
    assert "/private/a" not in site.paths()


def test_a_robots_txt_that_cannot_be_read_keeps_us_away_and_a_missing_one_does_not(site: Site, web: Web) -> None:
    site.page("/open", "open")
    assert Visitor(web).get(site.url("/open")).content == b"open"
    site.pages["/robots.txt"] = lambda to: to.reply(b"", status=503)
    with pytest.raises(BadDocument, match=r"robots\.txt could not be read"):
        Visitor(web).get(site.url("/open"))


def test_two_requests_to_one_host_are_apart(site: Site) -> None:
    now, waits = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    class Public(Web):
        def get(self, url, etag="", last_modified="", permitted=None):  # type: ignore[no-untyped-def]
            if permitted:
                permitted(url)
            robots = b"User-agent: *\nCrawl-delay: 3\n" if url.startswith("https://slow") else b""
            return __import__("knowledge.fetching.fetch", fromlist=["Fetched"]).Fetched(url, robots)

    visitor = Visitor(Public(), clock=lambda: now[0], sleep=sleep)
    for url in ("https://a.example/1", "https://a.example/2", "https://slow.example/1", "https://slow.example/2"):
        visitor.get(url)
    assert waits == [1.0, 3.0]
