"""`outlay serve`, `outlay doctor` and `outlay slack manifest`."""

from __future__ import annotations

import json

import typer

slack = typer.Typer(help="Connect Outlay to Slack.", no_args_is_help=True)


def serve() -> None:
    """Answer in Slack: Socket Mode with SLACK_APP_TOKEN, else HTTP with SLACK_SIGNING_SECRET."""
    from bot.serving import run
    from bot.wiring import load_settings

    run(load_settings())


def doctor() -> None:
    """Check settings, data, model and Slack, and say what to do."""
    from bot.doctor import report
    from bot.wiring import load_settings

    findings = report(load_settings())
    for finding in findings:
        print(f"{'ok  ' if finding.fine else 'todo'} {finding.what}: {finding.sentence}")


@slack.command()
def manifest() -> None:
    """Print the app manifest to paste at api.slack.com/apps."""
    from bot.slack.manifest import manifest as build

    print(json.dumps(build(), indent=2))
