from pathlib import Path

import pytest

from knowledge.embed import Embedder
from tests.benchmarks.knowledge import NEWS, news_ranking, news_store


@pytest.mark.slow
@pytest.mark.skipif(not NEWS.is_dir(), reason="the development data (../shared/data) is not here")
def test_news_questions_find_their_evidence(tmp_path: Path, embedder: Embedder) -> None:
    store, ids = news_store(tmp_path, embedder)
    found = news_ranking(store, ids)
    store.close()
    assert found.questions > 200
    assert found.hits >= 0.99
    assert found.mrr >= 0.88
