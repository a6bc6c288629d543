"""What the public reads of a need, or would read, and who may change that."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from mistok.needs.lifecycle import NeedState
from mistok.needs.lines import earliest, may_be_public, project, standing_publication
from mistok.needs.models import Need
from mistok.registry.gazetteer import the_world
from mistok.web.needs.acting import Acts, shown
from mistok.web.needs.facts import public_facts
from mistok.web.needs.words import day_words, public_title
from mistok.web.registry.present import place_card


def publication_context(need: Need, acts: Acts, typed: Mapping[str, forms.Form]) -> dict[str, Any]:
    """The box about the public on the page of a need, for its own office."""
    today = timezone.localdate()
    standing = standing_publication(need)
    allowed = may_be_public(need)
    told = standing.projection if standing else None
    fresh = would_read(need) if allowed else None
    return {
        "publication": standing,
        "published": told and projection_words(told),
        "published_since": day_words(standing.not_before) if standing else "",
        "is_due": bool(standing and standing.not_before <= today),
        "preview": fresh and fresh != told and projection_words(fresh),
        "may_be_public": allowed,
        "is_open": need.state == NeedState.OPEN,
        "public_acts": shown(acts, typed, ("publish", "take_back")),
    }


def would_read(need: Need) -> dict[str, Any]:
    """What the public would read if it were approved now, with the usual delay."""
    today = timezone.localdate()
    return project(need, today, earliest(today))


def projection_words(told: Mapping[str, Any]) -> dict[str, Any]:
    """A projection as a reader will see it: words, place, facts."""
    return {
        "title": public_title(told),
        "place": place_card(the_world().get(told["place"])),
        "facts": public_facts(told),
    }
