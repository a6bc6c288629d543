"""Refusals about needs in the reader's language."""

from mistok.kernel.errors import Refusal
from mistok.needs.lines import told as told_of_needs
from mistok.web.refusals import sentence


def told(refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language, whichever room it comes from."""
    english = str(refusal)
    words = told_of_needs(refusal)
    return words if words != english else sentence(refusal)
