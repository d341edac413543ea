"""The OpenAI and Anthropic consoles' exports: dollars from the one, tokens from the other, no spend without a cost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tools.errors import BadInput
from tools.ledger.ledger import Ledger, charges
from tools.ledger.storing.importing import ImportReport, import_files
from tools.ledger.tokens.tokens import is_batch, kind_of

ANTHROPIC_COST = (
    "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,cost_type,"
    "inference_geo,speed\n"
)
ANTHROPIC_USAGE = (
    "usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,"
    "usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,"
    "usage_output_tokens,web_search_count,inference_geo,speed\n"
)
OPENAI_COST = (
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id,"
    "organization_id,organization_name\n"
)
OPENAI_COST_WITH_QUANTITY = (
    "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item,"
    "user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source\n"
)
OPENAI_USAGE = (
    "start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,"
    "service_tier,input_tokens,output_tokens,input_cached_tokens,input_uncached_tokens\n"
)
DAY = "1790553600,1790640000,2026-09-28T00:00:00+00:00,2026-09-29T00:00:00+00:00"
"""1,790,553,600 seconds are 20,724 days: 2026-09-28."""


def given(tmp_path: Path, *texts: str) -> tuple[list[ImportReport], list[dict[str, Any]]]:
    """The reports and the stored rows of files with these texts, imported in one command."""
    paths = []
    for place, text in enumerate(texts):
        path = tmp_path / f"file-{place}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    reports = import_files(tmp_path / "home", paths)
    table = charges()
    found = Ledger(tmp_path / "home").rows(table.order_by("x_Source", "x_Line"))
    return reports, [dict(zip(table.columns, row, strict=True)) for row in found]


def anthropic(kind: str, cost: str, day: str = "2026-09-03", usage_type: str = "message") -> str:
    return f"{day},Claude Haiku 4.5,Default,key-1,{usage_type},≤ 200k,{kind},{cost},{cost},token,global,\n"


def test_anthropic_costs_are_dollars_not_cents(tmp_path: Path) -> None:
    text = ANTHROPIC_COST + anthropic("input_no_cache", "123.45") + anthropic("output", "0.05")
    (report,), rows = given(tmp_path, text)
    assert (report.format, report.billed, report.effective, report.currency) == (
        "Anthropic cost CSV",
        Decimal("123.50"),
        Decimal("123.50"),
        "USD",
    )
    assert {row["x_Model"] for row in rows} == {"claude-haiku-4-5"}
    assert {row["x_Provider"] for row in rows} == {"Anthropic"}
    assert any("rounds" in note for note in report.notes)


def test_a_workspace_is_a_tag_and_no_team(tmp_path: Path) -> None:
    _, (row,) = given(tmp_path, ANTHROPIC_COST + anthropic("output", "1.00"))
    assert row["x_Team"] is None
    assert dict(row["x_Tags"])["workspace"] == "Default"


def test_tokens_of_the_usage_export_come_to_their_cost_rows(tmp_path: Path) -> None:
    costs = ANTHROPIC_COST + "".join(
        anthropic(kind, cost)
        for kind, cost in (
            ("input_no_cache", "1.00"),
            ("input_cache_read", "0.80"),
            ("input_cache_write_5m", "2.50"),
            ("output", "1.50"),
        )
    )
    tokens = "1000000,2000000,0,8000000,300000"
    usage = ANTHROPIC_USAGE + f"2026-09-03,claude-haiku-4-5-20251001,key-1,Default,standard,≤ 200k,{tokens},0,global,\n"
    (first, second), rows = given(tmp_path, usage, costs)
    assert (first.format, first.rows, first.billed, first.to_json()["billed"]) == ("Anthropic usage CSV", 1, None, None)
    assert second.billed == Decimal("5.80")  # 1.00 + 0.80 + 2.50 + 1.50
    assert {row["SkuMeter"]: (row["ConsumedQuantity"], row["ConsumedUnit"]) for row in rows} == {
        "input tokens": (Decimal(1_000_000), "tokens"),
        "cached input tokens": (Decimal(8_000_000), "tokens"),
        "cache write tokens": (Decimal(2_000_000), "tokens"),
        "output tokens": (Decimal(300_000), "tokens"),
    }


def test_tokens_that_fit_no_single_cost_row_are_told_and_left_out(tmp_path: Path) -> None:
    costs = ANTHROPIC_COST + anthropic("output", "1.00") + anthropic("output", "2.00")
    usage = ANTHROPIC_USAGE + "2026-09-03,claude-haiku-4-5,key-1,Default,standard,≤ 200k,0,0,0,0,700,0,global,\n"
    (_, told), rows = given(tmp_path, costs, usage)
    assert [row["ConsumedQuantity"] for row in rows] == [None, None]
    assert told.notes == ("700 tokens fit no single cost row of the files given with it, and were left out.",)


@pytest.mark.parametrize(
    ("token_type", "usage_type", "kind", "batch"),
    [
        ("input_no_cache", "message", "input", False),
        ("input_cache_read", "message", "cached_input", False),
        ("input_cache_write_5m", "message", "cache_write", False),
        ("input_cache_write_1h", "message", "cache_write_1h", False),
        ("output", "message_batch", "output", True),
    ],
)
def test_the_meter_says_the_kind_of_token_to_the_ledger(
    tmp_path: Path, token_type: str, usage_type: str, kind: str, batch: bool
) -> None:
    _, (row,) = given(tmp_path, ANTHROPIC_COST + anthropic(token_type, "1.00", usage_type=usage_type))
    names = (row["SkuMeter"], row["ChargeDescription"])
    assert (kind_of(names), is_batch(names)) == (kind, batch)


def test_batch_tokens_do_not_come_to_the_costs_of_other_requests(tmp_path: Path) -> None:
    costs = ANTHROPIC_COST + anthropic("output", "1.00")
    usage = ANTHROPIC_USAGE + "2026-09-03,claude-haiku-4-5,key-1,Default,batch,≤ 200k,0,0,0,0,700,0,global,\n"
    _, (row,) = given(tmp_path, costs, usage)
    assert row["ConsumedQuantity"] is None


@pytest.mark.parametrize(
    "text",
    [
        ANTHROPIC_USAGE + "2026-09-03,claude-haiku-4-5,key-1,Default,standard,≤ 200k,1,0,0,0,700,0,global,\n",
        OPENAI_USAGE + f"{DAY},proj_a,1,,,gpt-5,FALSE,default,10,5,0,10\n",
    ],
)
def test_tokens_without_costs_are_refused_rather_than_taken_for_free(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match="tokens and no costs"):
        given(tmp_path, text)
    assert not (tmp_path / "home" / "ledger").exists()


def test_the_same_tokens_given_twice_count_once_and_other_counts_of_a_day_are_refused(tmp_path: Path) -> None:
    costs = ANTHROPIC_COST + anthropic("output", "1.00")
    usage = ANTHROPIC_USAGE + "2026-09-03,claude-haiku-4-5,key-1,Default,standard,≤ 200k,0,0,0,0,700,0,global,\n"
    _, (row,) = given(tmp_path, costs, usage, usage)
    assert row["ConsumedQuantity"] == 700
    with pytest.raises(BadInput, match=r"file-2\.csv: Tokens of 2026-09-03"):
        given(tmp_path, costs, usage, usage.replace(",700,", ",900,"))


def test_an_anthropic_row_without_a_date_or_with_a_bad_cost_is_rejected_by_line(tmp_path: Path) -> None:
    text = (
        ANTHROPIC_COST + anthropic("output", "1.00") + anthropic("output", "$2.00") + anthropic("output", "3", day="")
    )
    (report,), _ = given(tmp_path, text)
    assert [(item.line, item.why.split(":")[0]) for item in report.skipped] == [
        (3, "BilledCost"),
        (4, "usage_date_utc is empty"),
    ]
    assert report.billed == Decimal("1.00")


def test_openai_costs_are_read_by_day_model_and_kind(tmp_path: Path) -> None:
    empty = "1790467200,1790553600,2026-09-27T00:00:00+00:00,2026-09-28T00:00:00+00:00,,,,,,\n"
    text = (
        OPENAI_COST
        + empty
        + f'{DAY},0.5000000000000000,usd,"gpt-4o-2024-08-06, input",proj_a,org-1,Acme\n'
        + f'{DAY},0.25,usd,"gpt-4o-2024-08-06, cached input",proj_a,org-1,Acme\n'
        + f"{DAY},0.01,usd,web search,proj_a,org-1,Acme\n"
    )
    (report,), rows = given(tmp_path, text)
    assert (report.format, report.rows, report.skipped, report.billed) == (
        "OpenAI cost CSV",
        3,
        (),
        Decimal("0.76"),
    )
    assert [(row["x_Model"], row["SkuMeter"], str(row["x_Day"]), row["BillingAccountId"]) for row in rows] == [
        ("gpt-4o", "input tokens", "2026-09-28", "openai"),
        ("gpt-4o", "cached input tokens", "2026-09-28", "openai"),
        (None, "web search", "2026-09-28", "openai"),
    ]


def test_openai_tokens_that_include_cached_ones_are_split(tmp_path: Path) -> None:
    costs = OPENAI_COST + "".join(
        f'{DAY},{cost},usd,"gpt-5-2025-08-07, {what}",proj_a,org-1,Acme\n'
        for what, cost in (("input", "1"), ("cached input", "2"), ("output", "3"))
    )
    usage = OPENAI_USAGE + (
        f"{DAY},proj_a,8.0,user-1,key_1,gpt-5-2025-08-07,FALSE,default,46264.0,60000.0,8192.0,38072.0\n"
        f"{DAY},proj_a,1.0,user-1,key_2,gpt-5-2025-08-07,FALSE,default,1000.0,5.0,0.0,1000.0\n"
        f"{DAY},,,,,,,,,,,\n"
    )
    (_, told), rows = given(tmp_path, costs, usage)
    assert {row["SkuMeter"]: row["ConsumedQuantity"] for row in rows} == {
        "input tokens": Decimal(39072),  # 46,264 - 8,192 + 1,000
        "cached input tokens": Decimal(8192),
        "output tokens": Decimal(60005),
    }
    assert (told.rows, told.notes) == (2, ())


def test_openai_quantities_of_newer_exports_are_kept(tmp_path: Path) -> None:
    text = OPENAI_COST_WITH_QUANTITY + (
        f'{DAY},0.003835980000000000000000000000,usd,1000,tokens,"gpt-5-nano, input_tokens",,key_1,proj_a,org-1,'
        "Search,Acme,a@example.com,\n"
    )
    (report,), (row,) = given(tmp_path, text)
    assert report.billed == Decimal("0.00383598")
    assert (row["ConsumedQuantity"], row["ConsumedUnit"], row["x_Model"], row["x_Team"]) == (
        Decimal(1000),
        "tokens",
        "gpt-5-nano",
        None,
    )
    assert "a@example.com" not in str(row)


def test_totals_beside_line_items_are_refused_because_they_may_be_the_same_dollars(tmp_path: Path) -> None:
    text = OPENAI_COST + f"{DAY},0.5,usd,,,org-1,Acme\n" + f'{DAY},0.5,usd,"gpt-5, input",proj_a,org-1,Acme\n'
    with pytest.raises(BadInput, match=r"file-0.csv, line 2, column line_item.*total"):
        given(tmp_path, text)


def test_openai_moments_that_disagree_are_rejected(tmp_path: Path) -> None:
    local = DAY.replace("2026-09-28T00:00:00+00:00", "2026-09-28T00:00:00-07:00")
    text = OPENAI_COST + f"{DAY},1,usd,a,p,o,n\n" + f"{local},2,usd,a,p,o,n\n"
    (report,), _ = given(tmp_path, text)
    assert [item.why for item in report.skipped] == ["start_time and start_time_iso are not the same moment"]
    assert report.billed == 1


def test_an_openai_export_of_days_without_use_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing in it"):
        given(tmp_path, f"start_time,end_time,start_time_iso,end_time_iso\n{DAY}\n")


def test_the_same_console_export_given_again_does_not_double(tmp_path: Path) -> None:
    text = ANTHROPIC_COST + anthropic("output", "1.00")
    given(tmp_path, text)
    _, rows = given(tmp_path, text + anthropic("output", "2.00", day="2026-09-04"))
    assert sum(row["EffectiveCost"] for row in rows) == 3
