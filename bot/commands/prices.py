"""`outlay prices`: renew what the hardware catalogue knows."""

from __future__ import annotations

import json
from typing import Annotated

import typer

app = typer.Typer(help="Renew the rents of accelerators.", no_args_is_help=True, callback=lambda: None)


@app.command()
def refresh(
    clouds: Annotated[list[str] | None, typer.Argument(metavar="[CLOUD]...", help="Only these: aws, gcp, ...")] = None,
    source: Annotated[str | None, typer.Option("--from", metavar="URL", help="Another address of the lists.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was read as JSON.")] = False,
) -> None:
    """Read the public price lists of clouds into the hardware catalogue; the former ones stay where a list fails."""
    from bot.wiring import build_web, load_settings, today_in
    from knowledge.errors import KnowledgeError
    from tools.errors import BadInput
    from tools.hardware.refresh import CATALOGUE, CLOUDS, catalogue_address, refresh_rents

    settings = load_settings()
    web = build_web(settings)
    addresses = {cloud: catalogue_address(cloud, source or CATALOGUE) for cloud in clouds or CLOUDS}

    def fetch(url: str) -> str:
        return _text(web.get(url).content, url)

    done: list[dict[str, object]] = []
    for cloud, address in addresses.items():
        line: dict[str, object] = {"cloud": cloud, "from": address, "offers": 0, "skipped": 0, "failure": None}
        try:
            read = refresh_rents({cloud: address}, fetch, settings.home, today_in(settings))
            line |= {"offers": read.offers, "skipped": read.skipped}
        except (KnowledgeError, BadInput) as error:
            line["failure"] = str(error)
        done.append(line)
        if not as_json:
            read_said = f"{line['offers']} offers; {line['skipped']} rows have no known chip or no price."
            print(f"{cloud}: {line['failure'] or read_said}")
    if as_json:
        print(json.dumps({"clouds": done}, ensure_ascii=False))
    if any(line["failure"] for line in done):
        raise typer.Exit(1)


def _text(content: bytes, url: str) -> str:
    from tools.errors import BadInput

    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("it is not UTF-8 text", file=url) from None
