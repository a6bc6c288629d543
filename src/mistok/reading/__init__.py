"""Reading: from a text to proposed facts, each with the very words that it rests on.

Belongs here: taking in text, HTML, PDF and DOCX; language, sentences, mentions of places; ties,
aid, projects and their dates; how good all this is. Does not belong here: deciding what is true
(a person does, in ingest and registry), lists of known ties (none may be consulted), and Django.
"""
