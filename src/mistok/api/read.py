"""The operation that reads a text: what it states of ties, help and projects; nothing is kept."""

from typing import Annotated, Any, Final

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from mistok.accounts.actors import Actor
from mistok.api.keys import TAKES_KEY, key_of
from mistok.api.shapes import PROBLEMS, Body
from mistok.api.tokens import ALSO_WITHOUT_TOKEN, actor_of, may_show
from mistok.ingest.documents.limiting import count_use
from mistok.ingest.documents.reader import the_reader
from mistok.kernel.errors import Conflict
from mistok.kernel.ids import content_hash
from mistok.reading.intake import open_text

router = Router(tags=["read"])
WITHOUT_TOKEN: Final = 60
WITH_TOKEN: Final = 600
"""Texts an hour from one address, or by one office's program."""
LONGEST: Final = 2_000_000
REMEMBERED: Final = 24 * 60 * 60
"""Seconds for which the key of a request is known; only a hash of its body is."""


class ReadBody(Body):
    """A text, and its date where it does not print its own."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    id: Annotated[str, Field(max_length=200)] = Field("", description="Given back as it is.")
    published: Annotated[str, Field(max_length=11)] = Field(
        "", description="YYYY, YYYY-MM or YYYY-MM-DD.", examples=["2023-02-23"]
    )


class PartyRead(Schema):
    """A party: key in the gazetteer (empty when none is known), English name, country, level."""

    key: str
    name: str
    country: str
    level: str


class Evidence(Schema):
    """The very words, and where they stand in the text (characters, end excluded)."""

    evidence: str
    start: int
    end: int


class StageRead(Evidence):
    """An earlier or planned stage of a tie."""

    event: str
    date: str | None
    planned: bool


class TieRead(Evidence):
    """A pair of parties, what the text calls it, and the latest stage that it tells."""

    a: PartyRead
    b: PartyRead
    parties: list[PartyRead]
    kind: str
    event: str
    date: str | None
    label: str
    confidence: float
    history: list[StageRead]


class ItemRead(Schema):
    """Something given; of money `what` is "money" and `unit` the currency."""

    what: str
    quantity: int | float | None
    unit: str | None
    bound: str


class AidRead(Evidence):
    """Help given; `from` and `to` are names, their parties stand beside them."""

    from_: str = Field(alias="from")
    to: str
    from_party: PartyRead | None
    to_party: PartyRead | None
    items: list[ItemRead]
    date: str | None
    status: str
    confidence: float


class ProjectRead(Evidence):
    """A commitment to build, rebuild, repair or equip something."""

    by: str
    for_: str = Field(alias="for")
    by_party: PartyRead | None
    for_party: PartyRead | None
    object: str
    amount: int | float | None
    currency: str | None
    confidence: float


class ReadingTold(Schema):
    """What was read: proposals, never facts. `notes` say why there may be none."""

    id: str
    lang: str
    published: str | None
    ties: list[TieRead]
    aid: list[AidRead]
    projects: list[ProjectRead]
    notes: list[str]


@router.post(
    "",
    auth=may_show,
    by_alias=True,
    response={200: ReadingTold, **PROBLEMS},
    summary="Read a text: ties, help and projects that it states",
    description=(
        "Nothing is kept and nothing is written to the registry. Needs no token; without one 60 "
        "texts an hour are read for one address, with an office's token 600."
    ),
    openapi_extra=TAKES_KEY | ALSO_WITHOUT_TOKEN,
)
def read_text(request: HttpRequest, body: ReadBody) -> dict[str, Any]:
    """The reading, in the shape of `mistok read`."""
    actor = actor_of(request)
    _check_key(request, actor, body)
    count_use("api", _who(request, actor), most=WITH_TOKEN if actor.token else WITHOUT_TOKEN)
    text = open_text(body.text, published=body.published)
    return dict(the_reader().read(text, id=body.id).as_document())


def _who(request: HttpRequest, actor: Actor) -> str:
    return str(actor) if actor.token else get_adapter().get_client_ip(request)


def _check_key(request: HttpRequest, actor: Actor, body: ReadBody) -> None:
    """The same text gives the same answer anyway; a key that comes with another is a mistake.

    Raises Invalid (`key_malformed`), Conflict (`key_reused`).
    """
    key = key_of(request)
    if not key:
        return
    mark = content_hash(body.text, body.id, body.published)
    name = f"read-key:{content_hash(_who(request, actor), key)[:40]}"
    if not cache.add(name, mark, REMEMBERED) and cache.get(name, mark) != mark:
        raise Conflict(
            _(
                "This idempotency key came with another text before. Send a new key with each new "
                "text."
            ),
            code="key_reused",
        )
