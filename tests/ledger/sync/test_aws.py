"""AWS Cost Explorer against a server that checks the signature and the documented schema."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.sync.running import SECRET, TODAY, rows, run, total
from tests.ledger.sync.server import Answer, Asked, Provider, serving
from tools.ledger import columns as c
from tools.ledger.sync.sigv4 import Credentials, signed_post
from tools.ledger.sync.source import Source

KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": "session-7"}
SPECIAL = ("Tax", "Credit", "Refund", "Upfront", "Recurring", "SavingsPlanUpfrontFee", "SavingsPlanRecurringFee")


class CostExplorer(Provider):
    """Line items by day: service, usage type, record type, unblended, amortised, quantity, unit."""

    def __init__(self) -> None:
        super().__init__(self.reply)
        self.items: dict[date, list[tuple[str, str, str, str, str, str, str]]] = {}
        self.estimated_from = date(2026, 11, 1)
        self.page_days = 31

    def reply(self, asked: Asked) -> Answer:
        if asked.method != "POST" or asked.headers.get("x-amz-target") != "AWSInsightsIndexService.GetCostAndUsage":
            return Answer(400, {"__type": "UnknownOperationException"})
        if not _signed_rightly(asked):
            return Answer(400, {"__type": "com.amazon.coral.service#InvalidSignatureException", "message": SECRET})
        question = asked.json()
        if question["Granularity"] != "DAILY" or len(question["GroupBy"]) > 2:
            return Answer(400, {"__type": "ValidationException"})
        by = [group["Key"] for group in question["GroupBy"]]
        start, end = (date.fromisoformat(question["TimePeriod"][name]) for name in ("Start", "End"))
        only = question["Filter"]
        inside = "Not" not in only
        listed = (only if inside else only["Not"])["Dimensions"]
        assert listed["Key"] == "RECORD_TYPE"
        first = int(question.get("NextPageToken", "t0")[1:])
        days = [start + timedelta(n) for n in range((end - start).days)]
        results = []
        for day in days[first : first + self.page_days]:
            groups: dict[tuple[str, str], list[Any]] = {}
            for service, usage, record, unblended, amortised, quantity, unit in self.items.get(day, []):
                if (record in listed["Values"]) is inside:
                    keys = tuple({"SERVICE": service, "USAGE_TYPE": usage, "RECORD_TYPE": record}[key] for key in by)
                    groups.setdefault(keys, [(unblended, "USD"), (amortised, "USD"), (quantity, unit)])  # type: ignore[arg-type]
            results.append(
                {
                    "TimePeriod": {"Start": str(day), "End": str(day + timedelta(1))},
                    "Total": {},
                    "Groups": [
                        {
                            "Keys": list(keys),
                            "Metrics": {
                                name: {"Amount": amount, "Unit": unit}
                                for name, (amount, unit) in zip(question["Metrics"], values, strict=True)
                            },
                        }
                        for keys, values in groups.items()
                    ],
                    "Estimated": day >= self.estimated_from,
                }
            )
        more = first + self.page_days < len(days)
        return Answer(
            200, {"ResultsByTime": results} | ({"NextPageToken": f"t{first + self.page_days}"} if more else {})
        )


def _signed_rightly(asked: Asked) -> bool:
    """The signature worked out again from what arrived, step by step as AWS describes it."""
    header = asked.headers["authorization"]
    fields = dict(part.strip().split("=", 1) for part in header.removeprefix("AWS4-HMAC-SHA256 ").split(","))
    names = fields["SignedHeaders"].split(";")
    if not {"host", "x-amz-date", "x-amz-security-token"} <= set(names) or names != sorted(names):
        return False
    canonical = "POST\n/\n\n" + "".join(f"{name}:{asked.headers[name]}\n" for name in names)
    canonical += "\n" + ";".join(names) + "\n" + hashlib.sha256(asked.body).hexdigest()
    access, day, region, service, end = fields["Credential"].split("/")
    text = f"AWS4-HMAC-SHA256\n{asked.headers['x-amz-date']}\n{day}/{region}/{service}/{end}\n"
    text += hashlib.sha256(canonical.encode()).hexdigest()
    key = hmac.new(b"AWS4" + SECRET.encode(), day.encode(), hashlib.sha256).digest()
    for part in (region, service, end):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    expected = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return access == "AKIDEXAMPLE" and (region, service) == ("us-east-1", "ce") and fields["Signature"] == expected


@pytest.fixture
def aws() -> Iterator[CostExplorer]:
    with serving(CostExplorer()) as provider:
        assert isinstance(provider, CostExplorer)
        yield provider


def source(provider: Provider, since: date = date(2026, 11, 1)) -> Source:
    return Source("aws", account="111122223333", base_url=provider.url, since=since)


def test_the_signature_is_the_one_that_aws_publishes() -> None:
    """The example of the AWS General Reference, "Signature Version 4 signed request examples": ListUsers of IAM."""
    signed = signed_post(
        "http://iam.amazonaws.com/",
        b"Action=ListUsers&Version=2010-05-08",
        {"Content-type": "application/x-www-form-urlencoded; charset=utf-8"},
        Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        "us-east-1",
        "iam",
        datetime(2011, 9, 9, 23, 36, tzinfo=UTC),
    )
    assert signed["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/iam/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=ced6826de92d2bdeed8f846f0bf508e8559e98e4b0199114b84c54174deb456c"
    )


def test_credentials_do_not_show_their_secrets() -> None:
    assert SECRET not in repr(Credentials("AKIDEXAMPLE", SECRET, SECRET))


def test_usage_taxes_and_credits_keep_their_category_and_add_up(aws: CostExplorer, tmp_path: Path) -> None:
    day = date(2026, 11, 5)
    aws.items[day] = [
        (
            "Amazon Bedrock",
            "USE1-NovaPro-input-tokens",
            "Usage",
            "12.3400000001",
            "12.3400000001",
            "1000",
            "1K tokens",
        ),
        ("Amazon Elastic Compute Cloud - Compute", "BoxUsage:m5.large", "Usage", "5", "4.5", "24", "Hrs"),
        ("Amazon Bedrock", "", "Credit", "-2.34", "-2.34", "0", "N/A"),
        ("Tax", "", "Tax", "1", "1", "0", "N/A"),
        ("AWS Lambda", "Request", "Usage", "0", "0", "0", "N/A"),
    ]
    [report] = run(tmp_path, source(aws), keys=KEYS)
    assert report.failure is None
    assert total(tmp_path) == Decimal("16.0000000001")  # 12.3400000001 + 5 - 2.34 + 1
    assert total(tmp_path, c.EFFECTIVE_COST) == Decimal("15.5000000001")
    assert rows(tmp_path, c.CHARGE_CATEGORY, c.SERVICE_NAME, c.X_AI) == [
        ("Credit", "Amazon Bedrock", True),
        ("Tax", "Tax", False),
        ("Usage", "Amazon Bedrock", True),
        ("Usage", "Amazon Elastic Compute Cloud - Compute", False),
    ]
    assert (None, None) in rows(tmp_path, c.CONSUMED_QUANTITY, c.CONSUMED_UNIT)
    assert (Decimal("1E+3"), "1K tokens") in rows(tmp_path, c.CONSUMED_QUANTITY, c.CONSUMED_UNIT)


def test_estimated_days_are_pulled_again_until_the_bill_is_final(aws: CostExplorer, tmp_path: Path) -> None:
    day = date(2026, 11, 2)
    aws.items[day] = [("Amazon Bedrock", "x", "Usage", "5", "5", "1", "Hrs")]
    [first] = run(tmp_path, source(aws), keys=KEYS)
    assert first.provisional == 22  # every day of November so far
    aws.items[day] = [("Amazon Bedrock", "x", "Usage", "7.5", "7.5", "1", "Hrs")]
    aws.estimated_from = date(2026, 12, 1)
    [second] = run(tmp_path, source(aws), keys=KEYS, today=date(2026, 12, 5))
    assert second.replaced == 1
    assert total(tmp_path) == Decimal("7.5")
    aws.asked.clear()
    [third] = run(tmp_path, source(aws), keys=KEYS, today=date(2026, 12, 5))
    assert {asked.json()["TimePeriod"]["Start"] for asked in aws.asked} == {"2026-12-01"}
    assert third.first_day == date(2026, 12, 1)


def test_next_page_tokens_are_followed(aws: CostExplorer, tmp_path: Path) -> None:
    aws.page_days = 10
    for offset in range(22):
        aws.items[date(2026, 11, 1) + timedelta(offset)] = [("Amazon Bedrock", "x", "Usage", "1", "1", "1", "Hrs")]
    run(tmp_path, source(aws), keys=KEYS)
    assert total(tmp_path) == 22


def test_a_throttle_is_waited_for_and_a_wrong_signature_is_not(aws: CostExplorer, tmp_path: Path) -> None:
    aws.items[date(2026, 11, 5)] = [("Amazon Bedrock", "x", "Usage", "1", "1", "1", "Hrs")]
    aws.trouble = [Answer(400, {"__type": "ThrottlingException"}), Answer(400, {"__type": "LimitExceededException"})]
    slept: list[float] = []
    [report] = run(tmp_path, source(aws), keys=KEYS, slept=slept)
    assert (report.failure, slept, total(tmp_path)) == (None, [1, 2], 1)
    [report] = run(tmp_path / "other", source(aws), keys=KEYS | {"AWS_SECRET_ACCESS_KEY": "wrong-secret-5"})
    assert report.failure is not None
    assert "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in report.failure
    assert "wrong-secret-5" not in str(report)


def test_amounts_that_are_numbers_are_refused(aws: CostExplorer, tmp_path: Path) -> None:
    aws.items[TODAY - timedelta(1)] = [("Amazon Bedrock", "x", "Usage", 1.5, "1", "1", "Hrs")]  # type: ignore[list-item]
    [report] = run(tmp_path, source(aws), keys=KEYS)
    assert report.failure is not None
    assert "not the string" in report.failure
