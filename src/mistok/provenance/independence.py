"""How many independent sources stand behind a statement.

Independent are distinct publishers, after copies are joined: a press release in ten papers is one
source, and so are five pages of one paper. What repeats another's words counts as the one that it
repeats, under that one's publisher. Publishers are the same when their name or their site is the
same; texts of which nobody knows who published them count as one, however many they are.
"""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

from tld import get_fld

from mistok.provenance.models import Source

UNNAMED: Final = frozenset({"", "unnamedpublisher"})
PLATFORMS: Final = frozenset(
    """
    facebook.com instagram.com linkedin.com medium.com t.me telegram.me tiktok.com twitter.com
    vk.com x.com youtube.com youtu.be threads.net substack.com
    """.split()
)
"""Sites on which everybody publishes: the page is told by the first part of its path."""
ARCHIVES: Final = frozenset({"archive.org"})


def independent(sources: Iterable[Source]) -> int:
    """How many independent sources these are."""
    return len(independent_groups(sources))


def independent_groups(sources: Iterable[Source]) -> list[list[Source]]:
    """The sources in groups that each count once, by what they repeat, in a stable order."""
    groups: list[tuple[set[str], list[Source]]] = []
    for source in sorted(origins(sources), key=lambda one: one.slug):
        marks, members = publisher_marks(source), [source]
        apart = []
        for known, others in groups:
            if known & marks:
                marks, members = marks | known, others + members
            else:
                apart.append((known, others))
        groups = [*apart, (marks, members)]
    return [members for _marks, members in groups]


def publisher_marks(source: Source) -> set[str]:
    """By what a publisher is known again: its name and its site."""
    name, site = named(source.publisher), site_of(source.url)
    marks = {f"name:{name}"} if name not in UNNAMED else set()
    marks |= {f"site:{site}"} if site else set()
    return marks or {"unnamed"}


def origins(sources: Iterable[Source]) -> list[Source]:
    """The sources whose words these repeat in the end, each once; those that repeat nobody too."""
    given = list(sources)
    known = {source.pk: source for source in given}
    while wanted := {one.copy_of_id for one in known.values() if one.copy_of_id} - set(known):
        known |= Source.objects.in_bulk(wanted)
    roots = {root.pk: root for root in (_root(source, known) for source in given)}
    return [roots[pk] for pk in sorted(roots)]


def _root(source: Source, known: Mapping[int, Source]) -> Source:
    """What a source repeats in the end; in a circle, which a person may write, where one began."""
    seen = {source.pk}
    while source.copy_of_id is not None and source.copy_of_id not in seen:
        source = known[source.copy_of_id]
        seen.add(source.pk)
    return source


def named(publisher: str) -> str:
    """A publisher's name as it is compared: letters and digits only, in small letters."""
    return "".join(sign for sign in publisher.casefold() if sign.isalnum())


def host_of(url: str) -> str:
    """The host of an address in ASCII, without www; empty for none. Of an archived page its own."""
    try:
        host = (urlsplit(_unarchived(url)).hostname or "").removeprefix("www.")
        return host.encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError):
        return ""


def site_of(url: str) -> str:
    """The site to which an address belongs: what somebody registered, or a page on a platform."""
    host = host_of(url)
    if not host:
        return ""
    site = get_fld(f"https://{host}", fail_silently=True, search_private=True) or host
    if site in PLATFORMS:
        first = urlsplit(_unarchived(url)).path.strip("/").split("/")[0]
        return f"{site}/{first.casefold()}"
    return str(site)


def _unarchived(url: str) -> str:
    """The address of which an archive keeps a copy."""
    outer, found, inner = url.partition("/http")
    if found and any(outer.partition("//")[2].startswith(("web.", name)) for name in ARCHIVES):
        return f"http{inner}"
    return url
