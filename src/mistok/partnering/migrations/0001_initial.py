"""Rounds with their proposals and whom they passed over; the waiting list."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                (
                    "variant",
                    models.CharField(
                        choices=[("best", "greatest total fit"), ("stable", "stable")],
                        max_length=10,
                        verbose_name="variant",
                    ),
                ),
                ("algorithm", models.CharField(max_length=80, verbose_name="algorithm")),
                ("input_hash", models.CharField(max_length=64, verbose_name="hash of the input")),
                ("figures", models.JSONField(default=dict, verbose_name="figures")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("proposed", "proposed"),
                            ("closed", "closed"),
                            ("withdrawn", "taken back"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "round",
                "verbose_name_plural": "rounds",
                "ordering": ("-made_at", "public_id"),
                "permissions": [("coordinate_rounds", "Can coordinate rounds")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "proposed", "closed", "withdrawn"])
                        ),
                        name="round_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seeking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=40, unique=True)),
                (
                    "municipality",
                    models.CharField(db_index=True, max_length=40, verbose_name="key"),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("seeker", "seeks a partner"), ("offerer", "offers itself")],
                        max_length=10,
                        verbose_name="side",
                    ),
                ),
                ("since", models.DateField(verbose_name="waiting since")),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="new partners at once"
                    ),
                ),
                ("classes", models.JSONField(default=list, verbose_name="classes")),
                ("named", models.BooleanField(default=False, verbose_name="may be named")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("contacted", "in contact"),
                            ("partnered", "has a partner"),
                            ("left", "left the list"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "first_contact_on",
                    models.DateField(blank=True, null=True, verbose_name="first contact"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
            ],
            options={
                "verbose_name": "place on the waiting list",
                "verbose_name_plural": "waiting list",
                "ordering": ("since", "public_id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "contacted"])),
                        fields=("municipality", "side"),
                        name="seeking_once_in_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", True), ("state__in", ["waiting", "contacted"])
                            ),
                            models.Q(
                                ("ended_on__isnull", False), ("state__in", ["partnered", "left"])
                            ),
                            _connector="OR",
                        ),
                        name="seeking_ended_with_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_contact_on__isnull", True),
                            ("first_contact_on__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="seeking_contact_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__gte", 1)), name="seeking_capacity_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=40, unique=True)),
                (
                    "seeker",
                    models.CharField(db_index=True, max_length=40, verbose_name="seeker's key"),
                ),
                (
                    "offerer",
                    models.CharField(db_index=True, max_length=40, verbose_name="offerer's key"),
                ),
                (
                    "seeker_named",
                    models.BooleanField(default=False, verbose_name="seeker may be named"),
                ),
                (
                    "offerer_named",
                    models.BooleanField(default=False, verbose_name="offerer may be named"),
                ),
                ("fit", models.FloatField(verbose_name="fit")),
                ("seeker_fit", models.FloatField(verbose_name="fit for the seeker")),
                ("offerer_fit", models.FloatField(verbose_name="fit for the offerer")),
                (
                    "seeker_answer",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="seeker's answer",
                    ),
                ),
                (
                    "offerer_answer",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="offerer's answer",
                    ),
                ),
                (
                    "seeker_answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="seeker answered"),
                ),
                (
                    "offerer_answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="offerer answered"),
                ),
                (
                    "seeker_reason",
                    models.CharField(blank=True, max_length=400, verbose_name="seeker's reason"),
                ),
                (
                    "offerer_reason",
                    models.CharField(blank=True, max_length=400, verbose_name="offerer's reason"),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="partnering.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ("round", "-fit", "public_id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "seeker", "offerer"), name="proposal_once_per_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("seeker_answer", "open"), ("seeker_answered_at__isnull", True)
                            ),
                            models.Q(
                                ("seeker_answer__in", ["accepted", "declined"]),
                                ("seeker_answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_seeker_answer_with_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("offerer_answer", "open"), ("offerer_answered_at__isnull", True)
                            ),
                            models.Q(
                                ("offerer_answer__in", ["accepted", "declined"]),
                                ("offerer_answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_offerer_answer_with_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PassedOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "municipality",
                    models.CharField(db_index=True, max_length=40, verbose_name="key"),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("seeker", "seeks a partner"), ("offerer", "offers itself")],
                        max_length=10,
                        verbose_name="side",
                    ),
                ),
                ("named", models.BooleanField(default=False, verbose_name="may be named")),
                ("reason", models.CharField(max_length=40, verbose_name="reason")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passed_over",
                        to="partnering.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "municipality passed over",
                "verbose_name_plural": "municipalities passed over",
                "ordering": ("round", "side", "municipality"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "municipality", "side"), name="passed_over_once_per_round"
                    )
                ],
            },
        ),
    ]
