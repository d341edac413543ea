"""A company that the table of companies lacks is known by what its facts file calls it."""

import json
from pathlib import Path

import pytest

from tests.filings.made_up import companyfacts
from tools.errors import Unknown
from tools.filings.companies import find_company, known_companies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = json.loads(companyfacts())
    made["entityName"] = "Brightfell Cloud Holdings, Inc."
    (tmp_path / "CIK0000001234.json").write_text(json.dumps(made))
    return tmp_path


@pytest.mark.parametrize("said", ["Brightfell Cloud", "brightfell", "Brightfell Cloud Holdings", "1234"])
def test_it_is_found_by_each_of_its_names(folder: Path, said: str) -> None:
    held = [company for company, _ in known_companies(folder)]
    assert find_company(said, held).cik == 1234
    assert held[0].name == "Brightfell Cloud"


def test_without_its_file_it_is_unknown() -> None:
    with pytest.raises(Unknown):
        find_company("Brightfell Cloud")


def test_a_file_that_says_no_name_is_called_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "CIK0000000099.json").write_text("{")
    assert [company.name for company, _ in known_companies(tmp_path)] == ["CIK 99"]
