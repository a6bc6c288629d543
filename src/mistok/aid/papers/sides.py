"""Who gives and who gets, as a paper names them: names of places in its languages, never a site."""

import datetime as dt
from typing import Any

from mistok.aid.consignments import living_code, recipient_of
from mistok.aid.models import Consignment
from mistok.aid.papers.phrases import Languages, Texts, everywhere
from mistok.needs.appeals.place_names import Named, language_of, named
from mistok.papers.naming import Addressee, salutation
from mistok.registry.gazetteer import the_world


def sides(consignment: Consignment, languages: Languages) -> dict[str, Any]:
    """The slots that name both sides and the consignment itself."""
    recipient = recipient_of(consignment.office)
    return {
        "consignment": consignment.public_id,
        "title": everywhere(consignment.title, languages),
        "giver": giver(consignment, languages),
        "receiver": party(consignment.office.place, languages),
        "receiver_number": recipient.number if recipient else "",
        "place": place(consignment.office.place, languages),
        "taken_over": _taken_over(consignment, languages),
        **customs(consignment),
    }


def customs(consignment: Consignment) -> dict[str, str]:
    """The code of the goods, and the numbers of the declarations that have not run out.

    A code that has ended stays that of the goods which were declared under it.
    """
    living = consignment.declarations.filter(expired_on__isnull=True).order_by("pk")
    under = living.filter(code__isnull=False).select_related("code").last()
    code = under.code if under else living_code(consignment)
    return {
        "code": code.value if code else "",
        "declaration": ", ".join(living.values_list("number", flat=True)),
    }


def giver(consignment: Consignment, languages: Languages) -> Texts:
    """Who gives: the name that was told, else the municipality; empty where nobody is known."""
    if consignment.donor_name:
        return everywhere(consignment.donor_name, languages)
    key = giver_key(consignment)
    return party(key, languages) if key else {}


def giver_on_envelope(consignment: Consignment, languages: Languages) -> Texts:
    """The same at the head of a letter: «Місту Дортмунду»."""
    key = giver_key(consignment)
    if consignment.donor_name or not key:
        return giver(consignment, languages)
    known = named(key, languages)
    return _held({lang: known.office(lang, "", "") for lang in languages})


def greeting(languages: Languages) -> Texts:
    """How a letter greets whom it does not know by name."""
    return {lang: salutation(lang, Addressee()) for lang in languages}


def giver_key(consignment: Consignment) -> str:
    """The municipality that gives; empty where a person or nobody known gives."""
    if consignment.donor_office is not None:
        return consignment.donor_office.place
    return consignment.donor_place


def party(key: str, languages: Languages) -> Texts:
    """A municipality as a party: the council of a hromada, "City of Dortmund"."""
    known = named(key, languages)
    return _held({lang: _party(known, lang) for lang in languages})


def place(key: str, languages: Languages) -> Texts:
    """A hromada or town in the nominative: «Житомирська міська територіальна громада»."""
    known = named(key, languages)
    return _held({lang: known.bare(lang) for lang in languages})


def settlement(key: str, languages: Languages) -> Texts:
    """A settlement by its bare name; empty for none."""
    return _held(dict(named(key, languages).names)) if key else {}


def language_of_giver(consignment: Consignment) -> str:
    """The language in which the giver reads; English where none is known."""
    key = giver_key(consignment)
    return language_of(the_world().get(key).country) if key else "en"


def language_of_receiver(consignment: Consignment) -> str:
    """The language in which the receiving office writes."""
    return language_of(consignment.office.country)


def as_day(day: dt.date | None) -> str:
    """A day as a slot keeps it; empty for none."""
    return day.isoformat() if day else ""


def _party(known: Named, language: str) -> str:
    hromada = known.kind == "hromada" and bool(known.names.get(language))
    told = known.authority(language) if hromada else known.bare(language)
    return told[:1].upper() + told[1:]


def _held(texts: Texts) -> Texts:
    """Without languages in which no name is known for sure: then a person writes it."""
    return {lang: text for lang, text in texts.items() if text}


def _taken_over(consignment: Consignment, languages: Languages) -> Texts:
    """Town and country from which the goods come, and nothing closer."""
    key = giver_key(consignment)
    if not key:
        return {}
    town = named(key, languages).names
    country = the_world().get(f"iso:{the_world().get(key).country}").labels
    return {
        lang: f"{town[lang]}, {country[lang]}"
        for lang in languages
        if town.get(lang) and country.get(lang)
    }
