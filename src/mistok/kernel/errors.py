"""One small family of refusals: a stable code, one full sentence, details for machines."""

from collections.abc import Mapping
from functools import partial
from typing import Any


class Refusal(Exception):
    """A request that cannot be fulfilled, told in one sentence: what, where, what to do now.

    `message` may be a lazy translation; it is rendered only when the refusal is shown.
    `code` is stable and meant for programs; `details` holds what the sentence was made of. `kept`
    is what an audit event tells instead, where the sentence names what no event may hold.
    """

    status = 400
    kept = ""

    def __init__(
        self, message: object, *, code: str, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.details: dict[str, Any] = dict(details or {})

    def __str__(self) -> str:
        return str(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes, as from a cluster's worker, with code and details."""
        return partial(type(self), code=self.code, details=self.details), (str(self),)


class NotFound(Refusal):
    """What was asked for does not exist here."""

    status = 404


class NotAllowed(Refusal):
    """This person may not do this."""

    status = 403


class Conflict(Refusal):
    """The thing is not (or no longer) in the state that the act needs."""

    status = 409


class Invalid(Refusal):
    """The input itself cannot be used."""

    status = 400


class Unavailable(Refusal):
    """Something the act stands on is missing or broken: a folder, a file, a port."""

    status = 503
