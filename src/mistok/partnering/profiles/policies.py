"""Who may write and read a profile: nobody, but for whom this says so.

Until offices exist, a municipality proves itself by a signed link that a coordinator hands on.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.utils.translation import gettext as _

from mistok.accounts.models import User
from mistok.kernel.errors import NotAllowed

PERMISSION = "partnering.change_declaredprofile"
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
        if self.user is not None and self.user.is_authenticated:
            return str(self.user)
        return f"link: {self.link_key}" if self.link_key else "visitor"


VISITOR = Editor()


def can_edit(editor: Editor, key: str) -> bool:
    """Whether this editor may write, and read while it is private, the profile of this key."""
    by_link = bool(editor.link_key) and editor.link_key == key
    return bool(editor.shell) or by_link or _coordinates(editor)


def check_can_edit(editor: Editor, key: str) -> None:
    """Raise NotAllowed (code `profile_not_yours`) for everybody else."""
    if not can_edit(editor, key):
        raise NotAllowed(
            _(
                "This profile is written by the municipality itself, through its own link, and by "
                "coordinators. Ask your coordinator for a link."
            ),
            code="profile_not_yours",
        )


def _coordinates(editor: Editor) -> bool:
    """Both are needed: the right, and being of the staff that is let in at /staff/."""
    user = editor.user
    return user is not None and user.is_staff and user.has_perm(PERMISSION)


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
