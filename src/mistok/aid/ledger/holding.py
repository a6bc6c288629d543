"""Who writes into an office's ledger holds the end of its chain until her transaction ends."""

from mistok.accounts.models import Office
from mistok.aid.models import Chain


def hold(office: Office) -> Chain:
    """The end of the office's chain as it is now; call inside a transaction, before other rows.

    On PostgreSQL the row is locked; SQLite lets one transaction write at a time anyway.
    """
    # In no order, for that would read (and hold) the office's own row too, to which others point.
    rows = Chain.objects.select_for_update(of=("self",)).filter(office=office).order_by()
    chain = next(iter(rows), None)
    if chain is None:
        Chain.objects.get_or_create(office=office)
        chain = rows.all().get()
    return chain
