"""Who may write and read a profile: nobody, but for whom this says so.

A municipality proves itself by its verified office, or by a link that a coordinator hands on.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.utils.translation import gettext as _

from mistok.accounts.models import User
from mistok.accounts.permissions import Permission
from mistok.kernel.errors import NotAllowed
from mistok.partnering.policies import Actor, check_may_for, may_for

SALT = "mistok.partnering.profiles.edit"
LINK_LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Whoever asks: a person signed in, the holder of a link, the operator at the shell.

    `link_key` is the municipality of the link; `shell` the name of the operator, who holds the
    database anyway.
    """

    user: User | AnonymousUser | None = None
    link_key: str = ""
    shell: str = ""

    @property
    def name(self) -> str:
        """How audit events name the editor."""
        if self.shell:
            return f"shell: {self.shell}"
        if isinstance(self.user, User):
            return self.user.public_id
        return f"link: {self.link_key}" if self.link_key else "visitor"


VISITOR = Editor()


def can_edit(editor: Editor, key: str) -> bool:
    """Whether this editor may write, and read while it is private, the profile of this key."""
    by_link = bool(editor.link_key) and editor.link_key == key
    return bool(editor.shell) or by_link or _by_right(editor, key)


def check_can_edit(editor: Editor, key: str) -> None:
    """Raise NotAllowed (`profile_not_yours`, or that a second factor lacks) for all others."""
    if can_edit(editor, key):
        return
    not_yours = NotAllowed(
        _(
            "This profile is written by the municipality itself, by its verified office or "
            "through its own link, and by coordinators. Ask your coordinator for a link."
        ),
        code="profile_not_yours",
    )
    check_may_for(Actor(user=editor.user), Permission.EDIT_PROFILE, key, not_yours)


def _by_right(editor: Editor, key: str) -> bool:
    """A steward, the municipality's verified office, or a coordinator in whose scope it lies."""
    actor = Actor(user=editor.user)
    return actor.person is not None and may_for(actor, Permission.EDIT_PROFILE, key)


def edit_token(key: str) -> str:
    """A signed word that lets its holder edit the profile of this municipality for 30 days."""
    return signing.dumps(key, salt=SALT)


def key_of_token(token: str) -> str:
    """The municipality of a link. Raises NotAllowed (link_expired, link_unreadable)."""
    try:
        return str(signing.loads(token, salt=SALT, max_age=LINK_LASTS))
    except signing.SignatureExpired as error:
        raise NotAllowed(
            _("This link was good for 30 days and is so no more. Ask your coordinator for a new."),
            code="link_expired",
        ) from error
    except signing.BadSignature as error:
        raise NotAllowed(
            _("This link cannot be read: a part of it is missing. Open it as it was sent to you."),
            code="link_unreadable",
        ) from error
