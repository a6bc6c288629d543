"""Who gives and who gets among the places of a sentence, by verb, leading word and case."""

from dataclasses import dataclass
from itertools import pairwise

from mistok.reading.aid.context import UKRAINE
from mistok.reading.aid.cues import buys, verb_of
from mistok.reading.aid.groups import Group
from mistok.reading.aid.words import Word

_BE = frozenset("is are was were be been being".split())
_GERMAN_PASSIVE = frozenset("wurde wurden worden werden wird".split())
_SHARING = ("поділи", "ділить", "share", "podziel", "teilt")
_MEANS = ("money", "fund", "donation", "mitteln", "spende", "geld", "кошт", "środk", "pieni")
_SAID = tuple(
    """said says announced reported wrote told повідом розпов заяв сказа написа зазнач інформу
    sagte berichtet erklärte schrieb teilte poinformow powiedzia napisa oświadcz""".split()
)
_GERMAN_DATIVE = frozenset("seinem ihrem seinen ihren den dem".split())
_GERMAN_PEOPLE = ("kollegen", "kollegin", "freunden", "partnern", "kameraden", "leuten", "helfern")
_DATIVE = {
    "uk": ("ові", "еві", "єві", "ому", "ам", "ям", "у", "ю"),
    "pl": ("owi", "emu", "om"),
    "de": (),
    "en": (),
}
_DATIVE_WEAK = {"uk": ("і", "ї"), "pl": ("ie", "y", "i"), "de": (), "en": ()}


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of giving or getting at a word."""

    place: int
    kind: str
    low: str
    passive: bool


def verbs_in(words: list[Word], lang: str) -> list[Verb]:
    """Give the verbs of giving, getting and arriving, in order."""
    found = []
    for place, word in enumerate(words):
        if word.mention is not None or word.sign or word.number:
            continue
        kind = verb_of(lang, word.low)
        if not kind:
            continue
        if lang == "de" and kind != "noun" and word.text[0].isupper() and place > 0:
            continue
        if kind == "leave":
            follows = any(w.mention is not None for w in words[place + 1 : place + 5])
            kind = "arrive" if follows else "give"
        if lang == "en" and kind == "receive" and not _gets(words, place):
            continue
        found.append(Verb(place, kind, word.low, _passive(words, place, lang)))
    return found


def settle(groups: list[Group], verbs: list[Verb], words: list[Word], lang: str) -> None:
    """Give every group its roles: `giver`, `receiver`, or neither."""
    for group in groups:
        verb = _governing(group, verbs, words)
        role = _role(group, verb, words, lang)
        if role:
            group.roles = {role}
    if lang == "en":
        _gapped(groups)


def _gapped(groups: list[Group]) -> None:
    """ "Riga gave Kyiv buses, Tallinn ambulances": who is from abroad gives in his turn."""
    served = False
    for group in groups:
        receives = "receiver" in group.roles
        if served and receives and not group.lead and group.country != UKRAINE:
            group.roles = {"giver"}
        served |= receives and group.country == UKRAINE


def _role(group: Group, verb: Verb | None, words: list[Word], lang: str) -> str:
    if group.lead == "from" and verb is not None and buys(lang, verb.low):
        # Who sells gives nothing; money "from" somebody buys things as well.
        before = words[max(0, group.first - 4) : group.first]
        return "giver" if any(w.low.startswith(_MEANS) for w in before) else ""
    if group.lead == "from" and verb is not None and _is_served(words, group, verb, lang):
        return "receiver"
    if group.lead in ("from", "by"):
        shared = verb is not None and verb.low.startswith(_SHARING) and verb.place < group.first
        return "receiver" if shared else "giver"
    if group.lead == "to":
        return "receiver"
    if _into(words, group, lang):
        return "receiver"
    if group.lead == "at":
        # A Ukrainian place without a number of its register is a part of a town, or a river.
        known = group.parties[0].key.startswith(("katottg:", "iso:"))
        if group.country != UKRAINE or not known:
            return ""
        return "receiver" if verb is not None and verb.kind == "arrive" else "place"
    if group.lead == "with":
        shares = verb is not None and verb.low.startswith(_SHARING)
        return "receiver" if shares else ""
    if group.lead in ("none", "owner") or verb is None:
        return ""
    return _bare(group, verb, words, lang)


def _is_served(words: list[Word], group: Group, verb: Verb, lang: str) -> bool:
    """Whether who comes from there gets: "firefighters from Rivne received", "колегам з X"."""
    if verb.kind == "receive":
        return group.country == UKRAINE and group.last <= verb.place
    return verb.kind != "thank" and _to_people(words, group, lang)


def _to_people(words: list[Word], group: Group, lang: str) -> bool:
    """Whether it is people from there who get: "seinem Amtskollegen aus X", "колегам з X"."""
    back = [word.low for word in words[max(0, group.first - 5) : group.first]]
    leads = {"uk": ("з", "із", "зі"), "de": ("aus", "von"), "pl": ("z", "ze"), "en": ()}
    at = next((n for n, low in enumerate(back) if low in leads[lang]), 0)
    if not at or len(back[at - 1]) < 5:
        return False
    if lang == "de":
        dative = any(low in _GERMAN_DATIVE for low in back[: at - 1])
        return dative and back[at - 1].endswith(_GERMAN_PEOPLE)
    return back[at - 1].endswith(("ам", "ям") if lang == "uk" else ("om",))


def _into(words: list[Word], group: Group, lang: str) -> bool:
    """Whether words lead into the country: "in die Ukraine", "в Україну", "na Ukrainę"."""
    if group.country != UKRAINE:
        return False
    before = [word.low for word in words[max(0, group.first - 3) : group.first]]
    if lang == "de":
        return any(pair in (("in", "die"), ("in", "den")) for pair in pairwise(before))
    if group.parties[0].level != "country":
        return False
    if before[-1:] not in (["у"], ["в"], ["na"]):
        return False
    return lang in ("uk", "pl") and words[group.last - 1].low.endswith(("у", "ю", "ę"))


def _bare(group: Group, verb: Verb, words: list[Word], lang: str) -> str:
    before = group.last <= verb.place
    ukrainian = group.country == UKRAINE
    if before and ukrainian and verb.kind == "give" and _speaks(words, group, verb):
        return "receiver"
    if verb.kind == "receive":
        return "receiver" if before or lang != "en" else ""
    if verb.kind == "thank":
        if lang == "en":
            return "receiver" if before else "giver"
        return "receiver" if ukrainian else "giver"
    if verb.kind in ("arrive", "noun", "include"):
        if verb.low in ("left", "leave", "leaves", "departed") and not before:
            return "giver"
        return "receiver" if ukrainian else "giver"
    if lang == "en":
        if before:
            return "receiver" if verb.passive else "giver"
        return "receiver"
    if group.given or _dative(group, words, lang, before=before):
        return "receiver"
    if before and not verb.passive:
        return "giver"
    return "receiver" if ukrainian else "giver"


def _speaks(words: list[Word], group: Group, verb: Verb) -> bool:
    """Whether somebody from there only tells of it: "the mayor of Lviv said that …"."""
    between = words[group.last : verb.place]
    return any(word.low.startswith(_SAID) for word in between)


def _dative(group: Group, words: list[Word], lang: str, *, before: bool) -> bool:
    """Whether the name's ending says that it gets something; weak endings count after the verb."""
    parts = words[group.first].low.split()
    if not parts:
        return False
    last = parts[-1]
    if last.endswith(_DATIVE[lang]):
        return True
    weak = _DATIVE_WEAK[lang]
    return bool(weak) and not before and group.country == UKRAINE and last.endswith(weak)


