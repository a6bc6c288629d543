"""Refusals in the reader's language: rooms below Django speak English, the door translates."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal


def sentence(refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language; where we have none, its own."""
    sentences = {
        "query_empty": _("Write the name of a municipality, in any language."),
        "query_too_long": _(
            "The name is too long: a municipality's name has 200 letters at most. Write the name "
            "alone."
        ),
        "country_unknown": _("This is not a country's code. Choose a country from the list."),
        "key_malformed": _("This is not the key of a place. Search for the place by its name."),
        "place_unknown": _("There is no place with this key. Search for it by its name."),
        "not_a_municipality": _(
            "Partner search ranks municipalities, and this is none. Open one of its municipalities "
            "and search from there."
        ),
        "world_missing": _(
            "The list of places has not been built yet. Whoever runs this server: mistok world "
            "build."
        ),
        "world_broken": _(
            "The list of places is damaged. Whoever runs this server: mistok world build."
        ),
        "world_stale": _(
            "The list of places is older than this program. Whoever runs this server: mistok "
            "world build."
        ),
    }
    return sentences.get(refusal.code) or str(refusal)


COMES_BACK = frozenset({"account_login", "mfa_reauthenticate"})


def first_steps(code: str, path: str) -> list[dict[str, str]]:
    """What to do about a refusal before anything else; `path` is where to come back to."""
    steps = {
        "sign_in_needed": (_("Sign in"), "account_login"),
        "second_factor_needed": (_("Set up a second factor"), "mfa_index"),
        "second_factor_not_shown": (_("Show your second factor"), "mfa_reauthenticate"),
        "office_not_verified": (_("Your offices"), "offices:offices"),
        "office_contested": (_("Your offices"), "offices:offices"),
        "office_unknown": (_("All offices"), "offices:offices"),
        "not_yours": (_("Your offices"), "offices:offices"),
        "role_cannot": (_("Your offices"), "offices:offices"),
        "membership_ended": (_("Your offices"), "offices:offices"),
        "outside_scope": (_("Claims that wait for you"), "offices:queue"),
        "invitation_for_another": (_("Your account"), "account:home"),
    }
    if code not in steps:
        return []
    label, view = steps[code]
    back = f"?{urlencode({'next': path})}" if view in COMES_BACK else ""
    return [{"label": label, "url": reverse(view) + back}]
