"""Who acts, and how audit events name this."""

import getpass
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from mistok.accounts.models import AccessToken, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person who signed in, the holder of a signed link, somebody at the shell, or a
    program by a token of an office.

    `side_key` is what the link is good for; `shell` the name at the machine, whose data folder
    this person holds in hand anyway.
    """

    user: User | AnonymousUser | None = None
    side_key: str | None = None
    shell: str = ""
    token: AccessToken | None = None

    @classmethod
    def at_the_shell(cls) -> "Actor":
        """Whoever is signed in on this machine."""
        return cls(shell=getpass.getuser())

    @property
    def person(self) -> User | None:
        """The person who signed in, if one did."""
        return self.user if isinstance(self.user, User) else None

    def __str__(self) -> str:
        """As audit events name the actor: a person by `person_…`, never by name or address.

        A program is named by its token's public id.
        """
        if self.shell:
            return f"shell: {self.shell}"
        if self.token is not None:
            return self.token.public_id
        if self.person is not None:
            return self.person.public_id
        return f"link: {self.side_key}" if self.side_key else "nobody"
