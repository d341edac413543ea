"""`outlay knowledge`: index news and reports, and search them."""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from knowledge.documents import Passage

app = typer.Typer(help="Index news and reports, and search them.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def add(
    sources: Annotated[list[str] | None, typer.Argument(metavar="PATH|URL...", help="Files, folders, pages.")] = None,
    starter: Annotated[bool, typer.Option("--starter", help="Add the starter pack of briefs.")] = False,
    as_json: Json = False,
) -> None:
    """Add documents; one that is already there and unchanged is left as it is."""
    from bot.terminal import progress_bar
    from bot.wiring import build_services, build_web, load_settings
    from knowledge.index import add as add_documents
    from tools.errors import BadInput

    wanted = list(sources or [])
    if starter:
        wanted.append(str(package_files("knowledge").joinpath("starter")))
    if not wanted:
        raise BadInput("Name at least one file, folder or address, or --starter.")
    settings = load_settings()
    services = build_services(settings)
    facts = [Path(name) for name in wanted if is_company_facts(Path(name))]
    held = [keep_company_facts(path, services.home) for path in facts]
    documents = [name for name in wanted if Path(name) not in facts]
    if documents:
        with progress_bar("Indexing") as progress:
            report = add_documents(
                documents,
                services.home / "knowledge",
                services.embedder,
                progress=progress,
                web=build_web(settings),
                chroma_url=settings.chroma_url,
            )
    if as_json:
        print(json.dumps({**(report.to_json() if documents else {}), "company_facts": held}, ensure_ascii=False))
        return
    if documents:
        print(report.sentence())
    for company in held:
        print(f"Company facts of {company} are on record.")


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME|URL...", help="What to erase, as it was added.")],
) -> None:
    """Erase documents for good, their text on disk included."""
    from bot.wiring import build_services, load_settings
    from knowledge.index import remove as erase
    from tools.errors import BadInput

    settings = load_settings()
    services = build_services(settings)
    erased = erase(names, services.home / "knowledge", services.embedder, chroma_url=settings.chroma_url)
    if not erased:
        raise BadInput(f"Nothing is indexed under {', '.join(names)}.")
    print(f"{erased:,} {'document' if erased == 1 else 'documents'} erased.")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for; - reads one query a line.")],
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages at most.")] = 10,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only what was published since this day.")] = None,
    as_json: Json = False,
) -> None:
    """The passages nearest to a query, best first."""
    from bot.wiring import build_services, load_settings
    from knowledge.searching.search import search as find

    day = _day(since)
    services = build_services(load_settings())
    queries = [query] if query != "-" else (raw.decode("utf-8", "replace").strip() for raw in sys.stdin.buffer)
    for text in queries:
        found = find(services.store, text, k=k, since=day) if text.strip() else []
        if as_json:
            print(json.dumps({"query": text, "results": [_as_json(p) for p in found]}, ensure_ascii=False), flush=True)
        elif query == "-":
            print(" | ".join(f"{p.title} ({p.url})" for p in found), flush=True)
        else:
            _show(found)


@app.command()
def sync(
    every: Annotated[bool, typer.Option("--all", help="Visit every source, also those not due yet.")] = False,
    as_json: Json = False,
) -> None:
    """Visit the sources of sources.toml that are due and index what is new."""
    from datetime import UTC, datetime

    from bot.terminal import progress_bar
    from bot.wiring import build_services, build_web, load_settings
    from knowledge.fetching.manners import Visitor
    from knowledge.fetching.sync import sync as visit
    from knowledge.sources import sources_of

    settings = load_settings()
    services = build_services(settings)
    listed = sources_of(settings.home)
    with progress_bar("Visiting") as progress:
        report = visit(
            services.home / "knowledge",
            services.embedder,
            datetime.now(UTC),
            Visitor(build_web(settings)),
            progress=progress,
            sources=listed,
            all_of_them=every,
            chroma_url=settings.chroma_url,
        )
    print(json.dumps(report.to_json(), ensure_ascii=False) if as_json else report.sentence())


def is_company_facts(path: Path) -> bool:
    """Whether a local file is the SEC's companyfacts JSON, by its name or its first keys."""
    if path.suffix != ".json" or not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(4096)
    return b'"cik"' in start and b'"facts"' in start


def keep_company_facts(path: Path, home: Path) -> str:
    """Check the file and keep it among the filings, whole or not at all; the company's name."""
    from bot.agent.toolbox.companies import filings_folder
    from tools.filings.facts import load_facts
    from tools.filings.fetch import file_name

    facts = load_facts(path)
    folder = filings_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{file_name(facts.cik)}.part"
    part.write_bytes(path.read_bytes())
    part.replace(folder / file_name(facts.cik))
    return facts.name


def _as_json(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "title": passage.title,
        "publisher": passage.publisher,
        "url": passage.url,
        "published_on": passage.published_on.isoformat() if passage.published_on else None,
        "score": round(passage.score, 6),
        "text": passage.text,
    }


def _show(found: list[Passage]) -> None:
    if not found:
        print("Nothing is indexed that fits.")
    for n, passage in enumerate(found, start=1):
        print(f"{n}. {passage.title} ({passage.publisher}, {passage.published_on or 'undated'}) {passage.url}")
        print(f"   {' '.join(passage.text.split())[:300]}")


def _day(text: str | None) -> date | None:
    from tools.errors import BadInput

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"--since takes a day such as 2026-11-01, not {text!r}.") from None


def starter_folder() -> Path:
    return Path(str(package_files("knowledge").joinpath("starter")))
