"""Declared profiles of municipalities."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnering", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeclaredProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True, verbose_name="municipality")),
                (
                    "wanted",
                    models.JSONField(blank=True, default=list, verbose_name="fields wanted"),
                ),
                (
                    "offered",
                    models.JSONField(blank=True, default=list, verbose_name="fields offered"),
                ),
                ("needs", models.JSONField(blank=True, default=list, verbose_name="needs")),
                ("offers", models.JSONField(blank=True, default=list, verbose_name="offers")),
                ("economy", models.JSONField(blank=True, default=list, verbose_name="economy")),
                (
                    "institutions",
                    models.JSONField(blank=True, default=list, verbose_name="institutions"),
                ),
                ("languages", models.JSONField(blank=True, default=list, verbose_name="languages")),
                (
                    "countries",
                    models.JSONField(blank=True, default=list, verbose_name="countries wished for"),
                ),
                (
                    "not_countries",
                    models.JSONField(
                        blank=True, default=list, verbose_name="countries not wished for"
                    ),
                ),
                (
                    "population_from",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="inhabitants from"
                    ),
                ),
                (
                    "population_to",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="inhabitants to"
                    ),
                ),
                (
                    "max_km",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="kilometres at most"
                    ),
                ),
                (
                    "capacity",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="new partners"
                    ),
                ),
                (
                    "about_en",
                    models.TextField(blank=True, max_length=1000, verbose_name="about, English"),
                ),
                (
                    "about_uk",
                    models.TextField(blank=True, max_length=1000, verbose_name="about, Ukrainian"),
                ),
                ("public", models.BooleanField(default=False, verbose_name="public")),
                ("confirmed_on", models.DateField(verbose_name="confirmed")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("updated_at", models.DateTimeField(verbose_name="changed")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                ),
            ],
            options={
                "verbose_name": "declared profile",
                "verbose_name_plural": "declared profiles",
                "ordering": ("key",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True), ("public", False), _connector="OR"
                        ),
                        name="profile_withdrawn_is_not_public",
                    )
                ],
            },
        ),
    ]
