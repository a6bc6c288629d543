"""Searchers of the wartime guard, a module a kind: each gives the hits of one folded text.

Belongs here: patterns and the words around them. Every pattern repeats a bounded number of times,
and looks around inside a window of bounded length, so that the time grows with the text alone.
Does not belong here: what is allowed, what a finding means for a person.
"""
