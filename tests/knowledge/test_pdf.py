"""PDFs as they come: scans, locked and damaged ones, turned tables, columns, hundreds of pages."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

import pytest

from knowledge.documents import Article, RawDocument
from knowledge.errors import BadDocument
from knowledge.parse.pdf import parse_pdf

WIDE, HIGH = 612, 792


def made(pages: Sequence[str], trailer: str = "", extra: Sequence[str] = (), turned: int = 0) -> bytes:
    """A PDF of the given content streams, one a page, in Helvetica; `extra` are further objects, numbered from 4."""
    kids = [4 + len(extra) + 2 * at for at in range(len(pages))]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *extra,
    ]
    for kid, stream in zip(kids, pages, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Rotate {turned} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {kid + 1} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, told in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{told}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


def text(lines: Sequence[tuple[float, float, str]], size: int = 10) -> str:
    return "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({said}) Tj ET" for x, y, said in lines)


def read(content: bytes, name: str = "paper.pdf") -> Article:
    return parse_pdf(RawDocument(name, name, name, "pdf", content))[0]


ROWS = [
    (72.0, 700.0, "Years ended December 31"),
    (300.0, 680.0, "2022"),
    (400.0, 680.0, "2021"),
    (72.0, 660.0, "Purchases of property and equipment"),
    (300.0, 660.0, "36,991"),
    (400.0, 660.0, "26,562"),
]


def test_a_scan_without_text_is_refused_with_what_it_needs() -> None:
    picture = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
    with pytest.raises(BadDocument, match=r"paper\.pdf: .*may be a scan, which needs text recognition"):
        read(made([picture, picture]))


def test_a_locked_pdf_is_refused_as_locked() -> None:
    lock = (
        "<< /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O <{'28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a'}> "
        f"/U <{'00' * 32}> >>"
    )
    name = "<0123456789abcdef0123456789abcdef>"
    content = made([text(ROWS)], trailer=f"/Encrypt 4 0 R /ID [{name} {name}] ", extra=[lock])
    with pytest.raises(BadDocument, match="locked with a password"):
        read(content)


def test_a_broken_table_of_places_is_mended() -> None:
    content = re.sub(rb"startxref\n\d+", b"startxref\n7", made([text(ROWS)]))
    assert "Purchases of property and equipment 36,991 26,562" in " ".join(read(content).text.split())


def test_what_is_cut_off_in_the_middle_of_its_pages_is_read_as_far_as_it_goes_or_refused() -> None:
    content = made([text(ROWS)] * 4)
    for share in (0.2, 0.5, 0.8):
        try:
            told = read(content[: int(share * len(content))]).text
        except BadDocument as error:
            told = str(error)
        assert "Purchases of property" in told or told.startswith("paper.pdf: ")


@pytest.mark.parametrize("turned", [90, 270])
def test_the_rows_of_a_turned_page_stay_rows(turned: int) -> None:
    lines = [line for line in read(made([text(ROWS)], turned=turned)).text.split("\n") if "Purchases" in line]
    assert [" ".join(line.split()) for line in lines] == ["Purchases of property and equipment 36,991 26,562"]


@pytest.mark.parametrize("turned", [0, 90])
def test_a_table_printed_sideways_keeps_its_rows(turned: int) -> None:
    sideways = "\n".join(f"BT /F1 10 Tf 0 1 -1 0 {WIDE - (792 - y)} {x} Tm ({said}) Tj ET" for x, y, said in ROWS)
    lines = [" ".join(line.split()) for line in read(made([sideways], turned=turned)).text.split("\n")]
    assert "Purchases of property and equipment 36,991 26,562" in lines


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [(72.0, 700.0 - 14 * at, f"Left line {at} of the first column goes on") for at in range(5)]
    right = [(330.0, 700.0 - 14 * at, f"Right line {at} of the second column ends") for at in range(5)]
    words = read(made([text(left + right)])).text
    assert words.index("Left line 4") < words.index("Right line 0")


def test_five_hundred_pages_are_read_in_seconds_with_their_numbers() -> None:
    pages = [
        text([(72.0, 740.0 - 12 * at, f"Page {number} says in line {at} what it has to say") for at in range(50)])
        for number in range(1, 501)
    ]
    start = time.process_time()
    article = read(made(pages))
    assert time.process_time() - start < 20
    assert [page.number for page in article.pages] == list(range(1, 501))
    assert article.pages[416].text.startswith("Page 417 says in line 0")
