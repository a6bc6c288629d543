"""Documents that are read: taken in with their proposals, and what people make of these.

Belongs here: the kept copy, what a document claims, what the registry holds of it already, the
reviewer's queue, and the way from a proposal to statements with their source. Does not belong
here: reading itself (`mistok.reading`), tables and Wikidata (beside this package), pages.
A proposal never becomes a fact by itself: somebody who may review accepts or corrects it.
"""
