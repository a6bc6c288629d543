"""Runs that began before templates had numbered versions go on under the first one."""

from typing import Any

from django.db import migrations


def number(apps: Any, _editor: Any) -> None:
    """Until now the version was a hash of files of which only one state was ever in use."""
    sides = apps.get_model("partnering", "RunSide").objects
    sides.exclude(template_version="1").update(template_version="1")


class Migration(migrations.Migration):
    dependencies = [("partnering", "0006_reminders_of_ties")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
