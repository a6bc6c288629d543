"""How much is taken in, and the sentences for what is not."""

from mistok.kernel.errors import Invalid

MOST_BYTES = 20_000_000
MOST_CHARACTERS = 2_000_000
MOST_PAGES = 300
MOST_SECONDS = 20.0
MOST_UNPACKED = 100_000_000
MOST_RATIO = 200
LEAST_RATIO_SIZE = 1_000_000


def empty(name: str) -> Invalid:
    """Nothing to read (`document_empty`)."""
    return Invalid(
        f"{called(name)} is empty; paste the words of the article or choose another file.",
        code="document_empty",
    )


def too_large(name: str, what: str) -> Invalid:
    """More than is taken in (`document_too_large`); `what` says how much is the most."""
    return Invalid(
        f"{called(name)} is too large to be read: {what}; "
        "send only the pages that speak of partnerships or of aid.",
        code="document_too_large",
    )


def too_long(name: str) -> Invalid:
    """More letters than are read (`document_too_large`)."""
    return too_large(name, f"a text may have {MOST_CHARACTERS:,} characters")


def unknown_kind(name: str, what: str, instead: str) -> Invalid:
    """A file of a kind that is not read (`document_kind_unknown`)."""
    return Invalid(
        f"{called(name)} is {what}, which cannot be read; {instead}.", code="document_kind_unknown"
    )


def broken(name: str, kind: str, code: str) -> Invalid:
    """A file that its own format does not allow (`pdf_broken`, `docx_broken`)."""
    return Invalid(
        f"{called(name)} is a damaged {kind} file; open it in its own program, "
        "save it again, or paste its text.",
        code=code,
    )


def called(name: str) -> str:
    """The beginning of the sentence: the file by its name, or "The document"."""
    bare = "".join(letter for letter in name if letter.isprintable()).strip()
    return f"The file “{bare[:80]}”" if bare else "The document"
