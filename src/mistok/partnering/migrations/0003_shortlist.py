"""Shortlists of municipalities: candidates with notes and the fit of the day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnering", "0002_profile"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShortlistEntry",
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
                    models.CharField(db_index=True, max_length=40, verbose_name="municipality"),
                ),
                ("candidate", models.CharField(max_length=40, verbose_name="candidate")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("added_at", models.DateTimeField(verbose_name="added")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken off"),
                ),
                ("algorithm", models.CharField(max_length=80, verbose_name="algorithm")),
                ("input_hash", models.CharField(max_length=64, verbose_name="hash of the input")),
                ("score", models.FloatField(verbose_name="fit when it was added")),
            ],
            options={
                "verbose_name": "entry of a shortlist",
                "verbose_name_plural": "shortlists",
                "ordering": ("municipality", "added_at", "public_id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("municipality", "candidate"),
                        name="shortlist_candidate_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_at__isnull", True),
                            ("removed_at__gte", models.F("added_at")),
                            _connector="OR",
                        ),
                        name="shortlist_removed_after_added",
                    ),
                ],
            },
        ),
    ]
