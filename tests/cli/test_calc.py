"""`outlay calc`: each tool by name, its arguments as options, the same figures as for a question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.agent.toolbox.catalogue import all_tools
from bot.commands.calc import OF_TALK
from tests.cli.conftest import Outlay, is_one_sentence
from tests.knowledge.site import running

TODAY = ("--today", "2026-11-23")


def test_help_lists_every_tool_with_one_line_each(outlay: Outlay) -> None:
    ran = outlay("calc", "--help")
    assert ran.code == 0
    listed = [line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")]
    assert listed == [tool.name for tool in all_tools() if tool.name not in OF_TALK]


def test_the_options_of_a_tool_are_its_arguments(outlay: Outlay) -> None:
    shown = outlay("calc", "energy", "--help").out
    energy = next(tool for tool in all_tools() if tool.name == "energy")
    for name in energy.arguments.model_fields:
        assert f"--{name.replace('_', '-')} " in shown


def test_the_figures_are_exact_decimals_under_json(outlay: Outlay) -> None:
    # 6 x 70e9 x 15e12 / (989.4e12 x 0.4 x 3600) = 4,421,871.84 hours; x 2 = 8,843,743.68
    given = ["--parameters", "70B", "--tokens", "15T", "--mfu", "40", "--accelerator", "H100", "--price-per-hour", "2"]
    ran = outlay("calc", "training-cost", *given, "--json", *TODAY)
    reply = json.loads(ran.out)
    assert reply["figures"][0]["value"].startswith("8843743.68")
    assert reply["status"] == "answered"
    assert reply["steps"][0]["args"]["mfu"] == "40"


def test_negative_amounts_and_several_values_are_values(outlay: Outlay) -> None:
    # -1000 + 500/1.1 + 500/1.21 + 500/1.331 = 243.43
    ran = outlay("calc", "project_value", "--flows", "-1000", "500", "500", "500", "--discount-rate=10", *TODAY)
    assert ran.code == 0
    assert "$243.43" in ran.out


def test_a_value_with_parts_is_given_by_their_names(outlay: Outlay) -> None:
    projects = ["name=A,cost=40,000,value=3", "name=B,cost=70k,value=4", "name=C,cost=50k,value=3"]
    ran = outlay("calc", "choose_projects", "--budget", "100k", "--projects", *projects, *TODAY)
    assert "Fund A and C" in ran.out  # 40,000 + 50,000 fit and bring 6; B with neither brings 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no_such"], "no calculation 'no_such'"),
        (["training_cost", "--mfu", "much"], "--mfu: 'much' is not a number"),
        (["training_cost", "--parameters", "70B"], "how many tokens"),
        (["training_cost", "--no-such", "1"], "no option --no-such"),
        (["training_cost", "--mfu", "40", "--mfu", "50"], "--mfu is given twice"),
        (["training_cost", "--mfu"], "--mfu needs a value"),
        (["training_cost", "--mfu", "140", "--parameters", "7B", "--tokens", "1T"], "MFU must be"),
        (["training_cost", "--mfu", "1e999", "--parameters", "7B", "--tokens", "1T"], "MFU must be"),
        (["project_value", "--period", "decade"], "--period: 'decade' is none of year, quarter"),
        (["model_price"], "--model is needed"),
        (["choose_projects", "--budget", "1", "--projects", "A"], "--projects: 'A' is not name=..."),
        (["calculate", "--expression", "1/0"], "divided by zero"),
        (["spend_total", "--today", "tomorrow"], "--today takes a day"),
        (["energy", "1000"], "'1000' belongs to no option"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_one_sentence(outlay: Outlay, arguments: list[str], says: str) -> None:
    ran = outlay("calc", *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert is_one_sentence(ran.err)
    assert says.casefold() in ran.err.casefold()


def test_a_sum_is_the_ledgers_and_only_what_the_asker_may_see(outlay: Outlay, home: Path) -> None:
    # CHARGES: orion in October 100.25 + 41.75 = 142.00
    october = ["--period", "2026-10-01 to 2026-10-31", *TODAY]
    assert "$142.00" in outlay("calc", "spend_total", "--team", "orion", *october).out
    (home / "access.toml").write_text('everyone = "nothing"\n[people]\nU_ANN = ["orion"]\n', encoding="utf-8")
    assert "$142.00" in outlay("calc", "spend_total", "--team", "orion", *october, "--as", "U_ANN").out
    refused = outlay("calc", "spend_total", "--team", "support", *october, "--as", "U_ANN", "--json")
    assert refused.code == 2
    assert json.loads(refused.out)["status"] == "denied"
    assert "900" not in refused.out + refused.err


def test_a_month_without_data_is_unknown_and_not_zero(outlay: Outlay, home: Path) -> None:
    ran = outlay("calc", "spend_total", "--period", "March 2020", *TODAY)
    assert ran.code == 2
    assert ran.out == ""
    assert "0.00" not in ran.err


def first(ran: object) -> tuple[str, str, str]:
    figure = json.loads(ran.out)["figures"][0]  # type: ignore[attr-defined]
    return figure["label"], figure["value"], figure["unit"]


@pytest.mark.parametrize(
    ("arguments", "headline"),
    [
        # (300,000 - 10%) / 5
        (
            ["depreciation", "--cost", "300k", "--years", "5", "--residual-share", "10%"],
            ("Charge a year", "54000", "USD"),
        ),
        # 0.7 x 0.6 + 0.3 = 0.72; x 3.00
        (
            ["blended_rate", "--coverage", "70", "--discount", "40", "--on-demand-rate", "3"],
            ("Blended rate", "2.16", "USD per hour"),
        ),
        # 100 x 1.1^2
        (["compound_growth", "--start", "100", "--rate", "10", "--length", "2"], ("After 2 years", "121", "USD")),
        # AMD's and NVIDIA's data sheets: 5.3 and 3.35 TB/s
        (
            ["accelerator_specification", "--accelerators", "MI300X", "H100", "--quantity", "bandwidth"],
            ("Memory bandwidth of MI300X OAM 192 GB", "5300", "GB/s"),
        ),
        # 1,000 x 0.9 - 500 = 400 at -10%, 1,000 x 1.1 - 500 = 600 at +10%: 200 apart; the investment moves it by 100
        (
            ["sensitivity", "--of", "project_value", "--by", "10", "--given", "investment=500", "benefit=1000",
             "periods=1", "discount_rate=0", "--vary", "benefit=900..1100", "investment=450 to 550"],
            ("Swing by benefit", "200", "USD"),
        ),
    ],
)  # fmt: skip
def test_the_newer_tools_answer_with_their_formula(
    outlay: Outlay, arguments: list[str], headline: tuple[str, str, str]
) -> None:
    assert first(outlay("calc", *arguments, "--json", *TODAY)) == headline


def test_the_mfu_of_a_job_from_its_hours(outlay: Outlay) -> None:
    # arXiv:2307.09288: Llama 2 70B, 1,720,320 A100 hours; 6 x 69e9 x 2e12 / (1,720,320 x 3600 x 312e12) = 42.85%
    given = ["--accelerator", "A100", "--gpu-hours", "1720320", "--parameters", "69B", "--tokens", "2T"]
    label, value, unit = first(outlay("calc", "training_utilisation", *given, "--json", *TODAY))
    assert (label, unit) == ("MFU", "%")
    assert value.startswith("42.85")


def test_what_one_request_costs_needs_an_imported_metric(outlay: Outlay, home: Path) -> None:
    october = ["--period", "2026-10-01 to 2026-10-31", "--team", "orion", *TODAY]
    unknown = outlay("calc", "unit_cost", "--metric", "requests", *october)
    assert unknown.code == 2
    assert "requests" in unknown.err
    # orion on 1 and 20 October: 100.25 + 41.75 = 142.00 over 284,000 requests, 0.50 for each thousand
    rows = ["date,metric,value,team", "2026-10-01,requests,200000,orion", "2026-10-20,requests,84000,orion"]
    file = home.parent / "usage.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert "2 readings of requests, 2026-10-01 to 2026-10-20" in outlay("spend", "metrics", file).out
    _, value, unit = first(outlay("calc", "unit_cost", "--metric", "requests", "--per", "1000", *october, "--json"))
    assert (value, unit) == ("0.5", "USD per thousand requests")


PRICES = """InstanceType,AcceleratorName,AcceleratorCount,Price,Region,SpotPrice,AvailabilityZone
p5.48xlarge,H100,8,16.00,us-east-1,8.00,us-east-1a
,A100,1,0.90,us-east-1,,us-east-1a
"""


def test_refreshed_rents_are_what_the_calculators_use(
    outlay: Outlay, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUTLAY_ALLOWED_HOSTS", "127.0.0.1")
    with running() as site:
        site.page("/v8/aws/vms.csv", PRICES, "text/csv")
        done = outlay("prices", "refresh", "aws", "--from", site.url("/v8"), "--json")
        assert site.asked[0][1]["User-Agent"].startswith("Outlay/")
        broken = outlay("prices", "refresh", "aws", "gcp", "--from", site.url("/v8"))
    assert done.code == 0
    assert json.loads(done.out)["clouds"][0]["offers"] == 2  # on demand and spot; the chip without a host is no offer
    assert broken.code == 1
    assert "gcp: " in broken.out
    assert "404" in broken.out
    # 16.00 / 8 = 2.00 an hour at AWS, and 1.00 on spot, both seen today
    rent = outlay("calc", "rent_price", "--accelerator", "H100", "--provider", "AWS", "--json")
    assert json.loads(rent.out)["figures"][0]["value"] == "2"


def test_an_unknown_cloud_or_a_private_address_is_refused(outlay: Outlay, home: Path) -> None:
    assert outlay("prices", "refresh", "nowhere").code == 2
    with running() as site:
        site.page("/v8/aws/vms.csv", PRICES, "text/csv")
        ran = outlay("prices", "refresh", "aws", "--from", site.url("/v8"))
        assert site.asked == []
    assert ran.code == 1
    assert not (home / "hardware").exists()


def test_metrics_that_cannot_be_read_are_refused_whole(outlay: Outlay, home: Path) -> None:
    file = home.parent / "usage.csv"
    file.write_text("date,metric,value\n2026-10-01,requests,many\n", encoding="utf-8")
    ran = outlay("spend", "metrics", file)
    assert ran.code == 2
    assert "line 2, column value" in ran.err
    assert not (home / "metrics.csv").exists()
