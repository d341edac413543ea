"""The `outlay` command. Nothing heavy is imported before the command that needs it runs."""

from __future__ import annotations

import logging
import os
import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from bot.commands import digest, knowledge, mcp, prices, records, serve, spend

HINT = "Set OUTLAY_DEBUG=1 to see where."

app = typer.Typer(
    name="outlay",
    help="Answers a company's questions about what AI costs, on the command line and in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(spend.app, name="spend")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(prices.app, name="prices")
app.add_typer(digest.app, name="digest")
app.add_typer(serve.slack, name="slack")
app.command()(serve.serve)
app.command()(serve.doctor)
app.command()(records.audit)
app.command()(records.forget)
app.command()(mcp.mcp)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a reply.")]
Today = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day that counts as today.")]
As = Annotated[str | None, typer.Option("--as", metavar="USER", help="Ask as this person; default: the operator.")]
Channel = Annotated[str | None, typer.Option(metavar="CHANNEL", help="Ask in this channel; default: in private.")]
Thread = Annotated[str | None, typer.Option(metavar="ID", help="Conversation whose earlier questions count.")]


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question; - reads one question a line from standard input.")],
    as_json: Json = False,
    today: Today = None,
    as_user: As = None,
    channel: Channel = None,
    thread: Thread = None,
) -> None:
    """Answer a question, with its figures, sources and assumptions."""
    from bot.commands.ask import run

    run(question, as_json=as_json, today=today, asker=as_user, channel=channel, thread=thread)


@app.command()
def chat(today: Today = None, as_user: As = None, channel: Channel = None) -> None:
    """Hold a conversation in the terminal."""
    from bot.commands.ask import converse

    converse(today=today, asker=as_user, channel=channel)


@app.command(
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "allow_interspersed_args": False,
        "help_option_names": [],
    }
)
def calc(context: typer.Context) -> None:
    """Do one calculation by its name, such as training_cost; --help lists them."""
    from bot.commands.calc import run

    run(context.args)


@app.command("eval")
def evaluate(
    file: Annotated[
        str | None,
        typer.Argument(help="Questions with expected figures, one JSON object a line; default: those Outlay ships."),
    ] = None,
    times: Annotated[int, typer.Option(metavar="N", help="Ask each N times; pass^N: right every time.")] = 1,
    as_json: Json = False,
) -> None:
    """Ask each question of a file, compare the figures, print the accuracy.

    Without FILE the shipped questions are asked of an invented example company, with your OUTLAY_MODEL."""
    from bot.commands.evaluate import run

    run(file, times=times, as_json=as_json)


def main() -> None:
    """Run the command. What is wrong with its input is one sentence on standard error and exit code 2, a fault of ours
    one sentence and exit code 1; OUTLAY_DEBUG=1 shows where it happened."""
    debug = bool(os.environ.get("OUTLAY_DEBUG"))
    _prepare(debug)
    try:
        code = app(standalone_mode=False)
    except typer.Exit as stop:
        code = stop.exit_code
    except (typer.Abort, KeyboardInterrupt, BrokenPipeError):
        code = 130
    except Exception as error:
        if hasattr(error, "format_message"):  # how click says that the command line itself is wrong
            _say(_sentence(error))
            code = 2
        elif _is_for_the_reader(error):
            _say(str(error))
            code = 2
        elif debug:
            raise
        elif isinstance(error, OSError) and error.filename and error.strerror:
            _say(f"{error.filename}: {error.strerror}.")
            code = 2
        else:
            _say(f"Something went wrong in Outlay itself ({type(error).__name__}). {HINT}")
            code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _prepare(debug: bool) -> None:
    """Text that the terminal cannot show is replaced, never an error; what is logged is one line without a traceback
    unless it is asked for. `serve` sets up a log of its own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not debug:
        quiet = logging.StreamHandler()
        quiet.setLevel(logging.ERROR)
        quiet.setFormatter(_OneLine())
        logging.lastResort = quiet


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        kind = f" ({record.exc_info[0].__name__})" if record.exc_info and record.exc_info[0] else ""
        return f"{record.getMessage().rstrip('.')}{kind}. {HINT}"


def _is_for_the_reader(error: Exception) -> bool:
    from knowledge.errors import KnowledgeError
    from tools.errors import ToolError

    return isinstance(error, ToolError | KnowledgeError)


def _sentence(error: Exception) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    command = getattr(getattr(error, "ctx", None), "command_path", "outlay")
    return f"{message.rstrip('.')}. See {command} --help."


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
