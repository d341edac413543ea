"""Fetching companyfacts from the SEC under its rules: who we are in the User-Agent, at most ten requests a second."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tools.errors import BadInput, ToolError, Unknown
from tools.filings.facts import CompanyFacts, parse_facts

if TYPE_CHECKING:
    import httpx

SEC = "https://data.sec.gov"
SECONDS_BETWEEN_REQUESTS = 0.11
TRIES = 3
LARGEST_BYTES = 200_000_000
NAME_AND_EMAIL = re.compile(r"\S.*\s+\S*[^\s@]@[^\s@]+\.[^\s@]+")


class FetchFailed(ToolError):
    """The SEC did not give the file; the sentence says why."""


def file_name(cik: int) -> str:
    return f"CIK{cik:010d}.json"


def fetch_facts(
    cik: int,
    client: httpx.Client,
    user_agent: str,
    folder: Path,
    *,
    base_url: str = SEC,
    sleep: Callable[[float], None],
) -> CompanyFacts:
    """Download the facts of `cik` into `folder`, in place of an older file, and return them.

    `user_agent` must name a person or company and an e-mail address, as the SEC asks ("Example Ltd ann@example.com").
    429 and 5xx are retried. A failed download leaves the older file as it was. BadInput, Unknown (no such company)
    or FetchFailed.
    """
    check_user_agent(user_agent)
    text = _get(f"{base_url}/api/xbrl/companyfacts/{file_name(cik)}", client, user_agent, cik, sleep)
    facts = parse_facts(text, file=file_name(cik))
    if facts.cik != cik:
        raise FetchFailed(f"The SEC answered with the facts of CIK {facts.cik} instead of {cik}.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file_name(cik)
    partial = target.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(target)
    return facts


def fetch_all(
    ciks: Sequence[int],
    client: httpx.Client,
    user_agent: str,
    folder: Path,
    *,
    base_url: str = SEC,
    sleep: Callable[[float], None],
) -> dict[int, CompanyFacts | ToolError]:
    """Each company's facts, or why they could not be had: one failure does not stop the others."""
    check_user_agent(user_agent)
    outcomes: dict[int, CompanyFacts | ToolError] = {}
    for cik in ciks:
        if outcomes:
            sleep(SECONDS_BETWEEN_REQUESTS)
        try:
            outcomes[cik] = fetch_facts(cik, client, user_agent, folder, base_url=base_url, sleep=sleep)
        except ToolError as error:
            outcomes[cik] = error
    return outcomes


def check_user_agent(user_agent: str) -> None:
    """BadInput unless it names somebody and an e-mail address."""
    if not NAME_AND_EMAIL.fullmatch(user_agent.strip()) or "\n" in user_agent:
        raise BadInput(
            "The SEC wants a User-Agent with a name and an e-mail address, such as 'Example Ltd ann@example.com'."
        )


def _get(url: str, client: httpx.Client, user_agent: str, cik: int, sleep: Callable[[float], None]) -> str:
    import httpx

    headers = {"User-Agent": user_agent.strip(), "Accept": "application/json"}
    why = ""
    for attempt in range(TRIES):
        if attempt:
            sleep(SECONDS_BETWEEN_REQUESTS * 10**attempt)
        try:
            response = client.get(url, headers=headers)
        except httpx.HTTPError as error:
            why = f"the connection failed ({type(error).__name__})"
            continue
        if response.status_code == 200:
            if len(response.content) > LARGEST_BYTES:
                raise FetchFailed(f"The SEC's file for CIK {cik} is too large to read.")
            return response.content.decode("utf-8", errors="strict")
        if response.status_code == 404:
            raise Unknown(f"The SEC has no XBRL facts for CIK {cik}.")
        if response.status_code == 403:
            raise FetchFailed("The SEC refused the request (403): check the User-Agent, or wait ten minutes.")
        why = f"it answered {response.status_code}"
    raise FetchFailed(f"The SEC's facts for CIK {cik} could not be fetched: {why}.")
