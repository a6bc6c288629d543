"""What others see of aid: the public trace, the giver's trace, and totals.

Belongs here: the projection that the public reads, its approval and delay, what a giver follows of
its own consignments. Does not belong here: what the receiving office works with.
"""

from mistok.aid.seeing.arrival import received_days, received_on
from mistok.aid.seeing.giving import Given, GivenTotal, GivenTotals, all_given, totals_given
from mistok.aid.seeing.projecting import (
    WEIGHT_CLASSES,
    fingerprint,
    giver_place,
    may_be_public,
    project,
    public_lines,
    weight_class,
)
from mistok.aid.seeing.publishing import (
    earliest,
    publish_aid,
    standing_publication,
    withdraw_aid,
    would_read,
)
from mistok.aid.seeing.totals import Total, Totals, totals
from mistok.aid.seeing.tracing import (
    DonorTrace,
    Reached,
    TracedLine,
    TracedStep,
    donor_trace,
    gives,
    public_trace,
    public_traces,
)

__all__ = [
    "WEIGHT_CLASSES",
    "DonorTrace",
    "Given",
    "GivenTotal",
    "GivenTotals",
    "Reached",
    "Total",
    "Totals",
    "TracedLine",
    "TracedStep",
    "all_given",
    "donor_trace",
    "earliest",
    "fingerprint",
    "giver_place",
    "gives",
    "may_be_public",
    "project",
    "public_lines",
    "public_trace",
    "public_traces",
    "publish_aid",
    "received_days",
    "received_on",
    "standing_publication",
    "totals",
    "totals_given",
    "weight_class",
    "withdraw_aid",
    "would_read",
]
