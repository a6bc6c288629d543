"""Pages and feeds of the open internet, asked politely; nothing inside a network is ever reached.

Belongs here: which addresses may be asked, how a connection is guarded, how much is taken and how
long it may take, what a refusal says, and the wishes of robots.txt. What is done with the bytes
does not belong here.
"""

from mistok.ingest.fetching.addresses import checked_address
from mistok.ingest.fetching.asking import Fetched, fetch
from mistok.ingest.fetching.refusing import REFUSALS, told
from mistok.ingest.fetching.robots import Robots, robots_of

__all__ = ["REFUSALS", "Fetched", "Robots", "checked_address", "fetch", "robots_of", "told"]
