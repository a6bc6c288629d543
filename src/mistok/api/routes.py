"""All operations, under one title and with one way of telling refusals."""

from typing import Final

from ninja import NinjaAPI
from ninja.operation import Operation

from mistok.api.aid.balances import router as balances
from mistok.api.aid.consignments import router as consignments
from mistok.api.aid.entries import router as entries
from mistok.api.aid.papers import router as papers
from mistok.api.problems import keep_handlers
from mistok.api.read import router as read
from mistok.api.reading import StrictParser
from mistok.api.writing import ExactRenderer

VERSION: Final = "1"
DESCRIPTION: Final = (
    "What programs of a municipality read and write in Mistok. A token of an office is sent as "
    "`Authorization: Bearer mistok_…`. Amounts, weights and values are texts in units, never "
    "floating point numbers. Lists are `{items, next}`. Refusals are `application/problem+json` "
    "with `code`, `message` and `details`. A POST with the header `Idempotency-Key` can be sent "
    "again without a second effect."
)


class Api(NinjaAPI):
    """Operations go by the names of their functions, which programs make into names of theirs."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """A name that stays when modules move."""
        return operation.view_func.__name__


def the_api() -> NinjaAPI:
    """The API with all its operations."""
    api = Api(
        title="Mistok",
        version=VERSION,
        description=DESCRIPTION,
        urls_namespace="mistok-api",
        docs_url=None,
        parser=StrictParser(),
        renderer=ExactRenderer(),
    )
    for router in (consignments, entries, papers):
        api.add_router("/consignments", router)
    api.add_router("/balances", balances)
    api.add_router("/read", read)
    keep_handlers(api)
    return api


api: Final = the_api()
