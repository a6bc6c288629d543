"""What `bench_ledger.py` times, each in a process of its own: our ledger and what stands beside it.

`python ledgers.py ROLE JSON`: the environment names the database. A writer says `ready`, waits for
a line, and prints its times as JSON; the other roles print one JSON document.
"""

import importlib.util
import json
import os
import resource
import secrets
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

MINE = "mistok.config.settings"
STOCK = 10**12
"""So many thousandths lie in each lot that writers take from: nobody runs out."""
BATCH = 20_000


def main() -> None:
    """Run one role."""
    role, told = sys.argv[1], json.loads(sys.argv[2])
    if role == "hordak":
        hordak_settings()
    else:
        os.environ["DJANGO_SETTINGS_MODULE"] = MINE
    import django

    django.setup()
    ROLES[role](**told)


def say(document: object) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


def timed(count: int, act: Callable[[int], object]) -> None:
    """Wait for the others, then do it so often; print seconds for each."""
    act(-1)
    say("ready")
    sys.stdin.readline()
    times = []
    for number in range(count):
        begun = time.perf_counter()
        act(number)
        times.append(time.perf_counter() - begun)
    say(times)


# Ours -----------------------------------------------------------------------------------------


def prepare(offices: int, lots: int) -> None:
    """Tables, and offices with lots that hold more than anybody takes; public ids of the lots."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(plain_model())
        for model in legs_models():
            editor.create_model(model)
    found = []
    for number in range(offices):
        made = list(goods(f"bench{number}", lots))
        for lot in made:
            receive(lot)
        found.append([lot.public_id for lot in made])
    say(found)


def receive(lot: Any) -> None:
    """Goods for writers to issue."""
    from django.db import transaction

    from mistok.aid.ledger import Movement, new_act, post
    from mistok.aid.lifecycle import Account, ActKind

    at = now()
    with transaction.atomic():
        act, _fresh = new_act(
            office=lot.office,
            consignment=lot.line.consignment,
            kind=ActKind.ACCEPTANCE,
            day=at.date(),
            key=f"in {lot.pk}",
            body={},
            by=actor(),
            at=at,
        )
        post(act=act, movements=[Movement(lot, Account.DONOR, Account.STORE, STOCK // 10**4)])


def actor() -> Any:
    """Who acts."""
    from mistok.accounts.actors import Actor

    return Actor(shell="benchmark")


def now() -> Any:
    """The time of an act."""
    from django.utils import timezone

    return timezone.now()


def goods(name: str, lots: int, to_a_consignment: int = 10) -> Iterator[Any]:
    """An office with lots of lines of consignments, written in bulk."""
    from mistok.accounts.models import Office, User
    from mistok.aid.models import AidLine, Consignment, Lot

    at = now()
    user = User.objects.create(email=f"{name}@example.org")
    office = Office.objects.create(
        public_id=f"office_{name}",
        place=name,
        country="UA",
        name=name,
        claimed_by=user,
        claimed_at=at,
    )
    consignments = Consignment.objects.bulk_create(
        Consignment(
            public_id=f"consignment_{name}_{number}",
            office=office,
            title="Pumps",
            regime="humanitarian_aid",
            state_since=at.date(),
            written_by="bench",
            written_at=at,
            changed_at=at,
        )
        for number in range(-(-lots // to_a_consignment))
    )
    lines = AidLine.objects.bulk_create(
        AidLine(
            public_id=f"line_{name}_{number}",
            consignment=consignments[number // to_a_consignment],
            position=number % to_a_consignment,
            names={"en": "pumps"},
            cluster="water",
            unit="piece",
            end_user="health",
        )
        for number in range(lots)
    )
    yield from Lot.objects.bulk_create(
        Lot(
            public_id=f"lot_{name}_{number}",
            office=office,
            line=line,
            label=secrets.token_hex(6),
            unit="piece",
            made_at=at,
        )
        for number, line in enumerate(lines)
    )


def write(lot: str, count: int, name: str) -> None:
    """Issue from a lot, an act each, as a storekeeper does: all checks, chain, audit event."""
    from mistok.accounts.auditing import audited
    from mistok.aid.ledger import Movement, act_with_key, hold, new_act, post
    from mistok.aid.lifecycle import Account, ActKind
    from mistok.aid.models import Lot

    by, kind = actor(), ActKind.ISSUE

    def issue(number: int) -> None:
        found = Lot.objects.select_related("office", "line__consignment").get(public_id=lot)
        consignment, at = found.line.consignment, now()
        key = {"key": f"{name} {number}", "body": {"amount": 1000}}
        with audited(by, "issue", consignment.public_id) as done:
            hold(found.office)
            act_with_key(consignment=consignment, kind=kind, **key)
            act, _fresh = new_act(
                office=found.office,
                consignment=consignment,
                kind=kind,
                day=at.date(),
                by=by,
                at=at,
                **key,
            )
            post(
                act=act, movements=[Movement(found, Account.STORE, Account.ISSUED, 1000, "health")]
            )
            done.done(after={"act": act.public_id, "office": found.office.public_id})

    timed(count, issue)


def fill(entries: int, lots: int, offices: int = 1) -> None:
    """A ledger with so many entries, two to an act, chained and signed; the first lot has many."""
    from mistok.aid.ledger import sign_heads

    made = [lot for number in range(offices) for lot in goods(f"filled{number}", lots)]
    begun = time.perf_counter()
    for number in range(offices):
        _fill_office(made[number * lots : (number + 1) * lots], entries // offices)
    sign_heads()
    say({"seconds": time.perf_counter() - begun})


def _fill_office(lots: list[Any], entries: int) -> None:
    from mistok.aid.ledger import chain as hashes
    from mistok.aid.models import AidAct, Balance, Chain, Entry
    from mistok.aid.models.ledger import GENESIS

    at, office = now(), lots[0].office
    hashed = [hashes.lot_hash(lot) for lot in lots]
    amounts: dict[tuple[int, str], int] = {}
    last = GENESIS
    for begin in range(0, entries, BATCH):
        numbers = range(begin, min(begin + BATCH, entries))
        acts = AidAct.objects.bulk_create(
            [_act(lots, number, at) for number in numbers if number % 2 == 0], batch_size=1000
        )
        told = [hashes.act_hash(act) for act in acts]
        rows = []
        for number in numbers:
            place, act = _place(number, len(lots)), acts[(number - begin) // 2]
            first = number < len(lots)
            way, amount = ("donor", "store") if first else ("store", "issued"), 1000
            amount = STOCK if first else amount
            row = Entry(
                public_id=f"entry_{office.pk}_{number}",
                office=office,
                number=number + 1,
                lot=lots[place],
                source=way[0],
                target=way[1],
                category="" if first else "health",
                amount=amount,
                act=act,
                day=act.day,
                at=at,
                by=act.by,
                key=f"{act.key}:{number % 2 + 1}",
                previous=last,
            )
            row.hash = last = hashes.entry_hash(
                row, lot=hashed[place], act=told[(number - begin) // 2]
            )
            rows.append(row)
            for account, change in ((way[0], -amount), (way[1], amount)):
                amounts[place, account] = amounts.get((place, account), 0) + change
        Entry.objects.bulk_create(rows, batch_size=1000)
    kept = (
        Balance(
            lot=lots[place],
            account=account,
            category="health" if account == "issued" else "",
            amount=amount,
        )
        for (place, account), amount in amounts.items()
    )
    Balance.objects.bulk_create(kept, batch_size=1000)
    Chain.objects.create(office=office, length=entries, last=last)


def _place(number: int, lots: int) -> int:
    """Whose turn it is: each lot once, then round and round, each hundredth time the first."""
    return 0 if number >= lots and number % 100 == 0 else number % lots


def _act(lots: list[Any], number: int, at: Any) -> Any:
    from mistok.aid.models import AidAct

    lot = lots[_place(number, len(lots))]
    return AidAct(
        public_id=f"act_{lot.office_id}_{number}",
        office=lot.office,
        consignment=lot.line.consignment,
        kind="acceptance" if number < len(lots) else "issue",
        number=number + 1,
        year=at.year,
        day=at.date(),
        rows=[{"lot": lot.public_id, "amount": 1000}],
        key=f"filled {number}",
        body_hash="0" * 64,
        by="bench",
        at=at,
    )


def read(times: int) -> None:
    """How long it takes to ask for a balance: of a lot like others, and of one with many."""
    from django.db import connection
    from django.db.models import Case, F, Sum, When

    from mistok.aid.ledger import balance, balances, lot_sums
    from mistok.aid.lifecycle import Account
    from mistok.aid.models import Entry, Lot

    def summed(lot: Any) -> int:
        """As where no balances are kept: the sum of all that came and went."""
        sign = Case(When(target="store", then=F("amount")), default=-F("amount"))
        rows = Entry.objects.filter(lot=lot).filter(source="store")
        rows |= Entry.objects.filter(lot=lot, target="store")
        return int(rows.order_by().aggregate(total=Sum(sign))["total"])

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many = Lot.objects.get(public_id="lot_filled0_0")
    others = Lot.objects.filter(office=many.office, balances__account="store").exclude(pk=many.pk)
    usual = list(others.order_by("pk")[:200])
    if balance(many, Account.STORE) != summed(many):
        sys.exit("The balance is not the sum of the entries.")
    ways: dict[str, Callable[[Any], object]] = {
        "balance": lambda lot: balance(lot, Account.STORE),
        "balances": balances,
        "sums": lot_sums,
        "summed": summed,
    }
    found = {}
    for name, way in ways.items():
        for kind, lots in (("usual", usual), ("many", [many])):
            asked = [lots[number % len(lots)] for number in range(times)]
            found[f"{name} {kind}"] = _each(way, asked if kind == "usual" else asked[: times // 5])
    sizes = {"usual": usual[0].entries.count(), "many": many.entries.count()}
    say(found | sizes)


def _each(way: Callable[[Any], object], lots: list[Any]) -> list[float]:
    """Median and the time that 19 of 20 stay below, in milliseconds."""
    way(lots[0])
    times = []
    for lot in lots:
        begun = time.perf_counter()
        way(lot)
        times.append((time.perf_counter() - begun) * 1000)
    return [statistics.median(times), sorted(times)[int(len(times) * 0.95)]]


def reread() -> None:
    """`ledger check` as the command does it, and how often it said how far it was."""
    from mistok.aid.ledger import check

    told: list[int] = []
    begun = time.perf_counter()
    found = check(lambda done, _total: told.append(done))
    seconds = time.perf_counter() - begun
    if found.first_bad is not None:
        sys.exit(found.first_bad["sentence"])
    say({"seconds": seconds, "entries": found.entries, "told": len(told), "mb": memory()})


def memory() -> float:
    """The most that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# Beside it ------------------------------------------------------------------------------------


