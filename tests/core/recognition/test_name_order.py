"""Whole names in one column: the header, or the names that can be told apart, say which part comes first."""

from __future__ import annotations

import pytest

from addin.core.recognition.name_order import last_name_first, split_last_name_first
from addin.core.recognition.people import Name, split_two_surnames

PLAIN = [("Dupont Léa", ""), ("Ito Aya", "")]


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("Nom et prénom", "yes"), ("NOM Prénom", "yes"), ("Nom / Prénoms", "yes"), ("Name, Vorname", "yes"),
        ("Nachname, Vorname", "yes"), ("Apellidos y nombre", "yes"), ("Cognome e nome", "yes"), ("ФИО", "yes"),
        ("Student (Last, First)", "yes"), ("Family name and given name", "yes"), ("Họ và tên", "yes"),
        ("Prénom et nom", "no"), ("Nombre y apellidos", "no"), ("Vorname Name", "no"), ("First Last", "no"),
        ("Given names / Family name", "no"), ("Nome e cognome", "no"),
        ("Name", ""), ("Élève", ""), ("Nom de l'élève", ""), ("Nome completo", ""), ("姓名", "perhaps"),
    ],
)  # fmt: skip
def test_a_header_says_which_part_comes_first(header: str, order: str) -> None:
    assert last_name_first(header, PLAIN) == order


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["DUPONT Léa", "N'Guyen Tom"], "yes"),
        (["de Vries Leo", "Ito Aya"], "yes"),
        (["Léa DUPONT", "Tom Ito"], "no"),
        (["Leo de Vries", "Aya Ito"], "no"),
        (["DUPONT Léa", "Aya Ito", "Tom Lee"], "perhaps"),  # one name of three is not enough to turn the others
        (["DUPONT Léa", "DUPONT Zoé", "Leo de Vries"], "perhaps"),
        (["Dupont Léa ldupont@x.org", "Ito Aya a.ito@x.org"], "yes"),
        (["Léa Dupont ldupont@x.org", "Aya Ito a.ito@x.org"], "no"),
        (["Léa Dupont dupont.lea@x.org", "Aya Ito lea@x.org"], ""),
        (["García, Chloé", "Ito, Aya"], ""),
        (["DUPONT LÉA", "ITO AYA"], ""),
    ],
)
def test_names_that_show_their_order_say_it_for_the_others(names: list[str], order: str) -> None:
    pairs = [
        (name.partition(" ")[0] + " " + name.split()[1], name.split()[2]) if "@" in name else (name, "")
        for name in names
    ]
    assert last_name_first("Name", pairs) == order


@pytest.mark.parametrize(
    ("text", "header", "parts"),
    [
        ("N'Guyen Tom", "Nom et prénom", ("N'Guyen", "Tom", True)),
        ("De Luca Anna", "Cognome e nome", ("De Luca", "Anna", True)),
        ("García López Chloé", "Apellidos y nombre", ("García López", "Chloé", True)),
        ("Soler Pau", "Apellidos y nombre", ("Soler", "Pau", True)),
        ("García de la Peña Ana", "Apellidos y nombre", ("García de la Peña", "Ana", True)),
        ("Nguyễn Văn An", "Họ và tên", ("Nguyễn", "Văn An", True)),
        ("Roux Martin Zoé", "Nom et prénom", ("Roux", "Martin Zoé", False)),
    ],
)
def test_a_name_is_split_behind_its_last_name(text: str, header: str, parts: tuple[str, str, bool]) -> None:
    name = split_last_name_first(text, header)
    assert name and (name.last, name.first, name.sure) == parts


@pytest.mark.parametrize("text", ["DUPONT Léa", "Dupont, Léa", "Smith J.", "de Vries Leo", "Aya", "van der"])
def test_a_name_that_says_itself_how_it_is_read_is_left_to_that(text: str) -> None:
    assert split_last_name_first(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Soler Gil", Name("Soler Gil", "Ana")),
        ("María José de la Peña Ruiz", Name("de la Peña Ruiz", "María José")),
        ("Ben Carter Ruiz", Name("Carter Ruiz", "Ben")),
        ("ana soler gil", Name("soler gil", "ana")),
        ("de la Peña Ruiz Iván", None),  # it begins with the last name
        ("Ana Soler", None),
    ],
)
def test_two_last_names_are_the_last_two_of_three_or_more(text: str, name: Name | None) -> None:
    assert split_two_surnames(text) == name
