"""Who commits to build or mend what for whom, and what is no commitment."""

import pytest
from marked_pages import page_of

from mistok.reading.projects import projects_in


def name(party):
    return party if isinstance(party, str) else party.name


def projects(text, lang="en"):
    return [(name(p.by), name(p.receiver), p.what) for p in projects_in(page_of(text, lang))]


@pytest.mark.parametrize(
    ("lang", "text", "what"),
    [
        (
            "en",
            "{Bonn|DE} will help restore the {Irpin|UA} Lyceum No. 3, which was damaged.",
            "restoration of Irpin Lyceum No. 3",
        ),
        (
            "en",
            "The city of {Bonn|DE} will assist {Irpin|UA} with the city reconstruction.",
            "city reconstruction",
        ),
        (
            "en",
            "{Bonn|DE} will help rebuild the sister city of {Irpin|UA}.",
            "rebuilding of the city",
        ),
        (
            "en",
            "{Bonn|DE} has promised {Irpin|UA} to repair the water network by 2025.",
            "repair of the water network",
        ),
        (
            "en",
            "{Bonn|DE} signed an agreement on the reconstruction of schools in {Irpin|UA}.",
            "reconstruction of schools",
        ),
        ("uk", "{Бонн|DE=Bonn} відбудує школу в {Ірпені|UA=Irpin}.", None),
        ("de", "{Bonn|DE} übernimmt den Wiederaufbau der Schule in {Irpin|UA}.", None),
        ("pl", "{Bonn|DE} sfinansuje odbudowę szkoły w {Irpieniu|UA=Irpin}.", None),
    ],
)
def test_a_commitment_has_who_for_whom_and_what(lang, text, what):
    what = what or "reconstruction of the school"
    assert projects(text, lang) == [("Bonn", "Irpin", what)]


def test_each_actor_and_each_receiver_has_a_project():
    text = "{Yokohama|JP} and UNDP agreed on the reconstruction of schools in {Odesa|UA}."
    assert [p[:2] for p in projects(text)] == [("Yokohama", "Odesa"), ("UNDP", "Odesa")]
    text = (
        "The {UK|GB|country|country} will take over the restoration of {Kyiv|UA} and the "
        "{Kyiv region|UA|region}."
    )
    assert projects(text) == [
        ("UK", "Kyiv", "restoration of the city"),
        ("UK", "Kyiv region", "restoration of the region"),
    ]


def test_two_works_of_one_sentence_are_two_projects():
    text = (
        "{Denmark|DK|country|country} has committed itself to repair the water network and to "
        "build two boiler houses for {Mykolaiv|UA}."
    )
    works = [p[2] for p in projects(text)]
    assert works == ["repair of the water network", "construction of two boiler houses"]


def test_a_government_is_its_country():
    text = (
        "The {Estonian|EE|country|nationality=Estonia} government has announced that it plans to "
        "participate in the reconstruction of the {Zhytomyr region|UA|region}."
    )
    assert projects(text) == [("Estonia", "Zhytomyr region", "reconstruction of the region")]


def test_the_amount_is_kept():
    text = "{Cascais|PT} will pay 500,000 euros for the reconstruction of a school in {Bucha|UA}."
    (project,) = projects_in(page_of(text))
    assert (project.amount, project.currency) == (500000, "EUR")
    assert 0.5 < project.confidence < 1


def test_the_town_of_the_sentence_before_can_be_meant():
    text = "{Vejle|DK} is a friend of {Sumy|UA}. The town will rebuild the kindergarten there."
    assert projects(text) == [("Vejle", "Sumy", "rebuilding of the kindergarten")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "{Bonn|DE} is ready to help with the reconstruction of {Irpin|UA}."),
        ("en", "{Bonn|DE} and {Irpin|UA} discussed the reconstruction of the city."),
        ("en", "{Bonn|DE} could help to rebuild {Irpin|UA}."),
        ("en", "The school of {Irpin|UA} will be rebuilt."),
        (
            "en",
            "Many say that they want a share in rebuilding. {Bonn|DE} {Kyiv|UA}",
        ),
        ("uk", "{Бонн|DE} готовий допомогти з відбудовою {Ірпеня|UA}."),
        ("de", "{Bonn|DE} ist bereit, beim Wiederaufbau von {Irpin|UA} zu helfen."),
        ("pl", "{Bonn|DE} jest gotowe pomóc w odbudowie {Irpienia|UA}."),
        ("fr", "{Bonn|DE} will rebuild {Irpin|UA}."),
        ("en", "The building of the council will be open; we signed it."),
    ],
)
def test_readiness_and_talks_are_no_projects(lang, text):
    assert projects(text, lang) == []


def test_a_heading_only_tells_what_the_text_does_not():
    text = (
        "{Bonn|DE} to rebuild school in {Irpin|UA}\n\n{Bonn|DE} will rebuild the school in "
        "{Irpin|UA}. The council said so on its page and thanked all those who had helped it."
    )
    assert projects(text) == [("Bonn", "Irpin", "rebuilding of the school")]