def plain_model() -> Any:
    """A table with a few columns and nothing that watches over it."""
    from django.db import models

    class Plain(models.Model):
        lot = models.CharField(max_length=40)
        source = models.CharField(max_length=16)
        target = models.CharField(max_length=16)
        amount = models.BigIntegerField()
        at = models.DateTimeField()

        class Meta:
            app_label = "aid"
            db_table = "bench_plain"

    return Plain


def legs_models() -> tuple[Any, Any]:
    """Transactions with legs, and balances that are the sum of the legs."""
    from django.db import models

    class Turnover(models.Model):
        at = models.DateTimeField()

        class Meta:
            app_label = "aid"
            db_table = "bench_turnover"

    class Leg(models.Model):
        turnover = models.ForeignKey(Turnover, models.PROTECT)
        account = models.CharField(max_length=60, db_index=True)
        amount = models.BigIntegerField()

        class Meta:
            app_label = "aid"
            db_table = "bench_leg"

    return Turnover, Leg


def plain(lot: str, count: int, name: str) -> None:
    """One row in one statement."""
    model = plain_model()
    told = {"lot": lot, "source": "store", "target": name[:16], "amount": 1000}
    timed(count, lambda _number: model.objects.create(**told, at=now()))


def legs(lot: str, count: int, name: str) -> None:
    """A transaction with two legs after the sum of the account was asked for, nothing locked."""
    from django.db import transaction
    from django.db.models import Sum

    turnover, leg = legs_models()

    @transaction.atomic
    def post(number: int) -> None:
        held = leg.objects.filter(account=lot).aggregate(total=Sum("amount", default=STOCK))
        if held["total"] < 0 and number < 0:
            raise SystemExit("nothing there")
        row = turnover.objects.create(at=now())
        leg.objects.bulk_create(
            [
                leg(turnover=row, account=lot, amount=-1000),
                leg(turnover=row, account=f"issued {lot}", amount=1000),
            ]
        )

    timed(count, post)


