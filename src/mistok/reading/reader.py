"""The reader: from a text to its ties, aid and projects, step by step."""

from mistok.reading.aid import aid_in
from mistok.reading.dates import dates_in
from mistok.reading.intake import open_text
from mistok.reading.model import LANGUAGES, Page, Reading, Text
from mistok.reading.places import PlaceReader
from mistok.reading.projects import projects_in
from mistok.reading.ties import ties_in
from mistok.world import World

NOT_READ = "language_not_read"
NO_WORDS = "no_words"
VERSION = "1"
"""Of the rules: documents that an older version read may be read anew."""


class Reader:
    """Reads documents of one world; the same text always gives the same reading."""

    def __init__(self, world: World) -> None:
        self._places = PlaceReader(world)

    def read(self, text: str | Text, *, id: str = "", published: str = "") -> Reading:  # noqa: A002 - the field's name
        """Propose what a text states; `published` is its date when the text does not print it.

        A text without words, or in a language whose words for ties are not known, gives none and
        a note (`no_words`, `language_not_read`). Raises what `open_text` raises.
        """
        opened = open_text(text, published=published) if isinstance(text, str) else text
        if opened.lang not in LANGUAGES:
            return Reading(id, opened, notes=(NOT_READ if opened.lang else NO_WORDS,))
        page = Page(opened, self._places.mentions(opened), dates_in(opened))
        return Reading(
            id,
            opened,
            ties=ties_in(page),
            aid=aid_in(page),
            projects=projects_in(page),
            mentions=page.mentions,
        )