def _governing(group: Group, verbs: list[Verb], words: list[Word]) -> Verb | None:
    """The verb that a group belongs to: one without a comma between, else the nearest."""
    left = next((v for v in reversed(verbs) if v.place < group.first), None)
    right = next((v for v in verbs if v.place >= group.last), None)
    if left is None or right is None:
        return left or right
    left_open = not _breaks(words[left.place + 1 : group.first])
    right_open = not _breaks(words[group.last : right.place])
    if left_open != right_open:
        return left if left_open else right
    return left if left_open else right


def _breaks(words: list[Word]) -> bool:
    return any(word.text in ",;:" for word in words)


def _passive(words: list[Word], place: int, lang: str) -> bool:
    low = words[place].low
    if lang == "en":
        if not low.endswith(("ed", "en", "nt", "ht", "id")):
            return False
        return any(word.low in _BE for word in words[max(0, place - 4) : place])
    if lang == "de":
        near = words[max(0, place - 12) : place + 3]
        return any(word.low in _GERMAN_PASSIVE for word in near)
    if lang == "uk":
        return low.endswith(("но", "то", "ані", "ені"))
    return low.endswith(("no", "ne", "ny", "na", "to"))


def _gets(words: list[Word], place: int) -> bool:
    """Whether "had" and "took" mean to get: "has had six buses from", "took delivery of"."""
    low = words[place].low
    if low in ("take", "takes", "took", "taken"):
        return any(w.low in ("delivery", "receipt") for w in words[place + 1 : place + 4])
    if low != "had":
        return True
    before = words[place - 1].low if place else ""
    return before in ("has", "have") or any(w.low == "from" for w in words[place : place + 20])
