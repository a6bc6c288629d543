"""Ids of merged ties; lists go by the date without its bound. Nothing stored is changed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Replace


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="decision",
            options={
                "ordering": (
                    "tie",
                    Replace(
                        Replace(
                            Replace(
                                models.F("date"), models.Value("<"), output_field=models.CharField()
                            ),
                            models.Value(">"),
                        ),
                        models.Value("~"),
                    ),
                    "pk",
                ),
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
            },
        ),
        migrations.AlterModelOptions(
            name="instrument",
            options={
                "ordering": (
                    "tie",
                    Replace(
                        Replace(
                            Replace(
                                models.F("signed"),
                                models.Value("<"),
                                output_field=models.CharField(),
                            ),
                            models.Value(">"),
                        ),
                        models.Value("~"),
                    ),
                    "kind",
                    "pk",
                ),
                "verbose_name": "instrument",
                "verbose_name_plural": "instruments",
            },
        ),
        migrations.AlterModelOptions(
            name="support",
            options={
                "ordering": (
                    models.OrderBy(
                        Replace(
                            Replace(
                                Replace(
                                    models.F("date"),
                                    models.Value("<"),
                                    output_field=models.CharField(),
                                ),
                                models.Value(">"),
                            ),
                            models.Value("~"),
                        ),
                        descending=True,
                    ),
                    "public_id",
                ),
                "verbose_name": "reported help",
                "verbose_name_plural": "reported help",
            },
        ),
        migrations.CreateModel(
            name="MergedTie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=40, unique=True)),
                (
                    "tie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merged",
                        to="registry.tie",
                    ),
                ),
            ],
            options={
                "verbose_name": "merged tie",
                "verbose_name_plural": "merged ties",
                "ordering": ("public_id",),
            },
        ),
    ]
