"""How letters greet and take leave, in five languages."""

import pytest

from mistok.kernel.errors import Invalid
from mistok.papers.format import LANGUAGES
from mistok.papers.naming import OFFICES, Addressee, closing, salutation

# In the order of LANGUAGES: uk, en, de, pl, fr.
GREETED = [
    (
        Addressee(),
        (
            "Шановні пані та панове!",
            "Dear Sir or Madam,",
            "Sehr geehrte Damen und Herren,",
            "Szanowni Państwo,",
            "Madame, Monsieur,",
        ),
    ),
    (
        Addressee(gender="m", surname="Schmidt"),
        (
            "Шановний пане Schmidt!",
            "Dear Mr Schmidt,",
            "Sehr geehrter Herr Schmidt,",
            "Szanowny Panie,",
            "Monsieur,",
        ),
    ),
    (
        Addressee(gender="f", surname=" Dr.  Schmidt "),
        (
            "Шановна пані Dr. Schmidt!",
            "Dear Ms Dr. Schmidt,",
            "Sehr geehrte Frau Dr. Schmidt,",
            "Szanowna Pani,",
            "Madame,",
        ),
    ),
    (
        Addressee(office="mayor", gender="m", surname="Martin"),
        (
            "Шановний пане мере!",
            "Dear Mayor,",
            "Sehr geehrter Herr Bürgermeister,",
            "Szanowny Panie Burmistrzu,",
            "Monsieur le Maire,",
        ),
    ),
    (
        Addressee(office="mayor", gender="f"),
        (
            "Шановна пані мере!",
            "Dear Mayor,",
            "Sehr geehrte Frau Bürgermeisterin,",
            "Szanowna Pani Burmistrz,",
            "Madame la Maire,",
        ),
    ),
    (
        Addressee(office="city_president", gender="m"),
        (
            "Шановний пане президенте міста!",
            "Dear Mayor,",
            "Sehr geehrter Herr Stadtpräsident,",
            "Szanowny Panie Prezydencie,",
            "Monsieur le Maire,",
        ),
    ),
    (
        Addressee(office="city_head", gender="f"),
        (
            "Шановна пані міська голово!",
            "Dear Mayor,",
            "Sehr geehrte Frau Bürgermeisterin,",
            "Szanowna Pani Mer,",
            "Madame la Maire,",
        ),
    ),
]


@pytest.mark.parametrize(("to", "told"), GREETED)
def test_greeting_fits_the_person_in_every_language(to, told):
    assert tuple(salutation(language, to) for language in LANGUAGES) == told


@pytest.mark.parametrize("to", [Addressee(office="mayor"), Addressee(gender="m")])
def test_who_is_not_known_well_enough_is_greeted_as_everybody(to):
    everybody = tuple(salutation(language, Addressee()) for language in LANGUAGES)
    told = tuple(salutation(language, to) for language in LANGUAGES)
    unlike = {lang for lang, a, b in zip(LANGUAGES, told, everybody, strict=True) if a != b}
    # A man whose name is not known can be greeted in Polish and French all the same.
    assert unlike == ({"pl", "fr"} if to.gender else set())


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_office_is_greeted_as_man_and_woman_with_the_stop_of_the_language(office, language):
    man, woman = (salutation(language, Addressee(office, gender)) for gender in ("m", "f"))
    stop = "!" if language == "uk" else ","
    assert man.endswith(stop)
    assert woman.endswith(stop)
    assert (man == woman) == (language == "en")


def test_english_leave_follows_the_greeting():
    assert closing("en", Addressee()) == "Yours faithfully"
    assert closing("en", Addressee("mayor", "f")) == "Yours sincerely"


def test_french_leave_repeats_the_greeting():
    told = closing("fr", Addressee("mayor", "m"))
    assert ", Monsieur le Maire, l’expression" in told
    assert ", Madame, Monsieur, l’expression" in closing("fr", Addressee())


@pytest.mark.parametrize(
    ("language", "told"),
    [("uk", "З повагою"), ("de", "Mit freundlichen Grüßen"), ("pl", "Z wyrazami szacunku")],
)
def test_leave_is_that_of_offices(language, told):
    assert closing(language, Addressee("mayor", "m")) == told


def test_office_gender_and_language_unknown_are_refused():
    with pytest.raises(Invalid, match="'king'") as caught:
        Addressee(office="king")
    assert caught.value.code == "office_unknown"
    with pytest.raises(Invalid, match="'x'") as caught:
        Addressee(gender="x")
    assert caught.value.code == "gender_unknown"
    for told in (salutation, closing):
        with pytest.raises(Invalid, match="'it'") as caught:
            told("it", Addressee())
        assert caught.value.code == "language_unknown"
