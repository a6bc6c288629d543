"""How many independent sources there are, and which facts reach us through aggressors alone."""

import datetime as dt

import pytest

from factories import a_source
from mistok.provenance.independence import (
    host_of,
    independent,
    independent_groups,
    origins,
    publisher_marks,
    site_of,
)
from mistok.provenance.models import Source
from mistok.registry.aggressors import AGGRESSOR_STATES
from mistok.registry.outlets import (
    country_of,
    is_aggressors,
    only_through_aggressors,
    outlet_of,
    outlets,
    publisher_country,
)

pytestmark = pytest.mark.django_db


def paper(slug, publisher="", url="", **fields):
    return a_source(slug, publisher=publisher or slug, url=url or f"https://{slug}.com/a", **fields)


def test_two_publishers_are_two_and_one_with_two_pages_is_one():
    one, other = paper("chas", "Chas"), paper("ukrinform", "Ukrinform")
    again = paper("ukrinform-2", "Ukrinform (English)", "https://en.ukrinform.com/b")
    assert independent([one, other]) == 2
    assert independent([one, other, again]) == 2
    assert independent([]) == 0


def test_a_name_joins_two_sites_and_a_site_joins_two_names():
    ua = paper("ua", "Укрінформ", "https://www.ukrinform.ua/a")
    net = paper("net", "УКРІНФОРМ ", "https://ukrinform.net/b")
    renamed = paper("new", "Ukrinform Agency", "https://www.ukrinform.net/c")
    apart = paper("apart", "Ukrinform Agency of Sports", "https://sport.example/c")
    assert independent([ua, apart, renamed]) == 3
    assert [
        [one.slug for one in group] for group in independent_groups([ua, net, renamed, apart])
    ] == [
        ["apart"],
        ["net", "new", "ua"],
    ]


def test_a_copy_counts_with_what_it_repeats_and_not_for_its_own_paper():
    release = paper("council", "City council")
    reprint = paper("gazette", "Gazette", copy_of=release)
    of_reprint = paper("portal", "Portal", copy_of=reprint)
    own = paper("gazette-own", "Gazette", "https://gazette.com/own")
    assert independent([release, reprint, of_reprint]) == 1
    assert independent([reprint, of_reprint]) == 1
    assert independent([release, reprint, own]) == 2
    assert origins([of_reprint]) == [release]


def test_a_circle_of_copies_does_not_hang():
    first = paper("first")
    second = paper("second", copy_of=first)
    Source.objects.filter(pk=first.pk).update(copy_of=second)
    first.refresh_from_db()
    assert independent([first]) == 1


def test_texts_of_nobody_knows_whom_are_one_at_most():
    pasted = a_source("text-1", publisher="unnamed publisher", url="")
    other = a_source("text-2", publisher="", url="")
    assert independent([pasted, other, paper("chas")]) == 2
    assert publisher_marks(pasted) == {"unnamed"}


def test_pages_of_one_platform_are_apart_and_archived_pages_are_their_own_sites():
    assert site_of("https://www.facebook.com/Bucha.Rada/posts/1") == "facebook.com/bucha.rada"
    assert site_of("https://facebook.com/gdynia") == "facebook.com/gdynia"
    assert site_of("https://t.me/lviv/12") == "t.me/lviv"
    archived = "https://web.archive.org/web/2022/https://www.kyivcity.gov.ua/news/1"
    assert site_of(archived) == "kyivcity.gov.ua"
    assert host_of(archived) == "kyivcity.gov.ua"
    assert site_of("https://archive.org/details/book") == "archive.org"
    assert site_of("https://example.org/http-errors") == "example.org"


def test_what_somebody_registered_is_the_site():
    assert site_of("https://news.bbc.co.uk/a") == "bbc.co.uk"
    assert site_of("https://mistoone.blogspot.com/a") == "mistoone.blogspot.com"
    assert site_of("http://192.0.2.7/a") == "192.0.2.7"
    assert site_of("https://рада.укр/новини") == "xn--80aal0c.xn--j1amh"
    assert site_of("") == site_of("http://[broken") == host_of("https://" + "a" * 70 + ".com") == ""


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://lenta.ru/news/1", "RU"),
        ("https://www.portal.su/a", "RU"),
        ("http://город.рф/новости", "RU"),
        ("https://москва.москва/", "RU"),
        ("https://sb.by/articles/1", "BY"),
        ("https://новости.бел/1", "BY"),
        ("https://de.rt.com/inland/1", "RU"),
        ("https://sputniknews.lt/1", "RU"),
        ("https://tass.com/world/1", "RU"),
        ("https://sputnik.example/1", ""),
        ("https://smart.com/1", ""),
        ("https://kyivcity.gov.ua/news", "UA"),
        ("https://рада.укр/", "UA"),
        ("https://bbc.co.uk/news", "GB"),
        ("https://www.gdynia.pl/", "PL"),
        ("https://visit.io/", ""),
        ("https://strange.zz/", ""),
        ("https://kyivpost.com/1", ""),
        ("http://192.0.2.77/", ""),
        ("", ""),
    ],
)
def test_a_publisher_sits_where_its_address_says(url, country):
    assert publisher_country(url) == country


def test_an_outlet_is_known_by_its_name_where_there_is_no_address():
    assert publisher_country("", "RIA Novosti") == publisher_country("", "РИА «Новости»") == "RU"
    assert publisher_country("", "Riazan Town News") == ""
    assert outlet_of("https://example.com/x", "TASS") is None
    assert outlet_of("https://arabic.rt.com/x").ruling == "Council Regulation (EU) 2022/350"


def test_every_outlet_has_its_ruling_with_day_and_address():
    states = {state.country for state in AGGRESSOR_STATES}
    assert len(outlets()) > 20
    for outlet in outlets():
        assert outlet.country in states
        assert outlet.since <= dt.date(2026, 1, 1)
        assert outlet.ruling
        assert outlet.address.startswith("https://")


def test_what_a_person_told_of_a_source_stands_before_its_address():
    exile = paper("exile", "Radio in exile", "https://exile.by/a", publisher_country="LT")
    assert country_of(exile) == "LT"
    assert not only_through_aggressors([exile])
    assert only_through_aggressors([paper("state", url="https://belta.by/a")])


def test_one_other_source_is_enough_and_none_is_not():
    moscow = paper("ria", url="https://ria.ru/1")
    minsk = paper("belta", url="https://belta.by/1")
    assert only_through_aggressors([moscow, minsk])
    assert not only_through_aggressors([moscow, minsk, paper("chas")])
    assert not only_through_aggressors([])


def test_a_copy_is_judged_by_whose_words_it_repeats():
    moscow, kyiv = paper("tass", url="https://tass.com/1"), paper("kyiv", url="https://kyiv.ua/1")
    abroad = paper("abroad", url="https://abroad.fr/1", copy_of=moscow)
    repeated = paper("repeated", url="https://news.ru/1", copy_of=kyiv)
    assert only_through_aggressors([abroad])
    assert not only_through_aggressors([repeated])


def test_a_state_counts_from_its_day_on():
    minsk = paper("belta", url="https://belta.by/1")
    assert not is_aggressors(minsk, today=dt.date(2022, 2, 23))
    assert is_aggressors(minsk, today=dt.date(2022, 2, 24))
