"""Aid for programs: consignments with lines and passages, acts, balances, papers.

Belongs here: what of aid is read and written over the API, in which shape. Does not belong here:
rules of consignments and of the ledger, and what the public pages show.
"""
