"""What the scripts of the store's pages say: whole sentences, made here so that they translate."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def script_words() -> dict[str, str]:
    """Sentences by name; `{n}` and `{what}` are filled in by the scripts."""
    return _of_the_queue() | _of_the_form()


def _of_the_form() -> dict[str, str]:
    """While something is filled in: drafts, counts, photos, the camera."""
    return {
        "kept": _("What you type is kept on this phone at once."),
        "not_kept": _("This browser keeps nothing: send the form before you leave the page."),
        "full": _(
            "There is no room on this phone for it. Take photos off or free some room, then "
            "press again."
        ),
        "restored": _("What you had typed is here again."),
        "elsewhere": _("This was submitted in another window. Nothing of it is lost."),
        "missing": _("Missing: {n}"),
        "surplus": _("More than on the papers: {n}"),
        "to_come": _("Still to come: {n}"),
        "complete": _("All of it is here."),
        "count_first": _("Write how many came of at least one thing."),
        "photo_kept": _("{what} is kept on this phone."),
        "photo_full": _("There is no room for this photo on the phone."),
        "photo_remove": _("Remove {what}"),
        "photo": _("photo {n}"),
        "no_camera": _("The camera cannot be used here. Type the code instead."),
        "look_for_it": _("Hold the code before the camera."),
        "not_here": _("No box on this page has the code {what}."),
        "scanned": _("{what} is chosen."),
    }


def _of_the_queue() -> dict[str, str]:
    """What waits on the phone, and what became of it."""
    return {
        "all_sent": _("Everything is sent."),
        "offline": _("No connection. Go on working: what you enter waits on this phone."),
        "as_of": _("This page is as it was at {what}."),
        "waiting": _("Waiting to be sent: {n}."),
        "sending": _("Sending …"),
        "sign_in": _("Sign in again, then what waits is sent."),
        "needs_you": _("Needs you: {n}. Nothing of it is lost."),
        "others": _("Entries of another person on this phone: {n}. They wait for her to sign in."),
        "later": _("The server could not take it now. It is tried again by itself."),
        "no_answer": _("The server did not understand the form. Try again, or save it as a file."),
        "state_waiting": pgettext("entry on a phone", "waits"),
        "state_sending": pgettext("entry on a phone", "is being sent"),
        "state_needs": pgettext("entry on a phone", "needs you"),
        "state_done": pgettext("entry on a phone", "recorded"),
        "again": _("Try again"),
        "correct": _("Correct it"),
        "drop": _("Take it off the list …"),
        "drop_sure": _("Yes, delete this entry"),
    }
