"""Folding and romanising names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.world import fold, romanise
from mistok.world.folding import is_code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ЖИТОМИР", "житомир"),
        ("Düsseldorf", "Dusseldorf"),
        ("Łódź", "lodz"),
        ("Ærøskøbing", "Aeroskobing"),
        ("Weißenfels", "Weissenfels"),
        ("Кам’янець-Подільський", "Камʼянець Подільський"),
        ("Кам'янське", "Кам`янське"),
        ("Ґалаґан", "Галаган"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Sankt Gallen", "St. Gallen"),
        ("Zhytоmyr", "Zhytomyr"),  # a Cyrillic о
        ("Кpивий Piг", "Кривий Ріг"),  # a Latin p, P and i
        ("  Federal\u00a0 Way ", "Federal Way"),
        ("Йосипівка", "Йосипівка"),  # composed and decomposed
    ],
)
def test_fold_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Буча", "Бучач"), ("Bern", "Born"), ("Köln", "Kiel"), ("Суми", "Сума")]
)
def test_fold_other_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_fold_saint_alone_is_left_for_prefixes() -> None:
    assert fold("St") == "st"
    assert fold("Stuttgart") == "stuttgart"


@given(st.text())
def test_fold_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"]), max_size=30))
def test_fold_does_not_see_case(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.upper())


@given(st.text())
def test_fold_leaves_no_blank_at_the_ends_nor_two_together(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert len(folded) <= 20 * len(text)


@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Житомир", "Zhytomyr"),
        ("Згурівка", "Zghurivka"),
        ("Єнакієве", "Yenakiieve"),
        ("Їжаківка", "Yizhakivka"),
        ("Йосипівка", "Yosypivka"),
        ("Юр’ївка", "Yurivka"),
        ("Знам’янка", "Znamianka"),
        ("Щастя", "Shchastia"),
        ("Ґалаґан", "Galagan"),
        ("Івано-Франківськ", "Ivano-Frankivsk"),
        ("Новий Яр", "Novyi Yar"),
        ("Київ", "Kyiv"),
    ],
)
def test_romanise_follows_resolution_55(ukrainian: str, latin: str) -> None:
    assert romanise(ukrainian) == latin


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’- ", max_size=40))
def test_romanise_leaves_no_cyrillic(text: str) -> None:
    assert romanise(text).isascii()


@pytest.mark.parametrize("code", ["ZTR", "IEV", "A.P.", "NY"])
def test_is_code_knows_codes(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize("name", ["Ulm", "Київ", "BUCHA", "Y"])
def test_is_code_lets_names_pass(name: str) -> None:
    assert not is_code(name)
