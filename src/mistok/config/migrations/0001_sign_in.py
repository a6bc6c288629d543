"""What sign-in needs besides tables of its own: counted attempts, and addresses known before it."""

from django.core.management import call_command
from django.db import migrations


def make_attempts(apps, schema_editor):
    """The table of the cache: attempts are counted for all processes together."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def confirm_stewards(apps, schema_editor):
    """Stewards were let in at the shell, by somebody who knew their address."""
    address = apps.get_model("account", "EmailAddress")
    alias = schema_editor.connection.alias
    people = apps.get_model("accounts", "User").objects.using(alias)
    for person in people.filter(is_staff=True, is_active=True):
        address.objects.using(alias).get_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        migrations.RunPython(make_attempts, migrations.RunPython.noop),
        migrations.RunPython(confirm_stewards, migrations.RunPython.noop),
    ]
