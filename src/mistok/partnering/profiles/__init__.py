"""What municipalities say of themselves: their declared profiles.

Belongs here: the words of a profile, who may write one, saving and reading it, what it lacks.
Does not belong here: what a profile is worth to another (mistok.matching.declared), pages (web).
"""
