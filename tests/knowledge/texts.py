"""Small documents of our own, with made-up firms, so that nothing in them can be known from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

NEWS = [
    {
        "title": "Quillon Cloud names a head of compute finance",
        "url": "https://example.org/quillon-hire",
        "publisher": "Ledger Daily",
        "published_on": "2026-05-04",
        "text": "Quillon Cloud hired Dana Verholt to run its compute finance. She came from the shipping line Marisol. "
        "Dana Verholt reports to the chief financial officer, Tomas Brill.",
    },
    {
        "title": "Quillon Cloud replaces its head of compute finance",
        "url": "https://example.org/quillon-change",
        "publisher": "Ledger Daily",
        "published_on": "2026-09-21",
        "text": "Quillon Cloud said that Ines Okafor now runs its compute finance, after Dana Verholt left in August.",
    },
    {
        "title": "Accelerator rents fall at Brightforge",
        "url": "https://example.org/brightforge-rents",
        "publisher": "Chip Wire",
        "published_on": "2026-10-02",
        "text": "Brightforge cut the rent of its K9 accelerator from 3.40 to 2.15 dollars per hour. "
        "It said that new supply from two factories made the cut possible.",
    },
    {
        "title": "Power use of the Norvik data centre",
        "url": "https://example.org/norvik-power",
        "publisher": "Grid Report",
        "published_on": "2026-03-15",
        "text": "The Norvik data centre will draw 180 megawatts of electricity when it opens in 2028.",
    },
]


def write_jsonl(path: Path, documents: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return path


def pdf_with(pages: list[str], title: str = "", broken_xref: bool = False) -> bytes:
    """A PDF with one line of Helvetica for each line of each page, written by hand."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for page in pages:
        lines = "".join(
            f"1 0 0 1 50 {740 - 14 * at} Tm ({line.translate(ESCAPES)}) Tj\n"
            for at, line in enumerate(page.split("\n"))
        )
        stream = f"BT /F1 10 Tf\n{lines}ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(f"<< /Title ({title}) >>".encode("latin-1"))
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body) + (7_000_000 if broken_xref else 0)
    table = b"".join(b"%010d 00000 n \n" % (place + (13 if broken_xref else 0)) for place in places)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    body += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return body


ESCAPES = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def quarterly_report(
    company: str, ticker: str, ended: str, years: tuple[str, str], revenue: tuple[str, str]
) -> list[str]:
    """The cover and two tables of a quarterly report."""
    return [
        "UNITED STATES\nSECURITIES AND EXCHANGE COMMISSION\nFORM 10-Q\n"
        f"For the quarterly period ended {ended}\n{company}\n(Exact name of registrant as specified in its charter)\n"
        f"Common Stock {ticker} The Nasdaq Global Select Market",
        f"{company}\nCONDENSED CONSOLIDATED STATEMENTS OF INCOME\n(In millions, except per share data)\n"
        f"Three Months Ended\n{years[0]} {years[1]}\nRevenue $ {revenue[0]} $ {revenue[1]}\n"
        "Cost of revenue 310 275\nGross profit 590 405\nOperating expenses\nResearch and development 120 99\n"
        "Total operating expenses 180 160\nOperating income 410 245\nNet income $ 333 $ 201",
        f"{company}\nRevenue by market platform (In millions)\nThree Months Ended\n{years[0]} {years[1]}\n"
        "Data Center $ 640 $ 480\nGaming 260 200",
    ]
