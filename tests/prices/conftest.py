from datetime import date

import pytest

from tools.prices.catalogue import Catalogue, load_catalogue

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def today() -> date:
    return TODAY
