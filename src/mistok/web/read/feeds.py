"""The page of feeds: which are followed, how it went, and how one is followed or left."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.actors import Actor
from mistok.accounts.policies import can, check_can
from mistok.ingest.feeds.services import KEEP, About, feed_scope, follow, keeps_feeds, stop
from mistok.ingest.feeds.troubles import told_trouble
from mistok.ingest.models import Feed
from mistok.provenance.independence import host_of
from mistok.web.acting import Act, Acts, Done, Mistake, Shown, Told, mistake_context, perform, shown
from mistok.web.needs.act_forms import PlainForm
from mistok.web.offices.words import moment_words
from mistok.web.partnering.pages import part_of
from mistok.web.registry.present import country_name
from mistok.web.words import StateBadge, lang

MOST_TROUBLES: Final = 5
"""Items in trouble that are told of one feed, the newest first."""


class FollowForm(PlainForm):
    """Which feed, and what its follower knows of it."""

    address = forms.URLField(
        label=gettext_lazy("Address of the feed"),
        help_text=gettext_lazy(
            "Atom or RSS. The address of a page that names its feed will do as well."
        ),
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    title = forms.CharField(label=gettext_lazy("What to call it"), required=False, max_length=400)
    publisher = forms.CharField(
        label=gettext_lazy("Who publishes it"), required=False, max_length=200
    )
    country = forms.CharField(
        label=gettext_lazy("Country of the publisher"),
        help_text=gettext_lazy(
            "Two letters, such as UA. Where it is empty, the end of the address tells it."
        ),
        required=False,
        max_length=2,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )


def feeds_page(request: HttpRequest) -> HttpResponse:
    """The page, or the answer to one of its forms. Raises NotAllowed for who keeps no feeds."""
    actor = Actor(user=request.user)
    if not keeps_feeds(actor):
        check_can(actor, KEEP)
    counted = Count("items"), Count("items", filter=~Q(items__document=None))
    waits = Count("items", filter=Q(items__document=None, items__trouble=""))
    feeds = list(Feed.objects.annotate(all_items=counted[0], taken=counted[1], waits=waits))
    acts = _acts(actor, feeds)
    page = partial(_page, request, feeds, acts)
    return perform(request, acts, page) if request.method == "POST" else page()


def _page(
    request: HttpRequest,
    feeds: Sequence[Feed],
    acts: Acts,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    offered = {one.name: one for one in shown(request, acts, typed or {}, mistake=mistake)}
    pager, part = part_of(request, sorted(feeds, key=_order), "page")
    context = {
        "add": offered.get("add"),
        "rows": [_row(feed, offered.get(f"stop-{feed.public_id}")) for feed in part],
        "pager": pager,
    }
    context |= mistake_context(mistake, typed)
    return render(request, "read/feeds.html", context, status=mistake.status if mistake else 200)


def _order(feed: Feed) -> tuple[object, ...]:
    """Those in trouble first, those that are left last."""
    return (not feed.active, not feed.trouble, feed.title.casefold(), feed.pk)


def _acts(actor: Actor, feeds: Sequence[Feed]) -> Acts:
    """Follow one more, and leave each that lies in the actor's scope."""
    acts = {"add": _act(_("Follow a feed"), _("Follow it"), FollowForm, _follow, "feeds")}
    for feed in feeds:
        if feed.active and can(actor, KEEP, place=feed_scope(feed.publisher_country)):
            name, do = f"stop-{feed.public_id}", partial(_stop, feed)
            title = _("Stop following it")
            acts[name] = _act(title, title, PlainForm, do, feed.public_id)
    return acts


def _act(title: str, button: str, make: Any, do: Any, subject: str) -> Act:
    return Act(
        title=title, button=button, make=make, do=do, right=KEEP, office=None, subject=subject
    )


def _follow(told: Told) -> Done:
    about = About(**{name: told.values[name] for name in ("title", "publisher", "country")})
    feed = follow(actor=told.actor, url=told.values["address"], about=about)
    return Done(
        _("“%(title)s” is followed. Its items are read within minutes and then every hour.")
        % {"title": feed},
        reverse("read:feeds"),
    )


def _stop(feed: Feed, told: Told) -> Done:
    stop(actor=told.actor, feed_id=feed.public_id)
    return Done(
        _("“%(title)s” is not followed any more. What it brought stays.") % {"title": feed},
        reverse("read:feeds"),
    )


def _row(feed: Any, stopping: Shown | None) -> dict[str, Any]:
    """A feed with its counts, which the query has added to the row."""
    bad = feed.items.exclude(trouble__in=("", "nothing_found"))[:MOST_TROUBLES]
    queue = reverse("read:queue")
    return {
        "title": str(feed),
        "language": feed.language,
        "url": feed.url,
        "host": host_of(feed.url),
        "publisher": feed.publisher,
        "country": country_name(feed.publisher_country, lang()) if feed.publisher_country else "",
        "state": _badge(feed),
        "trouble": told_trouble(feed.trouble),
        "asked": moment_words(feed.asked_at),
        "items": feed.all_items,
        "taken": feed.taken,
        "waits": feed.waits,
        "queue_url": f"{queue}?feed={feed.public_id}" if feed.taken else "",
        "bad": [
            {"title": str(one), "url": one.url, "why": told_trouble(one.trouble)} for one in bad
        ],
        "stop": stopping,
    }


def _badge(feed: Feed) -> StateBadge:
    if not feed.active:
        return StateBadge("stopped", _("not followed"), "slate", "○")
    if feed.trouble:
        return StateBadge("trouble", _("in trouble"), "clay", "!")
    return StateBadge("followed", _("followed"), "moss", "●")
