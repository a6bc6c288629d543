"""Aid that reconciles: consignments, their papers and days, and the goods ledger.

Belongs here: what comes from whom, in which state, under which rule; codes and declarations; acts
of receiving, issuing and disposing; the append-only ledger by lot; what donors and the public see.
Does not belong here: needs and commitments (a floor below), pages and the API (floors above).
"""
