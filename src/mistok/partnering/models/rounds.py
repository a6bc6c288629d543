"""Rounds, what they propose, and whom they passed over. Keys of places are text: a round tells
of municipalities that the registry need not know yet."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.partnering.rounds.lifecycle import (
    PUBLISHED,
    Answer,
    RoundState,
    Side,
    state_of_answers,
)

ROUND_STATES = [
    (RoundState.DRAFT.value, _("draft")),
    (RoundState.PROPOSED.value, _("proposed")),
    (RoundState.CLOSED.value, _("closed")),
    (RoundState.WITHDRAWN.value, _("taken back")),
]
ANSWERS = [
    (Answer.OPEN.value, _("open")),
    (Answer.ACCEPTED.value, _("accepted")),
    (Answer.DECLINED.value, _("declined")),
]
SIDES = [(Side.SEEKER.value, _("seeks a partner")), (Side.OFFERER.value, _("offers itself"))]


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by what may be seen of them."""

    def published(self) -> Self:
        """Those that municipalities have seen and that were not taken back."""
        return self.filter(state__in=PUBLISHED)


class Round(models.Model):
    """One run of the allocation that a coordinator kept; its pairs are proposals, not decisions.

    `figures` holds what was printed: welfare, upper bound, gap, price of fairness, floors …
    """

    class Variant(models.TextChoices):
        BEST = "best", _("greatest total fit")
        STABLE = "stable", _("stable")

    public_id = models.CharField(max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    made_at = models.DateTimeField(_("made"))
    variant = models.CharField(_("variant"), max_length=10, choices=Variant.choices)
    algorithm = models.CharField(_("algorithm"), max_length=80)
    input_hash = models.CharField(_("hash of the input"), max_length=64)
    figures = models.JSONField(_("figures"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=ROUND_STATES, default=RoundState.DRAFT.value
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("-made_at", "public_id")
        permissions: ClassVar = [("coordinate_rounds", "Can coordinate rounds")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in RoundState]),
                name="round_state_known",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by what was said of them."""

    def spoken_of(self) -> Self:
        """Those not to be proposed again: still before the municipalities, or answered in full.

        What a round was closed over without an answer may be proposed anew.
        """
        declined = models.Q(seeker_answer=Answer.DECLINED) | models.Q(
            offerer_answer=Answer.DECLINED
        )
        accepted = models.Q(seeker_answer=Answer.ACCEPTED, offerer_answer=Answer.ACCEPTED)
        closed = models.Q(round__state=RoundState.CLOSED)
        return self.filter(
            models.Q(round__state=RoundState.PROPOSED) | closed & (declined | accepted)
        )


class Proposal(models.Model):
    """A pair of a round, and what each side says to it. Both must accept before they are in touch.

    Fits are between 0 and 1 as the library gives them; reasons are for coordinators only.
    """

    public_id = models.CharField(max_length=40, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals")
    seeker = models.CharField(_("seeker's key"), max_length=40, db_index=True)
    offerer = models.CharField(_("offerer's key"), max_length=40, db_index=True)
    seeker_named = models.BooleanField(_("seeker may be named"), default=False)
    offerer_named = models.BooleanField(_("offerer may be named"), default=False)
    fit = models.FloatField(_("fit"))
    seeker_fit = models.FloatField(_("fit for the seeker"))
    offerer_fit = models.FloatField(_("fit for the offerer"))
    seeker_answer = models.CharField(
        _("seeker's answer"), max_length=10, choices=ANSWERS, default=Answer.OPEN.value
    )
    offerer_answer = models.CharField(
        _("offerer's answer"), max_length=10, choices=ANSWERS, default=Answer.OPEN.value
    )
    seeker_answered_at = models.DateTimeField(_("seeker answered"), null=True, blank=True)
    offerer_answered_at = models.DateTimeField(_("offerer answered"), null=True, blank=True)
    seeker_reason = models.CharField(_("seeker's reason"), max_length=400, blank=True)
    offerer_reason = models.CharField(_("offerer's reason"), max_length=400, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("round", "-fit", "public_id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("round", "seeker", "offerer"), name="proposal_once_per_round"
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{side}_answer": "open"})
                    & models.Q(**{f"{side}_answered_at__isnull": True})
                    | models.Q(**{f"{side}_answer__in": ["accepted", "declined"]})
                    & models.Q(**{f"{side}_answered_at__isnull": False}),
                    name=f"proposal_{side}_answer_with_its_time",
                )
                for side in ("seeker", "offerer")
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def state(self) -> Answer:
        """Where the proposal stands by both answers."""
        return state_of_answers(Answer(self.seeker_answer), Answer(self.offerer_answer))


class PassedOver(models.Model):
    """Somebody who took part in a round and got nobody; `reason` and `facts` say why.

    Counted for the waiting list once the round is published.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="passed_over")
    municipality = models.CharField(_("key"), max_length=40, db_index=True)
    side = models.CharField(_("side"), max_length=10, choices=SIDES)
    named = models.BooleanField(_("may be named"), default=False)
    reason = models.CharField(_("reason"), max_length=40)
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("municipality passed over")
        verbose_name_plural = _("municipalities passed over")
        ordering = ("round", "side", "municipality")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("round", "municipality", "side"), name="passed_over_once_per_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.reason}"