def hordak_settings() -> None:
    """A Django with django-hordak alone."""
    import dj_database_url
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "mptt", "hordak"],
        DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"])},
        USE_TZ=True,
        CURRENCIES=["EUR"],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )


def hordak(count: int, name: str) -> None:
    """`transfer_to` after `get_balance`; `name` empty makes the tables."""
    from django.core.management import call_command
    from django.db import transaction
    from hordak.models import Account
    from moneyed import Money

    if not name:
        call_command("migrate", verbosity=0)
        say("made")
        return
    told = {"type": Account.TYPES.asset, "currencies": ["EUR"]}
    store = Account.objects.create(name=f"store {name}", **told)
    issued = Account.objects.create(name=f"issued {name}", **told)

    @transaction.atomic
    def post(_number: int) -> None:
        store.get_balance()
        store.transfer_to(issued, Money(Decimal(1), "EUR"))

    timed(count, post)


def beancount(entries: int) -> None:
    """The same movements as a text that beancount reads, books and checks."""
    from beancount import loader

    lines = ["2026-01-01 open Assets:Store", "2026-01-01 open Expenses:Issued"]
    lines += [
        f'2026-01-02 * "{number}"\n  Assets:Store  -1 PIECE\n  Expenses:Issued  1 PIECE'
        for number in range(entries)
    ]
    text = "\n".join(lines)
    begun = time.perf_counter()
    found, errors, _options = loader.load_string(text)
    seconds = time.perf_counter() - begun
    if errors or len(found) != entries + 2:
        sys.exit("beancount has not read it.")
    say({"seconds": seconds, "mb": memory()})


def there(name: str) -> bool:
    """Whether a package can be imported here."""
    return importlib.util.find_spec(name) is not None


ROLES: dict[str, Callable[..., None]] = {
    "prepare": prepare,
    "write": write,
    "fill": fill,
    "read": read,
    "reread": reread,
    "plain": plain,
    "legs": legs,
    "hordak": hordak,
    "beancount": beancount,
}

if __name__ == "__main__":
    main()
