"""Dated rules of law and practice, each with act, source and standing, and calendars of days off.

Belongs here: which rule was in force on a day, when a term ends, which days are worked where, and
how a deadline is told in a sentence. Does not belong here: who must act on a deadline (partnering,
aid), what a procedure's steps are, or how to count days (kernel.deadlines).
A rule is never edited: a new version supersedes it from its first day.
"""
