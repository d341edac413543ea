"""What a source holds that is new: its documents fetched and read, but not yet stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from knowledge.decide import article_id
from knowledge.documents import Article, Filing, Format, Quarter
from knowledge.errors import BadDocument, Gone
from knowledge.fetching.fetch import Fetched, format_of, raw_document
from knowledge.fetching.visits import Visit, after_failure, after_success
from knowledge.parse.document import parse
from knowledge.parse.sitemap import parse_sitemap
from knowledge.reports.companies import company_of_ticker, fiscal_year_end, plain_name, ticker_of
from knowledge.sources import Source

FORMATS: dict[str, Format] = {"rss": "feed", "atom": "feed", "jsonfeed": "jsonfeed"}
MOST_MAPS = 3
MOST_FILINGS = 2
FORMS = ("10-K", "10-Q", "20-F")
# A page that is missing so many times in a row is taken to be withdrawn; one that is said to be gone, at once.
MISSING = 3
# How far a date of publication may lie ahead of the clock, which time zones explain.
AHEAD = timedelta(days=1)


class Fetches(Protocol):
    def get(self, url: str, etag: str = "", last_modified: str = "") -> Fetched: ...


class Remembers(Protocol):
    def of(self, url: str) -> Visit: ...


@dataclass(frozen=True, slots=True)
class Harvest:
    """`articles` are to be stored, what is stored under the keys `withdrawn` is to be erased, and then `visits` to be
    recorded. `error` says why the source itself could not be read; `refused` pairs its pages with their errors."""

    source: Source
    articles: tuple[Article, ...] = ()
    withdrawn: tuple[str, ...] = ()
    visits: tuple[Visit, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    error: str = ""
    unchanged: bool = False


def gather(source: Source, web: Fetches, remembered: Remembers, now: datetime) -> Harvest:
    """Raises nothing for what the source, its pages or its host do."""
    visit = remembered.of(source.url)
    try:
        found = web.get(source.url, visit.etag, visit.last_modified)
        if found.unchanged:
            done = after_success(visit, now, False, found.etag or visit.etag, visit.last_modified)
            return Harvest(source, visits=(done,), unchanged=True)
        if not found.content.strip():
            raise BadDocument(source.url, "the server sent nothing.")
        harvest = _read(source, found, web, remembered, now)
    except BadDocument as error:
        if source.kind == "sec" and error.why == "the server answered 403.":
            error = BadDocument(
                error.file, "the SEC answers only who names a contact (name and e-mail) in the User-Agent."
            )
        failed = after_failure(visit, now, str(error))
        withdrawn = (source.url,) if source.kind in ("html", "pdf") and _is_withdrawn(error, failed) else ()
        return Harvest(source, withdrawn=withdrawn, visits=(failed,), error=str(error))
    except Exception as error:
        # A parser that fails on one source in a way of its own must not stop the others.
        why = f"{source.url}: it could not be read ({type(error).__name__})."
        return Harvest(source, visits=(after_failure(visit, now, why),), error=why)
    done = after_success(visit, now, bool(harvest.articles), found.etag, found.last_modified)
    articles = tuple(_dated(one, now.date() + AHEAD) for one in harvest.articles)
    return replace(harvest, articles=articles, visits=(*harvest.visits, done))


def _read(source: Source, found: Fetched, web: Fetches, remembered: Remembers, now: datetime) -> Harvest:
    match source.kind:
        case "rss" | "atom" | "jsonfeed":
            articles = parse(raw_document(found, source.url, FORMATS[source.kind]))
            if not source.follow:
                return Harvest(source, tuple(_of(source, article) for article in articles))
            own: dict[str, Article | None] = {
                one.url: one for one in articles if one.url.startswith(("http://", "https://"))
            }
            return _follow(source, own, web, remembered, now)
        case "sitemap":
            pages = _pages(source, found, web)
            return _follow(source, dict.fromkeys(pages), web, remembered, now)
        case "html" | "pdf":
            format_: Format = "pdf" if source.kind == "pdf" else format_of(found)
            articles = parse(raw_document(found, source.url, format_))
            return Harvest(source, tuple(_of(source, article) for article in articles))
        case "sec":
            return _filings(source, found, web, remembered, now)


def _follow(
    source: Source, pages: dict[str, Article | None], web: Fetches, remembered: Remembers, now: datetime
) -> Harvest:
    """The pages not visited before or due again, the newest first. Where a page cannot be read, the feed's own text of
    it is taken."""
    articles: list[Article] = []
    visits: list[Visit] = []
    refused: list[tuple[str, str]] = []
    withdrawn: list[str] = []
    wanted = [url for url in pages if not source.match or re.search(source.match, url)]
    for url in [url for url in wanted if remembered.of(url).is_due(now)][: source.most]:
        visit, instead = remembered.of(url), pages[url]
        try:
            found = web.get(url, visit.etag, visit.last_modified)
            if found.unchanged:
                visits.append(after_success(visit, now, False, found.etag or visit.etag, visit.last_modified))
                continue
            read = parse(raw_document(found, url))
        except BadDocument as error:
            failed = after_failure(visit, now, str(error))
            visits.append(failed)
            refused.append((url, str(error)))
            if _is_withdrawn(error, failed):
                withdrawn.append(url)
            elif instead is not None:
                articles.append(_of(source, instead))
            continue
        articles += [_of(source, one, instead.published_on if instead else None) for one in read]
        visits.append(after_success(visit, now, visit.checked_at is not None, found.etag, found.last_modified))
    return Harvest(source, tuple(articles), tuple(withdrawn), tuple(visits), tuple(refused))


def _pages(source: Source, found: Fetched, web: Fetches) -> list[str]:
    places = parse_sitemap(raw_document(found, source.url, "text"))
    pages = [place for place in places if not place.is_map]
    for place in [place for place in places if place.is_map][:MOST_MAPS]:
        inner = web.get(place.url)
        read = parse_sitemap(raw_document(inner, place.url, "text"))
        pages += [one for one in read if not one.is_map]
    return [place.url for place in sorted(pages, key=lambda place: place.changed_on or date.min, reverse=True)]


def _filings(source: Source, found: Fetched, web: Fetches, remembered: Remembers, now: datetime) -> Harvest:
    """The newest annual and quarterly reports of a company, from the SEC's list of its submissions."""
    articles: list[Article] = []
    visits: list[Visit] = []
    for url, filing, filed_on in list(_listed(source, found))[:MOST_FILINGS]:
        visit = remembered.of(url)
        if visit.checked_at and not visit.failures:
            continue
        page = web.get(url)
        for article in parse(raw_document(page, url)):
            title = " ".join(part for part in (filing.company, filing.form, filing.period) if part)
            one = replace(article, title=title, publisher=source.publisher or "SEC", published_on=filed_on)
            articles.append(_identified(replace(one, topic=source.topic, filing=filing)))
        visits.append(after_success(visit, now, False, page.etag, page.last_modified))
    return Harvest(source, tuple(articles), visits=tuple(visits))


