"""Made-up names from many places, and what is made of them. Put together at random: they mean nobody."""

from __future__ import annotations

import unicodedata
from random import Random

FIRST = (
    "Amara", "Aiko", "Anouk", "Benedikt", "Bilal", "Carmen", "Chiara", "Chidi", "Dalia", "Daniyar", "Eero", "Elif",
    "Emeka", "Esme", "Farah", "Felipe", "Freya", "Goran", "Hana", "Hugo", "Ikaika", "Ilse", "Imani", "Ines", "Ishaan",
    "Jarek", "Jia", "Joaquín", "Kaito", "Kavya", "Keira", "Kofi", "Lamia", "Leila", "Liam", "Linh", "Lucía", "Maëlle",
    "Malik", "Marta", "Mei", "Mila", "Minh", "Nadia", "Naomi", "Nils", "Noor", "Oksana", "Olu", "Oscar", "Paloma",
    "Petra", "Rafael", "Rania", "Rohan", "Saga", "Samir", "Seo-yun", "Sipho", "Sofia", "Tadeusz", "Tamsin", "Tariq",
    "Thandi", "Tomás", "Umi", "Vera", "Viktor", "Wanjiru", "Xin", "Yara", "Yusuf", "Zainab", "Zoë",
)  # fmt: skip
LAST = (
    "Abara", "Achterberg", "Adebayo-Finch", "Aldana", "Almasi", "Arslanov", "Baptiste", "Barzani", "Bergqvist",
    "Bianchetti",
    "Bui", "Calloway", "Castellanos", "Chaudhari", "Chikwanda", "Dalgaard", "Delacourt", "Demirci", "Dlamini", "Duarte",
    "Eklund", "Fairweather", "Ferraro", "Fukuda", "Gachanja", "Ghandour", "Gunnarsdóttir", "Hakimi", "Halloran",
    "Hashimoto", "Haugen", "Ibragimov", "Ilves", "Iyer", "Jankowska", "Kahananui", "Kamau", "Kaplan", "Karimov",
    "Keita",
    "Kowalczyk", "Laurent", "Lindholm", "Lopes", "Mahlangu", "Marchetti", "Mbeki-Shaw", "Menon", "Moreau", "Nakagawa",
    "Navarrete", "Nguyen-Ross", "Nwosu", "O'Dwyer", "Okonjo", "Oyelaran", "Park", "Pereira", "Petrossian", "Quispe",
    "Rahmani", "Rautio", "Rosenthal", "Sadeghi", "Salcedo", "Seidl", "Sokolova", "Tanaka", "Tehrani", "Thorvald",
    "Tran", "Vance", "Vermeulen", "Wickramasinghe", "Yamamoto", "Yildiz", "Zaragoza", "Zhou",
)  # fmt: skip


def names(random: Random, count: int) -> list[tuple[str, str]]:
    """(first names, last name) of so many people, no two alike."""
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        first, second = random.sample(FIRST, 2)
        both = f"{first} {second}" if random.random() < 0.3 else first
        found.setdefault((both, random.choice(LAST)))
    return list(found)


def address(first: str, last: str, domain: str) -> str:
    """An email address in plain letters."""
    return f"{plain(first.split()[0])}.{plain(last)}@{domain}"


def plain(name: str) -> str:
    """A name in small letters without marks."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(sign for sign in bare.lower() if sign.isalnum())
