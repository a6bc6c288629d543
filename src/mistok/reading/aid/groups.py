"""Places of a sentence that stand together ("Lublin, Prague and Silistra"), and what leads to them.

The word before them ("from", "до", "an die Stadt") says who gives and who gets; where none does,
the verb and the case of the words beside them do.
"""

from dataclasses import dataclass, field
from functools import cache

from mistok.reading.aid.cues import verb_of
from mistok.reading.aid.leads import GIVEN, LEADS
from mistok.reading.aid.words import NAMING, Line, Word
from mistok.reading.model import Party

_FARTHEST = 9
"""So many words before a place are looked at for one that leads to it."""

_AND = frozenset("and & та і й und sowie i oraz".split())
_JOINING = _AND | {","}
_PARTNER = ("sister", "twin", "partner", "побратим", "партнер", "schwester", "friend")
_FRIENDS = frozenset("побратим побратими партнер партнери partner partnerzy".split())
_CITY = frozenset(
    """city town municipality community village commune region oblast state capital district
    county місто громада partnerstadt stadt gemeinde miasto gmina""".split()
)
_CITY_STEMS = ("міст", "громад", "побратим", "miast", "gmin", "partnerstadt", "stadt")
_THE = frozenset("the its their his her our this that another".split())


_MASCULINE = ("kreis", "bezirk", "ort", "verein", "verband", "rajon", "rat", "club", "meister")
_OFFICES = ("meister", "meisterin", "rat", "rats", "bürger", "vertreter", "feuerwehr", "verwaltung")
_AWAY = frozenset(
    """km kilometer kilometers kilometres miles far away östlich westlich nördlich südlich
    südöstlich
    südwestlich nordöstlich nordwestlich kilometern кілометрів кілометри км захід схід північ
    південь недалеко неподалік kilometrów wschód zachód północ południe niedaleko daleko""".split()
)
_FINITE = frozenset(
    """is are was were be been has have had will would werden wird wurde wurden ist sind war waren
    hat haben hatte soll sollen є був була було були буде будуть jest są był była było byli zostanie
    został została zostały będzie""".split()
)
_ARTICLES = {
    "en": frozenset("the a an its their his her our".split()),
    "de": frozenset("der die das dem den des ein eine einen einem einer ihre ihrer seine".split()),
}


@dataclass(slots=True)
class Group:
    """Places that have one part in what is told; words `first` to `last` (excluded).

    `lead` is "from", "by", "to", "at", "with", "none", "owner" ("Irpin's sister city …") or "".
    """

    first: int
    last: int
    parties: list[Party]
    lead: str = ""
    given: bool = False
    roles: set[str] = field(default_factory=set)

    @property
    def country(self) -> str:
        """The country of the first of them."""
        return self.parties[0].country


def groups_in(line: Line, lang: str) -> list[Group]:
    """Give the groups of places of a sentence, in order, with what leads to each."""
    words = line.words
    groups: list[Group] = []
    places = [n for n, w in enumerate(words) if w.mention is not None and w.mention.role in NAMING]
    for run in _runs(words, places):
        mentions = [words[n].mention for n in run]
        parties = [mention.party for mention in mentions if mention is not None]
        group = Group(run[0], run[-1] + 1, parties)
        _lead(group, words, lang)
        groups.append(group)
    return groups


def _runs(words: list[Word], places: list[int]) -> list[list[int]]:
    """Places one after the other that are joined by "and"; appositions are left out."""
    runs: list[list[int]] = []
    commas: list[int] = []
    for place in places:
        if runs and _apposed(words, runs[-1][-1], place):
            continue
        joined = _joined(words, runs[-1][-1], place) if runs else ""
        if joined == "and":
            while commas and len(runs) > 1 and runs[-1][0] == commas[-1]:
                commas.pop()
                runs[-2:] = [runs[-2] + runs[-1]]
            runs[-1].append(place)
            continue
        commas = [*commas, place] if joined == "," else []
        runs.append([place])
    return runs


def _joined(words: list[Word], before: int, place: int) -> str:
    """ "and" or "," when no more than that and words for "the city of" stand between two places."""
    between = words[before + 1 : place]
    if not between or len(between) > 5:
        return ""
    first = between[0].low
    rest = between[1:]
    if first == "," and rest and rest[0].low in _AND:
        first, rest = "and", rest[1:]
    if first == "(" or first not in _JOINING:
        return ""
    plain = {"the", "of", "die", "der", "das", "місто", "міста", "miasto", "city", "town"}
    if any(word.low not in plain | _CITY and not word.text[0].isupper() for word in rest):
        return ""
    return "," if first == "," else "and"


def _apposed(words: list[Word], before: int, place: int) -> bool:
    """Whether a country or region only says where the place before it lies."""
    one, other = words[before].mention, words[place].mention
    if one is None or other is None or other.party.level not in ("country", "region", "state"):
        return False
    if one.party.level == "country" or one.party.country != other.party.country:
        return False
    between = [word.low for word in words[before + 1 : place]]
    lowest = {"country": 1, "state": 2, "region": 2}
    if lowest[other.party.level] >= lowest.get(one.party.level, 3):
        return False
    near = {",", "(", "in", "the", "у", "в", "w", "der", "[", "of"}
    return len(between) < 3 and all(word in near for word in between)


