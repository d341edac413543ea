from pathlib import Path

import pytest

from knowledge.embed import Embedder, load_embedder

DOCUMENTS = Path(__file__).parent / "documents"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()
