"""The parts of a page: what is the article, what stands around it."""

import pytest

from mistok.reading.language import language_of
from mistok.reading.segmenting import segment


def parts(text: str) -> list[tuple[str, str]]:
    """Roles and words of a page's sentences."""
    return [(one.role, text[one.start : one.end]) for one in segment(text, language_of(text))]


def words(text: str, *roles: str) -> str:
    return "\n".join(told for role, told in parts(text) if role in roles)


ARTICLE = {
    "en": "The mayor of Lutsk has signed a partnership agreement with Toruń in Poland. "
    "The agreement covers culture, sport and the exchange of experts.",
    "uk": "Міський голова Луцька підписав угоду про партнерство з польським містом Торунь. "
    "Угода охоплює культуру, спорт та обмін фахівцями.",
    "de": "Der Bürgermeister von Luzk hat mit Thorn in Polen eine Partnerschaft geschlossen. "
    "Der Vertrag umfasst Kultur, Sport und den Austausch von Fachleuten.",
    "pl": "Mer Łucka podpisał z polskim Toruniem umowę o partnerstwie obu miast. "
    "Umowa obejmuje kulturę, sport i wymianę ekspertów.",
}
HEADLINE = {
    "en": "Lutsk finds a partner in Toruń",
    "uk": "Луцьк знайшов партнера в Торуні",
    "de": "Luzk findet einen Partner in Thorn",
    "pl": "Łuck znalazł partnera w Toruniu",
}
TEASER = {
    "en": "Prague and Vienna sign twinning agreement",
    "uk": "Прага та Відень підписали угоду про побратимство",
    "de": "Prag und Wien schließen Städtepartnerschaft",
    "pl": "Praga i Wiedeń podpisały umowę partnerską",
}
HEADS = {
    "en": ["READ ALSO", "Related articles", "You may also like", "Most read", "HOT NEWS", "Recent"],
    "uk": ["Читайте також", "Останні новини", "ПОПУЛЯРНЕ", "Схожі новини", "Новини партнерів"],
    "de": ["Das könnte Sie auch interessieren", "Lesen Sie auch", "Mehr zum Thema", "Anzeige"],
    "pl": ["Przeczytaj także", "Czytaj też", "Zobacz również", "Najczęściej czytane", "Polecamy"],
}


@pytest.mark.parametrize(("lang", "head"), [(lang, one) for lang in HEADS for one in HEADS[lang]])
def test_teasers_under_their_heading_are_furniture(lang: str, head: str) -> None:
    text = f"{HEADLINE[lang]}\n\n{ARTICLE[lang]}\n\n{head}\n{TEASER[lang]}\n{TEASER[lang]} (2)\n"
    assert TEASER[lang] not in words(text, "title", "heading", "body", "item")
    assert words(text, "title") == HEADLINE[lang]
    assert words(text, "body").replace("\n", " ") == ARTICLE[lang]


@pytest.mark.parametrize("lang", list(HEADS))
def test_the_article_goes_on_after_a_teaser_in_its_middle(lang: str) -> None:
    first, second = ARTICLE[lang].split(". ", 1)
    text = (
        f"{HEADLINE[lang]}\n{first}. {second}\n{HEADS[lang][0]}\n{TEASER[lang]}\n"
        f"{ARTICLE[lang]}\n{ARTICLE[lang]}\n"
    )
    assert words(text, "body").count(second) == 3
    assert TEASER[lang] in words(text, "furniture")


@pytest.mark.parametrize("lang", list(HEADS))
def test_one_line_that_names_a_teaser_is_furniture_alone(lang: str) -> None:
    text = f"{ARTICLE[lang]}\n{HEADS[lang][0]}: {TEASER[lang]}\n{ARTICLE[lang]}"
    assert words(text, "furniture") == f"{HEADS[lang][0]}: {TEASER[lang]}"


def test_teasers_with_leads_of_their_own_do_not_bring_the_article_back() -> None:
    text = (
        "Вінниця та Нансі підписали угоду\n\n"
        "Вінниця та французьке місто Нансі підписали угоду про співпрацю. Документ діє рік.\n\n"
        "Останні новини\n"
        "Львів підписав угоду з Фрайбургом\n"
        "Міська рада Львова підтримала угоду з німецьким Фрайбургом. Вона діятиме п'ять років.\n"
        "Київ отримав автобуси\n"
        "Десять автобусів прибули до Києва з Берліна. Їх передадуть лікарням.\n"
    )
    assert "Фрайбург" not in words(text, "body", "heading", "item")
    assert "Берліна" not in words(text, "body", "heading", "item")


def test_a_reminder_within_the_article_is_part_of_it() -> None:
    text = (
        "Київ отримав генератори\n\nДев'ять генераторів прибули до Києва з Оденсе.\n\n"
        "Нагадаємо, що раніше 25 генераторів передала Україні Грузія."
    )
    assert "Нагадаємо" in words(text, "body")


def test_teasers_with_dates_need_no_heading() -> None:
    text = (
        "Bonn and Kherson have agreed on a partnership. It was signed in the town hall.\n"
        "31 October 2024\nLviv and Freiburg celebrate twinning\nLviv and Freiburg celebrate...\n"
        "30 October 2024\nNew buses for Odesa\n"
    )
    assert "Freiburg" not in words(text, "body", "heading", "title")


