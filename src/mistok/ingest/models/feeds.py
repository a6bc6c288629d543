"""Feeds that are followed, and their items: each waits in the review queue when it was read."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.ingest.models.documents import Document


class Feed(models.Model):
    """An Atom or RSS feed: where it is, when it was asked last, and what it answered."""

    public_id = models.CharField(max_length=40, unique=True)
    url = models.URLField(_("address"), max_length=1000, unique=True)
    title = models.CharField(_("title"), max_length=400, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    publisher_country = models.CharField(_("country of the publisher"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    active = models.BooleanField(_("followed"), default=True)
    etag = models.CharField(max_length=400, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    asked_at = models.DateTimeField(_("asked last"), null=True, blank=True)
    ask_after = models.DateTimeField(_("asked next"), null=True, blank=True, db_index=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    trouble = models.CharField(_("what went wrong"), max_length=400, blank=True)
    added_by = models.CharField(_("added by"), max_length=254)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title or self.url


class FeedItem(models.Model):
    """One item of a feed, once: by its own id, or by its address where it has none."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="items")
    mark = models.CharField(_("its id, hashed"), max_length=64)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    title = models.CharField(_("title"), max_length=400, blank=True)
    published = models.CharField(_("published"), max_length=11, blank=True)
    seen_at = models.DateTimeField(_("seen first"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="feed_items"
    )
    trouble = models.CharField(_("what went wrong"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("item of a feed")
        verbose_name_plural = _("items of feeds")
        ordering = ("-seen_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("feed", "mark"), name="feed_item_once")
        ]

    def __str__(self) -> str:
        return self.title or self.url
