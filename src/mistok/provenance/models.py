"""Sources, retrievals, statements, corrections, judgements, audit events: nothing is deleted."""

from typing import Any, ClassVar, NoReturn, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.kernel.errors import Conflict
from mistok.provenance.append_only import AppendOnly, AppendOnlyQuerySet


class Source(models.Model):
    """A page, paper or register that says something."""

    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        MUNICIPALITY = "municipality", _("a municipality's own page")
        ASSOCIATION = "association", _("association or network")
        PORTAL = "portal", _("specialised portal")
        REGISTER = "register", _("official register")
        LAW = "law", _("law or official act")
        OFFICE = "office", _("a municipality's office here")
        OTHER = "other", _("other")

    public_id = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=400)
    publisher = models.CharField(_("publisher"), max_length=200)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    published = models.CharField(_("published"), max_length=11, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    trust = models.PositiveSmallIntegerField(
        _("trust"), default=2, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    publisher_country = models.CharField(_("country of the publisher"), max_length=2, blank=True)
    copy_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("repeats the words of"),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("slug",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(trust__gte=1, trust__lte=5), name="source_trust_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


class Retrieval(models.Model):
    """One reading of a source: when, from where, and the hash of what was read.

    The bytes themselves are kept only where the licence allows it; the hash always.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="retrievals")
    at = models.DateField(_("read on"))
    url = models.URLField(_("address"), max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64)
    file = models.CharField(_("kept as"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("retrieved document")
        verbose_name_plural = _("retrieved documents")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("source", "sha256"), name="retrieval_once_per_content")
        ]

    def __str__(self) -> str:
        return f"{self.source.slug} {self.at}"


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements by what they are about and whether they stand."""

    def standing(self) -> Self:
        """Those not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def public(self) -> Self:
        """Those that anybody may read."""
        return self.filter(visibility=Statement.Visibility.PUBLIC)

    def about(self, *subjects: str) -> Self:
        """Those about these subjects, in a stable order, with their sources at hand."""
        return (
            self.filter(subject__in=subjects)
            .select_related("source")
            .order_by("subject", "prop", "id")
        )

    def delete(self) -> NoReturn:
        """Refuse: a statement is withdrawn, never deleted."""
        raise Conflict(
            _("A statement cannot be deleted. Withdraw it with a reason instead."),
            code="statement_kept",
        )


class Statement(models.Model):
    """One source says one thing about one subject.

    `id` is the hash of (source, subject, property, value, language): hearing it again only
    moves `last_seen`.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public")
        INTERNAL = "internal", _("internal")
        RESTRICTED = "restricted", _("restricted")

    id = models.CharField(primary_key=True, max_length=64)
    subject = models.CharField(_("about"), max_length=40, db_index=True)
    prop = models.CharField(_("property"), max_length=40)
    value = models.TextField(_("value"))
    lang = models.CharField(_("language"), max_length=12, blank=True)
    original_value = models.TextField(_("as the source writes it"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="statements")
    retrieval = models.ForeignKey(Retrieval, models.PROTECT, null=True, blank=True)
    locator = models.CharField(_("place in the source"), max_length=400, blank=True)
    origin = models.CharField(_("came with"), max_length=40, db_index=True)
    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    first_seen = models.DateTimeField(_("first seen"))
    last_seen = models.DateTimeField(_("last seen"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=400, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=["public", "internal", "restricted"]),
                name="statement_visibility_known",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
                name="statement_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.prop}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: a statement is withdrawn, never deleted."""
        raise Conflict(
            _("A statement cannot be deleted. Withdraw it with a reason instead."),
            code="statement_kept",
        )


class Correction(AppendOnly):
    """A fact was corrected: which statement fell, which took its place, why, and who did it.

    Kept for readers: whoever relied on the old words sees what became of them. Ids, no keys.
    """

    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=254)
    subject = models.CharField(_("about"), max_length=40, db_index=True)
    prop = models.CharField(_("property"), max_length=40)
    statement = models.CharField(_("statement that fell"), max_length=64)
    successor = models.CharField(_("statement in its place"), max_length=64, blank=True)
    reason = models.CharField(_("reason"), max_length=400)

    objects = AppendOnlyQuerySet["Correction"].as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.subject} {self.prop}"


class Judgement(models.Model):
    """Somebody decided whether two names mean one thing; taken back by a date, never erased."""

    class Verdict(models.TextChoices):
        SAME = "same", _("the same")
        DIFFERENT = "different", _("different")
        UNSURE = "unsure", _("unsure")

    left = models.CharField(_("kept"), max_length=40, db_index=True)
    right = models.CharField(_("compared"), max_length=40, db_index=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    score = models.FloatField(_("score"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400)
    actor = models.CharField(_("who"), max_length=254)
    at = models.DateTimeField(_("when"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=["same", "different", "unsure"]),
                name="judgement_verdict_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.left} / {self.right}: {self.verdict}"


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Rows that are written once: bulk changes are refused like single ones."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what happened stays as it was told."""
        raise Conflict(_("An audit event cannot be changed."), code="audit_kept")

    def delete(self) -> NoReturn:
        """Refuse: what happened stays."""
        raise Conflict(_("An audit event cannot be deleted."), code="audit_kept")


class AuditEvent(models.Model):
    """Who did what to which thing. Text only, no foreign keys: it outlives what it tells of."""

    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.CharField(_("who"), max_length=254)
    verb = models.CharField(_("act"), max_length=60)
    subject = models.CharField(_("about"), max_length=64, db_index=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    request_ref = models.CharField(_("request"), max_length=40, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new event; refuse to change an old one."""
        if self.pk is not None:
            raise Conflict(_("An audit event cannot be changed."), code="audit_kept")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what happened stays."""
        raise Conflict(_("An audit event cannot be deleted."), code="audit_kept")
