"""People who sign in.

Belongs here: who a person is and how she proves it.
Does not belong here: what municipalities, ties or facts are.
"""
