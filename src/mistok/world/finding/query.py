"""Reading a query: the name itself, what says its kind, and what says where it lies.

"Vitré, Ille-et-Vilaine" is Vitré with a context; "Sonneberg (Kreis)" is Sonneberg, a district;
"the Ukrainian city of Bucha" is Bucha, a municipality in Ukraine.
"""

import re
from dataclasses import dataclass

from mistok.world.finding.nations import nation_of, nation_of_adjective
from mistok.world.finding.words import level_of, strip_words
from mistok.world.folding import fold

_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?")
_COMMAS = re.compile(r"\s*[,;|/\n]\s*")
_DASHES = re.compile(r"\s+-+\s+|\s*[–—]\s*")
_INSIDE = re.compile(
    r"\s+(?:in|near|at|bei|im|w|we|koło|pod|у|в|біля|під|dans|en|près de|nahe|of the|of)"
    r"(?:\s+(?:the|der|den|dem|la|le))?\s+",
)
_OUTER = " \t.,;:!?'\"“”„«»‘’`*_#<>"
_MOST = 6
_WORDS = 12
_SPELT_OUT = {"a.d.": "an der ", "o.d.": "ob der ", "b.": "bei ", "i.": "im ", "a.": "am "}
_SHORT = re.compile(r"(?<= )(a\. ?d\.|o\. ?d\.|b\.|i\.|a\.) ?(?=\w)")
_STAND_IN = "qqq"
_UNITS = ("region", "district", "hromada")
"""Levels that are a part of the unit's name in the gazetteer: Zhytomyr region, Bucha district."""


@dataclass(frozen=True, slots=True)
class Query:
    """A name as it is looked up, and what stands around it.

    `name` is folded, `text` is the same part as written, `core` that part before words for
    kinds were taken off (Kansas City, whose name then is Kansas); `levels` are what
    administrative words say, in order of preference; `contexts` are folded texts; `codes` are
    countries (UA) and regions (US-CA); `relation` says how the context is tied to the name: "",
    "brackets", "comma",
    "dash" or "words".
    """

    name: str
    text: str
    core: str = ""
    levels: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    relation: str = ""
    beside: str = ""

    @property
    def readings(self) -> dict[str, str]:
        """What may be the name, folded, each as it is written; the fuller first."""
        spelt_out = _SHORT.sub(lambda found: _SPELT_OUT[found[1].replace(" ", "")], self.core)
        fuller = {fold(self.core): self.core, fold(spelt_out): spelt_out, self.name: self.text}
        levels = (level for level in self.levels if level in _UNITS)
        return fuller | {f"{self.name} {level}": "" for level in levels}

    @property
    def part(self) -> str:
        """What the text calls the part when a city and its part are named."""
        if self.relation == "dash" and self.beside:
            return self.beside
        return self.text if self.relation else self.text.partition("-")[2] or self.text


def analyse(text: str) -> Query:
    """Part a text into the name, its level and its contexts; an empty name when nothing is left."""
    core, contexts, relation = _parted(text)
    levels: list[str] = []
    codes: list[str] = []
    around: list[str] = []
    beside = ""
    for context in contexts[:_MOST]:
        folded = fold(context)
        if nation := nation_of(folded, set_off=True) or _code(context):
            codes.append(nation)
        elif said := level_of(folded):
            levels += said
        elif folded:
            around.append(folded)
            beside = beside or context
    name, said, nations = bared(fold(core))
    return Query(
        name=name,
        text=_as_written(core, name),
        core=core,
        levels=tuple(dict.fromkeys((*levels, *said))),
        contexts=tuple(around),
        codes=tuple(dict.fromkeys((*codes, *nations))),
        relation=relation,
        beside=beside,
    )


def bared(folded: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Take words for kinds and nations off a folded name: the name, the levels, the codes."""
    levels: list[str] = []
    codes: list[str] = []
    name = folded
    for _ in range(_MOST):
        stripped = strip_words(name)
        levels += stripped.levels
        name = stripped.name
        first, _blank, rest = name.partition(" ")
        nation = nation_of_adjective(first) if rest else None
        if nation is None:
            break
        codes.append(nation)
        name = rest
    return name, tuple(dict.fromkeys(levels)), tuple(codes)


def _parted(text: str) -> tuple[str, list[str], str]:
    """The part that names the place, the parts around it, and how they are tied."""
    contexts = [found.strip() for found in _BRACKETS.findall(text)]
    rest = _BRACKETS.sub(" ", text).strip(_OUTER)
    relation = "brackets" if contexts and rest else ""
    if not rest and contexts:
        rest = contexts.pop(0)
    for pattern, name in ((_COMMAS, "comma"), (_DASHES, "dash"), (_INSIDE, "words")):
        parts = [part for part in pattern.split(rest) if part.strip(_OUTER)]
        if len(parts) > 1 and not (name == "words" and _only_words(fold(parts[0]))):
            contexts += parts[1:]
            rest, relation = parts[0], relation or name
    inner = [part for context in contexts for part in _COMMAS.split(context) if part]
    return rest.strip(_OUTER), inner, relation


def _only_words(folded: str) -> bool:
    """Whether a text before "of" names nothing: "the Ukrainian city", "City Council"."""
    return bool(level_of(folded)) or bared(f"{folded} of {_STAND_IN}")[0] == _STAND_IN


def _as_written(core: str, name: str) -> str:
    """The words of the text that make up the folded name."""
    words = core.split()
    if len(words) > _WORDS:
        return core
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            part = " ".join(words[start:end])
            if fold(part) == name:
                return part
    return core


def _code(text: str) -> str | None:
    """A context of two or three capitals may be a region's code: "Lakewood, CO"."""
    bare = text.strip(_OUTER).replace(".", "")
    return f"*-{bare}" if bare.isascii() and bare.isupper() and 1 < len(bare) < 4 else None