def test_readers_comments_are_furniture_to_the_end() -> None:
    text = (
        f"{HEADLINE['en']}\n{ARTICLE['en']}\nComments (2)\n"
        "Anna: Kyiv and Moscow are sister cities since 1990, I think. They should stop it now.\n"
        "Borys: No. Kyiv ended it. Lutsk and Toruń have been friends for a long time anyway.\n"
    )
    assert words(text, "body").replace("\n", " ") == ARTICLE["en"]


def test_menus_paths_cookies_and_labels_stand_outside() -> None:
    text = (
        "We use cookies to improve your visit. By going on you accept our cookie policy.\n"
        "Home | News | Sport | Partner cities\nNews > International > Partnerships\nMenu\nSearch\n"
        f"12 May 2023, 10:15\n{HEADLINE['en']}\n2 min read\n\n{ARTICLE['en']}\n"
        "Photo: City of Lutsk\nSource: press office\nViews: 2118\nTags: twinning, Poland\n"
        "© 2023 City News. All rights reserved.\nImprint | Privacy | Contact\n"
    )
    assert words(text, "title") == HEADLINE["en"]
    assert words(text, "dateline") == "12 May 2023, 10:15"
    assert words(text, "body").replace("\n", " ") == ARTICLE["en"]
    assert words(text, "heading", "item") == ""


def test_a_list_of_partners_is_one_paragraph_with_its_heading() -> None:
    text = (
        "Stadt Musterhausen\nRathaus\nKultur\n\nUnsere Partnerstädte\n\n"
        "Unsere Stadt pflegt Partnerschaften mit folgenden Städten:\n"
        "- Lublin (Polen), seit 1989\n- Sarny (Ukraine), seit 2022\n- Metz (Frankreich)\n\n"
        "Kontakt\nFrau Müller\n"
    )
    assert words(text, "title") == "Unsere Partnerstädte"
    assert words(text, "item").split("\n") == [
        "Lublin (Polen), seit 1989",
        "Sarny (Ukraine), seit 2022",
        "Metz (Frankreich)",
    ]
    items = [one for one in segment(text, "de") if one.role == "item"]
    lead = next(one for one in segment(text, "de") if text[one.start : one.end].endswith(":"))
    assert {one.paragraph for one in items} == {lead.paragraph}


@pytest.mark.parametrize(
    "text",
    [
        "Sister cities of Rivne\nFederal Way, USA\nOberviechtach, Germany\nVidin, Bulgaria\n",
        "Перелік міст-побратимів\n№\tМісто\tКраїна\n1\tЛюблін\tПольща\n2\tМец\tФранція\n",
        "Miasta partnerskie\nŁuck (Ukraina), od 1998\nHawierzów (Czechy)\nVidin (Bułgaria), 2003\n",
    ],
)
def test_a_page_that_is_only_a_list_has_a_title_and_items(text: str) -> None:
    roles = [role for role, _ in parts(text)]
    assert roles == ["title"] + ["item"] * (len(roles) - 1)
    assert len(roles) == text.count("\n")


def test_a_row_of_headlines_without_any_article_is_furniture() -> None:
    text = (
        "Home | News\nLatest news\nLviv meets Kraków\nKyiv and Paris become sister cities\n"
        "Warsaw festival opens\nOdesa weather\nDnipro tram line\nExchange rates\nChess in Lublin\n"
    )
    assert "sister cities" not in words(text, "body", "item", "title", "heading")


def test_speech_with_a_dash_is_no_list() -> None:
    text = (
        "Мер Вознесенська про побратимів\n\n– Пане Євгене, з ким ви подружилися цього року?\n"
        "– З Ангулемом не склалося: там змінилася влада.\n– А що з Вельсом?\n"
        "– Побратими ми від 2019 року. Їхня лікарня відправила нам сорок ліжок.\n"
    )
    assert {role for role, _ in parts(text)} == {"title", "body"}


def test_lines_broken_at_the_margin_are_one_paragraph() -> None:
    text = (
        "LVIV AND FREIBURG RENEW THEIR TIES\n\n"
        "The mayors of Lviv and Freiburg have renewed the twinning agreement that the two\n"
        "cities signed in 1989. The ceremony took place in the town hall of\n"
        "Lviv on Friday, and many guests from both\ncities were there.\n"
    )
    assert words(text, "body").count("town hall of\nLviv on Friday") == 1
    assert len({one.paragraph for one in segment(text, "en") if one.role == "body"}) == 1


def test_a_dateline_within_the_first_sentence_stands_by_itself() -> None:
    text = "TACOMA — No other state has such an agreement. It was signed by the governor on Friday."
    assert parts(text)[0] == ("dateline", "TACOMA —")
    assert parts(text)[1][1] == "No other state has such an agreement."


@pytest.mark.parametrize(
    "text",
    ["Kyiv twinned with Paris.", "Kyiv is a twin city of Munich", "Kyiv and Paris sign agreement"],
)
def test_a_single_line_is_never_lost(text: str) -> None:
    assert [told for role, told in parts(text) if role in ("body", "title")] == [text]