def _listed(source: Source, found: Fetched) -> Iterator[tuple[str, Filing, date]]:
    try:
        told: Any = json.loads(found.content)
        recent = told["filings"]["recent"]
        number = int(told["cik"])
        company = source.company or plain_name(str(told["name"]))
        columns = ("form", "accessionNumber", "primaryDocument", "filingDate", "reportDate")
        rows = list(zip(*(recent[column] for column in columns), strict=True))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadDocument(source.url, "this is not the SEC's list of a company's submissions.") from error
    ticker = ticker_of(company)
    for form, accession, document, filed, ended in rows:
        if form in FORMS and re.fullmatch(r"[\w.-]+", document) and re.fullmatch(r"[\d-]+", accession):
            ended_on, filed_on = date.fromisoformat(ended), date.fromisoformat(filed)
            end = fiscal_year_end(ticker or company) or 12
            year = ended_on.year + (ended_on.month > end)
            quarter = None if form in ("10-K", "20-F") else (ended_on.month - end - 1) % 12 // 3 + 1
            name = company_of_ticker(ticker) if ticker else company
            url = f"https://www.sec.gov/Archives/edgar/data/{number}/{accession.replace('-', '')}/{document}"
            yield url, Filing(name, ticker, form, None, Quarter(year, quarter), ended_on), filed_on


def _of(source: Source, article: Article, published_on: date | None = None) -> Article:
    """With what the list of sources knows better than the page."""
    return _identified(
        replace(
            article,
            publisher=source.publisher or article.publisher,
            topic=article.topic or source.topic,
            published_on=article.published_on or published_on,
        )
    )


def _dated(article: Article, latest: date) -> Article:
    """Without a date of publication that is still to come: it would stay the newest for as long as it says."""
    if article.published_on is None or article.published_on <= latest:
        return article
    return _identified(replace(article, published_on=None))


def _identified(article: Article) -> Article:
    told = (article.key, article.title, article.publisher, article.published_on, article.text)
    return replace(article, id=article_id(*told))


def _is_withdrawn(error: BadDocument, failed: Visit) -> bool:
    return isinstance(error, Gone) and (error.status == 410 or failed.failures >= MISSING)
