"""The database itself keeps the ledger: rows stay as they were written, entries continue the chain.

On both databases: no UPDATE and no DELETE of entries, acts, lots and signed heads, and no INSERT of
an entry whose number and hash before do not follow the office's last one. On PostgreSQL no TRUNCATE
either. Whoever may change the scheme can drop the triggers; what is changed then is found by
`mistok ledger check`. A later migration that rebuilds one of these tables on SQLite loses its
triggers (the table is made anew) and has to run `guard` again; a test counts them.
"""

from django.db import migrations

KEPT = ("aid_entry", "aid_aidact", "aid_lot", "aid_signedhead")
GENESIS = "0" * 64
STAYS = "A row of the goods ledger stays as it is: reverse the act."
FOLLOWS = "An entry of the goods ledger must continue the chain of its office."

SQLITE_KEPT = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{stays}'); END"""
SQLITE_CHAIN = """
CREATE TRIGGER aid_entry_follows BEFORE INSERT ON aid_entry
WHEN NEW.number IS NOT 1 + COALESCE(
       (SELECT MAX(number) FROM aid_entry WHERE office_id = NEW.office_id), 0)
  OR NEW.previous IS NOT COALESCE(
       (SELECT hash FROM aid_entry WHERE office_id = NEW.office_id AND number = NEW.number - 1),
       '{genesis}')
BEGIN SELECT RAISE(ABORT, '{follows}'); END"""

POSTGRES = (
    """
CREATE FUNCTION aid_ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION '{stays}' USING ERRCODE = 'integrity_constraint_violation';
END $body$""",
    """
CREATE FUNCTION aid_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NEW.number IS DISTINCT FROM 1 + COALESCE(
       (SELECT MAX(number) FROM aid_entry WHERE office_id = NEW.office_id), 0)
     OR NEW.previous IS DISTINCT FROM COALESCE(
       (SELECT hash FROM aid_entry WHERE office_id = NEW.office_id AND number = NEW.number - 1),
       '{genesis}')
  THEN
    RAISE EXCEPTION '{follows}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $body$""",
)
POSTGRES_KEPT = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH {each} EXECUTE FUNCTION aid_ledger_stays()"""
POSTGRES_CHAIN = """
CREATE TRIGGER aid_entry_follows BEFORE INSERT ON aid_entry
FOR EACH ROW EXECUTE FUNCTION aid_entry_follows()"""


def guards(vendor):
    """Every trigger as (name, table, statement that makes it)."""
    each = {"update": "ROW", "delete": "ROW"}
    if vendor == "postgresql":
        each["truncate"] = "STATEMENT"
    kept = SQLITE_KEPT if vendor == "sqlite" else POSTGRES_KEPT
    chain = SQLITE_CHAIN if vendor == "sqlite" else POSTGRES_CHAIN
    for table in KEPT:
        for verb, unit in each.items():
            made = kept.format(table=table, verb=verb, each=unit, stays=STAYS)
            yield f"{table}_no_{verb}", table, made
    yield "aid_entry_follows", "aid_entry", chain.format(genesis=GENESIS, follows=FOLLOWS)


def guard(apps, schema_editor):
    """Make every trigger."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        for function in POSTGRES:
            schema_editor.execute(
                function.format(stays=STAYS, follows=FOLLOWS, genesis=GENESIS), params=None
            )
    for _name, _table, made in guards(vendor):
        schema_editor.execute(made, params=None)


def unguard(apps, schema_editor):
    """Drop every trigger."""
    vendor = schema_editor.connection.vendor
    for name, table, _made in guards(vendor):
        on = f" ON {table}" if vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)
    if vendor == "postgresql":
        for function in ("aid_ledger_stays", "aid_entry_follows"):
            schema_editor.execute(f"DROP FUNCTION {function}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("aid", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
