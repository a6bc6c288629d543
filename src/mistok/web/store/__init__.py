"""Pages of the storekeeper's phone: what comes, what lies in the store, receiving and issuing.

Belongs here: forms that work without scripts, the same views answering a phone's queue in JSON,
the worker that keeps opened pages for a power cut, which phone's pages are whose. Does not belong
here: what an act moves, who may do it, and how files are kept (`mistok.aid`).
"""
