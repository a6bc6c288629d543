"""Rounds and the waiting list: many seekers and offerers at once, fairly.

Belongs here: reading a round's file, excluding pairs, running the allocation, storing proposals,
answers of both sides, the waiting list with its ages. Does not belong here: how a fit comes about
(matching), how an allocation is solved (matching.allocation), how pages look (web).
"""
