"""What the other commands print, and that they can be run again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CHARGES, Outlay
from tests.ledger.focus import charge, write

DOCUMENTS = (
    {
        "title": "Orchard Compute raises prices",
        "url": "https://news.example/orchard",
        "publisher": "Example Wire",
        "published_on": "2026-10-05",
        "text": "Orchard Compute raised the hourly price of its accelerators by nine percent in October 2026.",
    },
    {
        "title": "Harbour cools its data centre with sea water",
        "url": "https://news.example/harbour",
        "publisher": "Example Wire",
        "published_on": "2025-03-01",
        "text": "The port of Harbour cools a data centre with sea water and saves a third of the electricity.",
    },
)


def loads(text: str) -> Any:
    return json.loads(text)


def test_an_import_says_what_was_read_to_the_cent(outlay: Outlay, tmp_path: Path) -> None:
    """60 + 100.25 + 41.75 + 900 + 50 + 30 = 1,182.00."""
    bill = write(tmp_path / "bill.csv", CHARGES)
    ran = outlay("spend", "import", bill, "--json")
    (told,) = loads(ran.out)["files"]
    assert (ran.code, ran.err) == (0, "")
    assert set(told) == {"file", "format", "rows", "skipped", "billed", "effective", "currency", "from", "to"}
    assert told["file"].endswith("bill.csv")
    assert (told["rows"], told["skipped"], told["currency"]) == (6, [], "USD")
    assert (told["billed"], told["effective"]) == ("1182", "1182")
    assert (told["from"], told["to"]) == ("2026-09-15", "2026-11-18")
    assert "FOCUS" in told["format"]


def test_importing_again_doubles_nothing(outlay: Outlay, tmp_path: Path) -> None:
    bill = write(tmp_path / "bill.csv", CHARGES)
    for _ in range(2):
        assert outlay("spend", "import", bill).code == 0
    reply = loads(outlay("ask", "What did we spend in October 2026?", "--json", "--today", "2026-11-23").out)
    assert reply["figures"][0]["value"] == "1042"


def test_tiny_and_huge_amounts_are_shown_without_an_exponent(outlay: Outlay, tmp_path: Path) -> None:
    """0.0000001 + 12,345,678,901.25 = 12345678901.2500001."""
    rows = [charge("2026-10-01", "0.0000001"), charge("2026-10-02", "12345678901.25")]
    told = loads(outlay("spend", "import", write(tmp_path / "bill.csv", rows), "--json").out)["files"][0]
    assert told["effective"] == "12345678901.2500001"


def test_several_files_are_told_in_the_order_given(outlay: Outlay, tmp_path: Path) -> None:
    """142 in one file, 900 in the other."""
    one = write(tmp_path / "one.csv", [CHARGES[1], CHARGES[2]])
    other = write(tmp_path / "other.csv", [CHARGES[3]])
    told = loads(outlay("spend", "import", other, one, "--json").out)["files"]
    assert [file["effective"] for file in told] == ["900", "142"]


def test_documents_are_added_once_and_found_best_first(outlay: Outlay, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(f"{json.dumps(document)}\n" for document in DOCUMENTS))
    added = outlay("knowledge", "add", path, "--json")
    assert added.code == 0
    assert isinstance(loads(added.out), dict)
    assert outlay("knowledge", "add", path).out == "0 documents added, 0 changed, 2 unchanged.\n"
    ran = outlay("knowledge", "search", "accelerator prices raised", "-k", "5", "--json")
    found = loads(ran.out)
    assert found["query"] == "accelerator prices raised"
    first = found["results"][0]
    assert set(first) == {"id", "title", "publisher", "url", "published_on", "score", "text"}
    assert (first["title"], first["url"]) == (DOCUMENTS[0]["title"], DOCUMENTS[0]["url"])
    assert (first["publisher"], first["published_on"]) == ("Example Wire", "2026-10-05")
    assert "nine percent" in first["text"]
    scores = [result["score"] for result in found["results"]]
    assert scores == sorted(scores, reverse=True)
    since = loads(outlay("knowledge", "search", "data centre", "--since", "2026-01-01", "--json").out)
    assert DOCUMENTS[1]["url"] not in [result["url"] for result in since["results"]]


def test_one_query_a_line_gets_one_answer_a_line(outlay: Outlay, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("".join(f"{json.dumps(document)}\n" for document in DOCUMENTS))
    outlay("knowledge", "add", path)
    ran = outlay("knowledge", "search", "-", "--json", stdin=b"sea water\n\n\xff\xfe\n" + b"prices " * 5_000)
    answers = [loads(line) for line in ran.out.splitlines()]
    assert (ran.code, ran.err) == (0, "")
    assert len(answers) == 4
    assert answers[0]["results"][0]["url"] == DOCUMENTS[1]["url"]
    assert answers[1] == {"query": "", "results": []}


def test_a_search_of_nothing_finds_nothing(outlay: Outlay) -> None:
    ran = outlay("knowledge", "search", "GPU prices", "--json")
    assert (ran.code, loads(ran.out)) == (0, {"query": "GPU prices", "results": []})


def test_a_document_that_cannot_be_read_is_named_and_nothing_is_added(outlay: Outlay, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(DOCUMENTS[0]) + '\n{"title": "half')
    ran = outlay("knowledge", "add", path)
    if ran.code == 0:
        assert "news.jsonl" in ran.out + ran.err, "what was left out must be named"
    else:
        assert ran.code == 2
        assert "news.jsonl, line 2" in ran.err


def test_the_digest_shows_the_weeks_change(outlay: Outlay, tmp_path: Path) -> None:
    """The week of 16 November: 30 + 5 + 7 = 42.00; the week before 50.00: down 8.00."""
    sunday = (
        charge("2026-11-22", "5.00", team="orion", provider="OpenAI", service="OpenAI API"),
        charge("2026-11-22", "7.00", team="support", provider="Anthropic", service="Claude API"),
    )
    outlay("spend", "import", write(tmp_path / "bill.csv", (*CHARGES, *sunday)))
    ran = outlay("digest", "preview", "--channel", "C1", "--today", "2026-11-23", "--json")
    reply = loads(ran.out)
    assert ran.code == 0
    assert reply["status"] == "answered"
    assert {"42", "50", "-8"} <= {figure["value"] for figure in reply["figures"]}
    assert "$42.00" in reply["text"]
    plain = outlay("digest", "preview", "--channel", "C1", "--today", "2026-11-23")
    assert plain.out.strip()


def test_without_data_there_is_no_figure_in_the_digest(outlay: Outlay) -> None:
    ran = outlay("digest", "preview", "--channel", "C1", "--json")
    assert ran.code == 0
    assert loads(ran.out)["figures"] == []


def test_the_doctor_says_what_is_there_and_what_to_do(
    outlay: Outlay, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "access.toml").write_text("everyone = 5")
    monkeypatch.setenv("OUTLAY_MODEL", "openai:gpt-4o")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_ADMIN_KEY", raising=False)
    ran = outlay("doctor")
    lines = {line[5:].split(":")[0]: line for line in ran.out.splitlines()}
    assert (ran.code, ran.err) == (0, "")
    assert lines["ledger"].startswith("ok   ledger: Billing data from 15 September 2026 through 18 November 2026")
    assert lines["knowledge"].startswith("todo")
    assert "access.toml" in lines["access"]
    assert lines["access"].startswith("todo")
    assert "OPENAI_API_KEY" in lines["model"]
    assert "SLACK_BOT_TOKEN" in lines["slack"]


def test_the_doctor_never_shows_a_secret(outlay: Outlay, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "hidden-5up3r-secret")
    ran = outlay("doctor")
    assert "5up3r" not in ran.out + ran.err


def test_the_slack_manifest_is_json(outlay: Outlay) -> None:
    manifest = loads(outlay("slack", "manifest").out)
    assert manifest["display_information"]["name"]
    assert "app_mention" in manifest["settings"]["event_subscriptions"]["bot_events"]


@pytest.mark.usefixtures("home")
def test_an_evaluation_counts_what_is_right_wrong_and_refused(outlay: Outlay, tmp_path: Path) -> None:
    """October: orion 142, support 900; a tolerance of 1% of 143 is 1.43, and 143 - 142 = 1."""
    today = "2026-11-23"
    ask = "What did {} spend in October 2026?"
    cases: list[dict[str, Any]] = [
        {"id": "good", "question": ask.format("orion"), "figures": [{"value": "142.00", "unit": "USD"}]},
        {"id": "near", "question": ask.format("orion"), "figures": [{"value": 143, "unit": "usd", "tolerance": "1%"}]},
        {
            "id": "far",
            "question": ask.format("orion"),
            "figures": [{"value": "143", "unit": "USD", "tolerance": "0.5"}],
        },
        {"id": "unit", "question": ask.format("support"), "figures": [{"value": "900", "unit": "EUR"}]},
        {
            "id": "rate",
            "question": "List price of gpt-4o per million output tokens?",
            "figures": [{"value": "10", "unit": "USD"}],
        },
        {"id": "unknown", "question": "What is our CEO's salary?", "status": "unknown"},
        {"id": "refused", "question": "What is our CEO's salary?", "figures": [{"value": "1", "unit": "USD"}]},
        {"id": "cites", "question": ask.format("support"), "sources_any": ["https://news.example/none"]},
        {"id": "denied", "question": ask.format("support"), "as": "U_BEN", "status": "denied"},
        {"id": "t1", "question": ask.format("orion"), "thread": "T", "figures": [{"value": "142"}]},
        {"id": "t2", "question": "and in September?", "thread": "T", "figures": [{"value": "60"}]},
    ]
    (tmp_path / "home" / "access.toml").write_text('everyone = "nothing"')
    path = tmp_path / "questions.jsonl"
    path.write_text("\ufeff" + "\n\n".join(json.dumps(case | {"today": today}) for case in cases), encoding="utf-8")
    ran = outlay("eval", path, "--json")
    told = loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert (told["asked"], told["right"], told["wrong"], told["refused"]) == (11, 7, 3, 1)
    assert told["accuracy"] == 0.6364, "7 of 11"
    assert {miss["id"]: miss["verdict"] for miss in told["misses"]} == {
        "far": "wrong",
        "unit": "wrong",
        "cites": "wrong",
        "refused": "refused",
    }
    assert told["cost_usd"] == "0"
    people = outlay("eval", path)
    assert "7 of 11 right, 3 wrong, 1 refused" in people.out