def _in_name(words: list[Word], group: Group) -> bool:
    """Whether a hyphen ties the place to another: "Freundeskreis Würzburg-Lwiw"."""
    ties = []
    if group.first > 1:
        ties.append((words[group.first - 2], words[group.first - 1], words[group.first]))
    if group.last + 1 < len(words):
        ties.append((words[group.last - 1], words[group.last], words[group.last + 1]))
    return any(
        sign.text in "-–"
        and one.end == sign.start
        and sign.end == other.start
        and one.mention is not None
        and other.mention is not None
        for one, sign, other in ties
    )


def _lead(group: Group, words: list[Word], lang: str) -> None:
    if _in_name(words, group):
        group.lead = "none"
        return
    owns = _owns(words, group.last) or _is_owner(words, group.first, lang)
    if owns or _friend_of(words, group, lang):
        group.lead = "owner"
        return
    leads, found = LEADS[lang], ""
    place = group.first - 1
    for steps in range(_FARTHEST):
        if place < 0:
            break
        word = words[place]
        if word.mention is not None:
            if not (lang == "en" and _owns_any(words, place + 1)):
                break
        elif word.sign:
            if not _crosses(words, place):
                break
        elif word.low in leads:
            found = _stronger(found, leads[word.low], words, place)
            if found != "at":
                break
        elif (
            word.low in _FINITE
            or word.number
            or (verb_of(lang, word.low) and not _noun_of(words, place, lang))
        ):
            break
        elif steps < 4 and word.low in _given(lang):
            group.given = lang != "de" or _german_dative(words, place)
        if word.low in _ARTICLES.get(lang, ()) and not _led(words, place, lang):
            break
        place -= 1
    group.lead = found


def _german_dative(words: list[Word], place: int) -> bool:
    """Whether "der" gives: not "der Landkreis", which does, nor "der Rat der Stadt", a genitive."""
    if _led(words, place, "de"):
        return False
    after = words[place + 1] if place + 1 < len(words) else words[place]
    before = words[place - 1] if place else words[place]
    genitive = before.low.endswith(_OFFICES) and before.text[0].isupper()
    noun = after.low.split()[0] if after.mention is not None else after.low
    return words[place].low != "der" or not (noun.endswith(_MASCULINE) or genitive)


def _led(words: list[Word], place: int, lang: str) -> bool:
    """Whether a word before an article leads to the name, or goes on with "of"."""
    before = words[place - 1].low if place else ""
    apposed = before == "," and _crosses(words, place - 1)
    return apposed or before in LEADS[lang] or before in ("of", "all", "both", "support")


def _stronger(found: str, lead: str, words: list[Word], place: int) -> str:
    """A word that leads from farther away wins over "in"; "in addition to" leads nowhere."""
    before = words[place - 1].low if place else ""
    if lead == "at" and " ".join(w.low for w in words[place + 1 : place + 3]) == "support of":
        return "to"
    if before in _AWAY:
        return "none"
    if words[place].low == "von" and before.endswith(_OFFICES):
        return found
    if before in ("addition", "thanks", "according", "due", "belongs", "similar", "next"):
        return "none"
    if lead == "to" and place + 1 < len(words) and verb_of("en", words[place + 1].low):
        return found
    return lead if not found or lead != "at" else found


def _owns(words: list[Word], place: int) -> bool:
    """Whether "'s sister city" stands here."""
    if not _owns_any(words, place):
        return False
    after = [word.low for word in words[place : place + 6]]
    return any(word.startswith(_PARTNER) for word in after)


def _owns_any(words: list[Word], place: int) -> bool:
    return place < len(words) and words[place].low in ("'", "’", "'s")


def _is_owner(words: list[Word], first: int, lang: str) -> bool:
    """Whether the place is only the other side of "a sister city of …"."""
    if lang != "en" or first < 3 or words[first - 1].low != "of":
        return False
    back = [word.low for word in words[max(0, first - 6) : first]]
    places = [n for n, word in enumerate(back) if word.startswith(_PARTNER)]
    if not places:
        return False
    article = back[places[-1] - 1] if places[-1] else ""
    return article in ("a", "an") or (article not in _THE and places[-1] > 0 and back[0] == ",")


def _friend_of(words: list[Word], group: Group, lang: str) -> bool:
    """Whether a name in the genitive stands after "побратим": the friend of that town."""
    before = words[group.first - 1].low if group.first else ""
    return lang in ("uk", "pl") and group.country == "UA" and before in _FRIENDS


def _crosses(words: list[Word], place: int) -> bool:
    """Whether a sign may be stepped over: quotes, brackets, "another sister city, the town of"."""
    word = words[place]
    if word.text in "\"“”„«»'’(-–":
        return True
    before = words[place - 1].low if place else ""
    return word.text == "," and (before in _CITY or before.startswith(_CITY_STEMS))


def _is_verb(words: list[Word], place: int, lang: str) -> bool:
    return bool(verb_of(lang, words[place].low)) and not _noun_of(words, place, lang)


def _noun_of(words: list[Word], place: int, lang: str) -> bool:
    """Whether a word that looks like a verb is a noun here ("the support of", "help from")."""
    after = words[place + 1].low if place + 1 < len(words) else ""
    before = words[place - 1].low if place else ""
    return lang == "en" and (after == "of" or before in ("the", "a", "of", "its", "with"))


@cache
def _given(lang: str) -> frozenset[str]:
    return frozenset(GIVEN[lang].split())
