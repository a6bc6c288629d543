"""The pages of a declared profile: who sees what, a form that keeps what was typed."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils.translation import override
from test_pages import Page
from test_profiles import ENTRY, saved

from factories import DORTMUND, SMOLENSK, ZHYTOMYR
from mistok.accounts.models import User
from mistok.partnering.models import DeclaredProfile
from mistok.partnering.profiles import told
from mistok.partnering.profiles.policies import edit_token
from mistok.partnering.profiles.selectors import entry_of, profile_of
from mistok.web.partnering.profile_forms import CountriesField, ProfileForm, form_of

pytestmark = pytest.mark.django_db
PROFILE = f"/en/places/{ZHYTOMYR}/profile/"
EDIT = f"{PROFILE}edit/"
TYPED = {
    "act": "save",
    "version": "0",
    "wanted": ["culture", "rehabilitation"],
    "offered": ["civil_protection"],
    "languages": ["uk", "en"],
    "countries": "Germany, Польща; fr",
    "population_from": "50 000",
    "population_to": "900\u202f000",
    "max_km": "",
    "capacity": "2",
    "about_en": "A city of poets.\r\nAnd of machines.",
    "public": "on",
}


def link(key=ZHYTOMYR):
    return f"?link={quote(edit_token(key))}"


def fetch(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def send(client, status, query=None, **changes):
    answer = client.post(EDIT + (link() if query is None else query), TYPED | changes)
    assert answer.status_code == status
    return answer.content.decode()


def whole(text):
    """A page whose elements are closed and whose ids and labels fit together."""
    page = Page(text)
    assert (page.wrong, page.open) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    pointed = re.findall(r'(?:for|aria-describedby)="([^"]+)"', text)
    assert {name for names in pointed for name in names.split()} <= set(page.ids)
    inner = [target[1:] for target in page.links if target.startswith("#")]
    assert set(inner) <= set(page.ids)
    return page


@pytest.mark.parametrize("language", ["en", "uk"])
def test_public_profile_is_read_by_everybody(client, language):
    saved()
    text = fetch(client, f"/{language}/places/{ZHYTOMYR}/profile/")
    whole(text)
    assert "November" in text or "листопада" in text
    assert ("Місто машинобудівників" if language == "uk" else "machine builders") in text
    assert "edit" not in text
    assert f"/{language}/places/{ZHYTOMYR}/" in text


def test_text_in_the_other_language_is_marked_as_such(client):
    saved(entry=type(ENTRY)(about_uk="Місто поетів.", public=True))
    assert '<div class="said" lang="uk"><p>Місто поетів.</p></div>' in fetch(client, PROFILE)


@pytest.mark.parametrize("who", ["visitor", "stranger", "partner"])
def test_private_profile_looks_like_none_to_others(client, cast, who):
    none = fetch(client, PROFILE)
    row = saved(entry=type(ENTRY)(profile=ENTRY.profile, about_en=ENTRY.about_en))
    if who == "stranger":
        client.force_login(cast.stranger)
    path = PROFILE + (link(DORTMUND) if who == "partner" else "")
    text = fetch(client, path)
    assert "has not published a profile" in text
    assert "machine builders" not in text
    hidden = re.compile(r"\?link=[\w:-]+|reference.*|<input[^>]*csrf[^>]*>")
    if who == "visitor":
        assert hidden.sub("", text) == hidden.sub("", none)
    assert row.public is False


def test_private_profile_is_shown_to_the_owner_with_a_note(client):
    saved(entry=type(ENTRY)(profile=ENTRY.profile))
    text = fetch(client, PROFILE + link())
    whole(text)
    assert "Only you and coordinators see this" in text
    assert "All of this is still right" in text


def test_stale_profile_says_so(client):
    saved()
    DeclaredProfile.objects.update(confirmed_on="2020-01-31")
    text = fetch(client, PROFILE)
    assert "more than a year ago" in text
    assert '<time datetime="2020-01-31">31 January 2020</time>' in text


def test_missing_fields_are_told_with_links_for_those_who_may_fill_them(client):
    saved()
    text = fetch(client, PROFILE)
    assert "What is missing" in text
    assert "#field-economy" not in text
    assert f"edit/{link()[:6]}" in fetch(client, PROFILE + link())
    assert re.search(
        r'href="[^"]*edit/\?link=[^"]*#field-economy"', fetch(client, PROFILE + link())
    )


def test_share_of_the_fit_is_told_where_the_method_counts_it(client, monkeypatch):
    saved()
    monkeypatch.setattr(told, "criteria", lambda: [("size", 1.0)])
    assert "of the fit" not in fetch(client, PROFILE)
    monkeypatch.setattr(told, "criteria", lambda: [("size", 0.6), ("needs", 0.4)])
    assert "Touches up to 20 % of the fit." in fetch(client, PROFILE)


def test_complete_profile_lacks_nothing(client):
    full = {
        "needs": ["generators"],
        "offers": ["twinning"],
        "economy": ["mining"],
        "institutions": ["hospital"],
        "about_uk": "Місто.",
    }
    send(client, 302, **full)
    assert "What is missing" not in fetch(client, PROFILE)


@pytest.mark.parametrize("path", [PROFILE, EDIT])
@pytest.mark.parametrize(
    ("key", "status"), [("iso:DE", 400), (SMOLENSK, 403), ("geonames:999999999", 404), ("x", 400)]
)
def test_place_without_profiles_is_refused(client, path, key, status):
    fetch(client, path.replace(ZHYTOMYR, key), status)


def test_other_key_leads_to_the_profile_that_stands(client):
    token = link()
    answer = client.get(PROFILE.replace(ZHYTOMYR, "geonames:686967") + token)
    assert (answer.status_code, answer["Location"]) == (302, PROFILE + token)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_form_is_whole_and_works_without_script(client, language):
    text = fetch(client, EDIT.replace("/en/", f"/{language}/") + link())
    page = whole(text)
    assert text.count("<h1") == 1
    assert "hx-post" not in text
    named = set(re.findall(r'name="(\w+)"', text))
    assert set(ProfileForm.base_fields) <= named
    assert {"field-wanted", "field-about_uk", "field-public"} <= set(page.ids)


@pytest.mark.parametrize("who", ["visitor", "stranger", "partner"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_may_not_open_or_send_the_form(client, cast, who, method):
    if who == "stranger":
        client.force_login(cast.stranger)
    query = link(DORTMUND) if who == "partner" else ""
    answer = getattr(client, method)(EDIT + query, TYPED if method == "post" else None)
    assert answer.status_code == 403
    assert not DeclaredProfile.objects.exists()


def test_spoilt_link_is_told_on_the_form_and_passed_over_by_the_reader(client):
    saved()
    spoilt = link()[:-2]
    assert "link" in fetch(client, EDIT + spoilt, 403)
    assert "machine builders" in fetch(client, PROFILE + spoilt)


def test_coordinator_may_write_without_a_link(client, cast):
    client.force_login(User.objects.create(email="c@example.org", is_staff=True, is_superuser=True))
    send(client, 302, query="")
    assert profile_of(ZHYTOMYR).version == 1


def test_saved_form_is_the_profile_and_comes_back_as_it_is(client):
    answer = client.post(EDIT + link(), TYPED)
    assert answer["Location"].startswith(PROFILE + "?link=")
    entry = entry_of(profile_of(ZHYTOMYR))
    assert entry.profile.wanted == {"culture", "rehabilitation"}
    assert entry.profile.wishes.countries == {"DE", "PL", "FR"}
    assert entry.profile.wishes.population_to == 900_000
    assert (entry.profile.capacity, entry.profile.wishes.max_km) == (2, None)
    assert (entry.about_en, entry.public) == ("A city of poets.\nAnd of machines.", True)
    assert "The profile is saved." in fetch(client, answer["Location"])
    text = fetch(client, EDIT + link())
    assert 'value="France; Germany; Poland"' in text
    assert re.search(r'value="culture" id="field-wanted" checked', text)
    assert 'name="version" value="1"' in text


@pytest.mark.parametrize("language", ["en", "uk"])
def test_form_filled_from_the_profile_says_the_same_when_sent(language):
    with override(language):
        form = form_of(saved(entry=ENTRY))
        typed = {name: form[name].value() for name in form.fields}
        again = ProfileForm(typed)
        assert again.is_valid(), again.errors
        assert again.entry() == ENTRY


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"wanted": ["culture", "war"]}, "wanted", "war"),
        ({"countries": "Germany, Nowherestan"}, "countries", "Nowherestan"),
        ({"countries": "Росія"}, "countries", "aggressor"),
        ({"countries": ",".join(["DE"] * 61)}, "countries", "60"),
        ({"countries": "x" * 300}, "countries", "."),
        ({"countries": "\u202e\u2028"}, "countries", "."),
        ({"not_countries": "DE"}, "not_countries", "both"),
        ({"population_from": "many"}, "population_from", "digits"),
        ({"population_from": "٣"}, "population_from", "digits"),
        ({"population_from": "9" * 400}, "population_from", "digits"),
        ({"population_to": "-5"}, "population_to", "digits"),
        ({"population_to": "5"}, "population_to", "Swap"),
        ({"max_km": "99999"}, "max_km", "range"),
        ({"capacity": "51"}, "capacity", "range"),
        ({"about_en": "50.2547, 28.6587"}, "about_en", "coordinates"),
        ({"about_uk": "тел. 067 123 45 67"}, "about_uk", "telephone"),
        ({"about_uk": "ї" * 2_000}, "about_uk", "2000"),
        ({"about_en": "a\x00b"}, "about_en", "."),
    ],
)
def test_mistake_is_told_beside_its_field_and_nothing_is_lost(client, changes, field, words):
    text = send(client, 400, **changes)
    whole(text)
    assert "<title>Error: " in text
    (sentence,) = re.findall(rf'id="field-{field}-error">(.*?)</p>', text, re.DOTALL)
    assert words in sentence
    assert f'<li><a href="#field-{field}">' in text
    assert "A city of poets." in text or field == "about_en"
    assert re.search(r'value="culture" id="field-wanted" checked', text)
    assert not DeclaredProfile.objects.exists()


def test_several_mistakes_are_told_at_once_in_the_order_of_the_form(client):
    text = send(client, 400, max_km="x", capacity="99", about_en="a@b.ua")
    assert re.findall(r'<li><a href="#field-(\w+)">', text) == ["about_en", "max_km", "capacity"]


def test_typed_markup_is_shown_as_text(client):
    hostile = "<script>alert(1)</script>"
    assert hostile not in send(client, 400, countries=hostile, about_en=hostile, capacity="99")
    send(client, 302, about_en=hostile)
    assert hostile not in fetch(client, PROFILE)


def test_preview_shows_what_others_would_read_and_saves_nothing(client):
    text = send(client, 200, act="preview")
    whole(text)
    preview = text[text.index('id="preview"') : text.index("</section>")]
    assert "A city of poets." in preview
    assert "France, Germany, Poland" in preview
    assert "from 50\u202f000 inhabitants" in preview
    assert not DeclaredProfile.objects.exists()
    assert "not saved" in send(client, 400, act="preview", capacity="x")


def test_saving_over_anothers_change_is_told_and_keeps_what_was_typed(client):
    saved()
    text = send(client, 409)
    whole(text)
    assert "changed in the meantime" in text
    assert "A city of poets." in text
    assert entry_of(profile_of(ZHYTOMYR)) == ENTRY
    assert 'name="version" value="1"' in text
    send(client, 302, version="1")


def test_mistake_does_not_hide_that_another_has_saved(client):
    """The version stays that of the opening, or the next save would overwrite unasked."""
    saved()
    assert 'name="version" value="0"' in send(client, 400, capacity="x")
    send(client, 409, version="7")
    send(client, 409, version="")


def test_saving_a_version_of_nothing_is_a_conflict_too(client):
    assert 'name="version" value="0"' in send(client, 409, version="3")


def test_owner_confirms_and_takes_back(client):
    saved()
    DeclaredProfile.objects.update(confirmed_on="2020-01-31")
    send(client, 302, act="confirm", version="1")
    assert "more than a year ago" not in fetch(client, PROFILE)
    send(client, 302, act="withdraw", version="2")
    assert "has not published a profile" in fetch(client, PROFILE + link())
    text = fetch(client, EDIT + link())
    assert "Take the profile back" not in text
    assert "machine builders" in text


@pytest.mark.parametrize("act", ["confirm", "withdraw"])
@pytest.mark.parametrize("version", ["0", "x", "", "٣", "9" * 30])
def test_confirming_what_was_changed_since_is_refused(client, act, version):
    saved()
    assert "changed in the meantime" in send(client, 409, act=act, version=version)


def test_form_needs_its_protection_token():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(EDIT + link(), TYPED)
    assert answer.status_code == 403
    assert not DeclaredProfile.objects.exists()


@pytest.mark.parametrize("path", [PROFILE, EDIT])
def test_pages_of_profiles_are_not_stored_by_browsers(client, path):
    assert "no-store" in client.get(path + link())["Cache-Control"]


def test_addresses_have_names():
    with override("en"):
        assert reverse("profiles:profile", args=[ZHYTOMYR]) == PROFILE
        assert reverse("profiles:profile_edit", args=[ZHYTOMYR]) == EDIT


@pytest.mark.parametrize("typed", ["USA", "u.s.a.", "Сполучені Штати Америки", "us", "US;\n"])
def test_country_is_understood_by_any_of_its_names(world, typed):
    assert CountriesField().clean(typed) == {"US"}


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_country_is_read_back_by_the_name_that_the_form_shows(world, language):
    field = CountriesField()
    with override(language):
        for code in world.columns.country_codes:
            assert field.clean(field.prepare_value([code])) == {code}
