"""Why we believe it: sources, retrieved documents, statements, judgements, audit events.

Belongs here: who said what, when we read it, who decided that two things are one, who did what.
Does not belong here: what people read of it (registry), or how a text is read (ingest).
It names things by public id only, so it imports none of the rooms that it serves.
"""
