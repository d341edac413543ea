"""Fetching under the SEC's rules, against a loopback server that keeps them; the table of companies."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.filings.made_up import companyfacts
from tools.errors import BadInput, NeedsChoice, Unknown
from tools.filings.companies import companies, find_company, known_companies
from tools.filings.fetch import SECONDS_BETWEEN_REQUESTS, FetchFailed, fetch_all, fetch_facts

WHO = "Example Ltd ann@example.com"


class Sec(ThreadingHTTPServer):
    """Answers as data.sec.gov does: 403 without a contact in the User-Agent, 404 for a company without facts."""

    answers: dict[str, list[tuple[int, bytes]]]
    asked: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Sec

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if "@" not in (self.headers.get("User-Agent") or ""):
            return self.reply(403, b"Request Rate Threshold Exceeded")
        queue = self.server.answers.get(self.path, [])
        if not queue:
            return self.reply(404, b"not found")
        return self.reply(*(queue.pop(0) if len(queue) > 1 else queue[0]))

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def sec() -> Iterator[Sec]:
    server = Sec(("127.0.0.1", 0), Handler)
    server.answers, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=5) as open_client:
        yield open_client


def address(cik: int) -> str:
    return f"/api/xbrl/companyfacts/CIK{cik:010d}.json"


def test_facts_are_stored_in_the_folder_and_read_back(sec: Sec, client: httpx.Client, tmp_path: Path) -> None:
    sec.answers[address(1234)] = [(200, companyfacts().encode())]
    facts = fetch_facts(1234, client, WHO, tmp_path / "filings", base_url=sec.url, sleep=lambda _: None)
    assert facts.name == "Made Up Inc"
    [(company, path)] = known_companies(tmp_path / "filings")
    assert (company.cik, path.name) == (1234, "CIK0000001234.json")


@pytest.mark.parametrize("who", ["", "python-httpx/0.28", "ann@example.com", "Example Ltd", "A b\nX: c@d.ef"])
def test_without_a_name_and_an_address_nothing_is_asked(
    sec: Sec, client: httpx.Client, tmp_path: Path, who: str
) -> None:
    with pytest.raises(BadInput, match="name and an e-mail"):
        fetch_facts(1234, client, who, tmp_path, base_url=sec.url, sleep=lambda _: None)
    assert sec.asked == []


def test_a_busy_server_is_asked_again_after_a_pause(sec: Sec, client: httpx.Client, tmp_path: Path) -> None:
    sec.answers[address(1234)] = [(429, b""), (503, b""), (200, companyfacts().encode())]
    pauses: list[float] = []
    fetch_facts(1234, client, WHO, tmp_path, base_url=sec.url, sleep=pauses.append)
    assert len(sec.asked) == 3
    assert pauses[0] >= 1
    assert pauses[1] > pauses[0]


def test_a_company_without_facts_is_unknown(sec: Sec, client: httpx.Client, tmp_path: Path) -> None:
    with pytest.raises(Unknown, match="CIK 99"):
        fetch_facts(99, client, WHO, tmp_path, base_url=sec.url, sleep=lambda _: None)


@pytest.mark.parametrize(("status", "body"), [(200, b"{ half"), (200, companyfacts().encode()), (500, b""), (403, b"")])
def test_a_failed_fetch_leaves_the_older_file_as_it_was(
    sec: Sec, client: httpx.Client, tmp_path: Path, status: int, body: bytes
) -> None:
    held = tmp_path / "CIK0000000077.json"
    held.write_text("older")
    sec.answers[address(77)] = [(status, body)]
    with pytest.raises((BadInput, FetchFailed)):
        fetch_facts(77, client, WHO, tmp_path, base_url=sec.url, sleep=lambda _: None)
    assert held.read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == [held.name]


def test_many_are_fetched_at_most_ten_a_second_and_one_failure_stops_none(
    sec: Sec, client: httpx.Client, tmp_path: Path
) -> None:
    sec.answers[address(1234)] = [(200, companyfacts().encode())]
    pauses: list[float] = []
    outcomes = fetch_all([99, 1234, 98], client, WHO, tmp_path, base_url=sec.url, sleep=pauses.append)
    assert [type(outcome).__name__ for outcome in outcomes.values()] == ["Unknown", "CompanyFacts", "Unknown"]
    assert pauses == [SECONDS_BETWEEN_REQUESTS] * 2
    assert SECONDS_BETWEEN_REQUESTS >= 0.1


def test_no_connection_is_a_sentence(client: httpx.Client, tmp_path: Path) -> None:
    with pytest.raises(FetchFailed, match="could not be fetched"):
        fetch_facts(1234, client, WHO, tmp_path, base_url="http://127.0.0.1:9", sleep=lambda _: None)


@pytest.mark.parametrize(
    ("said", "cik"),
    [
        ("NVDA", 1045810),
        ("nvidia", 1045810),
        ("Nvidia's", 1045810),
        ("google", 1652044),
        ("TSMC", 1046179),
        ("2488", 2488),
    ],
)
def test_a_company_is_found_as_people_say_it(said: str, cik: int) -> None:
    assert find_company(said).cik == cik


def test_a_misspelt_name_is_found_and_a_strange_one_is_unknown() -> None:
    assert find_company("micrsoft").ticker == "MSFT"
    with pytest.raises(Unknown) as error:
        find_company("Acme Widgets")
    assert error.value.nearest


def test_the_table_has_no_company_twice() -> None:
    table = companies()
    assert len(table) >= 40
    assert len({company.cik for company in table}) == len({company.ticker for company in table}) == len(table)
    names = [name.casefold() for company in table for name in company.names]
    assert len(set(names)) == len(names)


def test_an_empty_or_absent_folder_knows_no_company(tmp_path: Path) -> None:
    assert known_companies(tmp_path) == []
    assert known_companies(tmp_path / "absent") == []


def test_a_name_between_two_companies_is_asked_back() -> None:
    for company in companies():
        try:
            assert find_company(company.name) == company
        except NeedsChoice:
            pytest.fail(f"{company.name} is ambiguous by its own name")
