"""Errors of the knowledge base, each a sentence for its reader."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Something the asker or the person indexing should hear; `str(error)` is the sentence."""


class BadDocument(KnowledgeError):
    """A file, page or line that cannot be read as a document."""

    def __init__(self, file: str, why: str, line: int | None = None) -> None:
        super().__init__(f"{file}{f', line {line}' if line is not None else ''}: {why}")
        self.file, self.why, self.line = file, why, line


class Gone(BadDocument):
    """An address at which there is nothing any more; `status` is 404 or 410."""

    def __init__(self, file: str, why: str, status: int) -> None:
        super().__init__(file, why)
        self.status = status


class ModelMissing(KnowledgeError):
    """The embedding model's files are absent, altered or unreadable."""


class StoreBusy(KnowledgeError):
    """Another process is writing to the knowledge base."""


class StoreMismatch(KnowledgeError):
    """The stored vectors were made by another embedding model."""


class IndexUnavailable(KnowledgeError):
    """The Chroma server does not answer, or refuses."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(
            f"The Chroma server at {url} does not answer ({why}): start it (`chroma run --path FOLDER`), or unset "
            "OUTLAY_CHROMA_URL to use the embedded index."
        )
