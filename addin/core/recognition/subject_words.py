# ruff: noqa: E501 - lists of words are read best as they are
"""Words of subjects as schools write them, in English, French, Spanish, German and what is usual elsewhere.

Plain data; `subject_names.py` reads with it.
"""

from __future__ import annotations

DROPPED = {
    "and",
    "the",
    "of",
    "in",
    "y",
    "et",
    "und",
    "de",
    "la",
    "le",
    "el",
    "del",
    "du",
    "level",
    "ib",
    "dp",
    "ibdp",
    "e",
}
"""Words that tell no two subjects apart."""
PHRASES = {
    "bahasa indonesia": "indonesian",
    "bahasa melayu": "malay",
    "jezyk polski": "polish",
    "suomi": "finnish",
    "sp a": "spanish a",
    "sp b": "spanish b",
}
"""Languages and abbreviations of two words, and languages whose name CLDR has for a country, too."""
SAME = {
    "maths": "mathematics", "mat": "mathematics", "math": "mathematics", "mathematiques": "mathematics", "matematicas": "mathematics",
    "mathematik": "mathematics", "mathe": "mathematics", "mates": "mathematics", "matematica": "mathematics",
    "eng": "english", "anglais": "english", "ingles": "english", "englisch": "english",
    "fr": "french", "francais": "french", "frances": "french", "franzosisch": "french", "fra": "french",
    "span": "spanish", "esp": "spanish", "espagnol": "spanish", "espanol": "spanish", "spanisch": "spanish",
    "ger": "german", "allemand": "german", "aleman": "german", "deutsch": "german", "chino": "chinese",
    "chinois": "chinese", "italien": "italian", "italiano": "italian", "japonais": "japanese", "jpn": "japanese", "arabe": "arabic",
    "literatura": "literature", "litterature": "literature", "literatur": "literature", "lit": "literature", "litt": "literature",
    "lengua": "language", "langue": "language", "sprache": "language", "lang": "language",
    "lyl": "language literature", "lal": "language literature", "langlit": "language literature", "ll": "language literature",
    "lanlit": "language literature", "abinitio": "ab initio", "ab": "ab initio", "initio": "",
    "bio": "biology", "biologie": "biology", "biologia": "biology", "chem": "chemistry", "chimie": "chemistry",
    "quimica": "chemistry", "chemie": "chemistry", "phys": "physics", "phy": "physics", "physique": "physics",
    "fisica": "physics", "physik": "physics", "hist": "history", "histoire": "history", "historia": "history",
    "geschichte": "history", "geo": "geography", "geog": "geography", "geographie": "geography",
    "geografia": "geography", "econ": "economics", "economia": "economics", "economie": "economics",
    "wirtschaft": "economics", "eco": "economics", "psych": "psychology", "psychologie": "psychology",
    "psicologia": "psychology", "psy": "psychology", "phil": "philosophy", "filosofia": "philosophy",
    "philosophie": "philosophy", "musique": "music", "musica": "music", "musik": "music", "theater": "theatre",
    "teatro": "theatre", "danse": "dance", "danza": "dance", "informatique": "computer science",
    "informatica": "computer science", "informatik": "computer science", "comp": "computer", "sci": "science",
    "envir": "environmental", "env": "environmental", "sys": "systems", "bus": "business", "man": "management",
    "mgmt": "management", "mgt": "management", "mandarin": "mandarin", "glopo": "global politics",
    "vis": "visual", "viz": "visual", "pols": "politics", "busman": "business management", "biz": "business",
    "mathaye": "mathematics aa", "aye": "aa", "mathaei": "mathematics ai", "aei": "ai",
    "mathaa": "mathematics aa", "mathai": "mathematics ai", "mathsaa": "mathematics aa", "mathsai": "mathematics ai",
    "litteratur": "literature", "literatuur": "literature", "edebiyat": "literature", "kirjallisuus": "literature",
    "文学": "literature", "文學": "literature", "语言与文学": "language literature", "語言與文學": "language literature",
    "enviro": "environmental", "sport": "sports",
}  # fmt: skip
"""Words that mean the same word of a subject's name."""
WHOLE = {
    "mathematics aa": "Mathematics: Analysis and Approaches", "maa": "Mathematics: Analysis and Approaches",
    "aa": "Mathematics: Analysis and Approaches", "mathematics analysis": "Mathematics: Analysis and Approaches",
    "mathematics analyse approches": "Mathematics: Analysis and Approaches",
    "mathematics analisis enfoques": "Mathematics: Analysis and Approaches",
    "mathematics ai": "Mathematics: Applications and Interpretation",
    "mai": "Mathematics: Applications and Interpretation", "ai": "Mathematics: Applications and Interpretation",
    "mathematics applications": "Mathematics: Applications and Interpretation",
    "mathematics aplicaciones interpretacion": "Mathematics: Applications and Interpretation",
    "bm": "Business Management", "business": "Business Management", "gestion empresarial": "Business Management",
    "gestion entreprises": "Business Management", "ess": "Environmental Systems and Societies",
    "sea": "Environmental Systems and Societies", "va": "Visual Arts", "art": "Visual Arts", "arts": "Visual Arts",
    "arts visuels": "Visual Arts", "artes visuales": "Visual Arts", "kunst": "Visual Arts", "bildende kunst": "Visual Arts",
    "tok": "Theory of Knowledge", "tdc": "Theory of Knowledge", "tdk": "Theory of Knowledge", "tk": "Theory of Knowledge",
    "theorie connaissance": "Theory of Knowledge", "teoria conocimiento": "Theory of Knowledge",
    "teoria del conocimiento": "Theory of Knowledge",
    "cs": "Computer Science", "dt": "Design Technology", "sehs": "Sports, Exercise and Health Science",
    "sports science": "Sports, Exercise and Health Science", "gp": "Global Politics", "global pol": "Global Politics",
    "politica global": "Global Politics", "sca": "Social and Cultural Anthropology",
    "anthropology": "Social and Cultural Anthropology", "mandarin b": "Chinese B-Mandarin",
    "mandarin ab initio": "Mandarin ab initio", "mandarin a literature": "Chinese A: Literature",
    "mandarin a language literature": "Chinese A: Language and Literature",
    "chinese ab initio": "Mandarin ab initio", "film studies": "Film", "cine": "Film", "geography": "Geography",
}  # fmt: skip
"""Whole names, as `subject_names.py` writes them for comparing."""
IN_LANGUAGES = {
    "Business Management": "gestion des entreprises | gestion d'entreprise | betriebswirtschaft | business studies",
    "Environmental Systems and Societies": "systèmes de l'environnement et sociétés | sistemas ambientales y sociedades | sas | ses | umweltsysteme und gesellschaften | environmental science | environmental studies",
    "Global Politics": "politique mondiale | política global | globale politik",
    "Digital Society": "société numérique | sociedad digital | digitale gesellschaft",
    "Social and Cultural Anthropology": "anthropologie sociale et culturelle | antropología social y cultural | anthropologie | antropología | sozial- und kulturanthropologie",
    "World Religions": "religions du monde | religiones del mundo | weltreligionen",
    "Design Technology": "technologie du design | tecnología del diseño | designtechnologie | d&t | design",
    "Sports, Exercise and Health Science": "sciences du sport, de l'exercice et de la santé | sciences du sport | ciencias del deporte, el ejercicio y la salud | ciencias del deporte | sportwissenschaft | exercise science",
    "Literature and Performance": "littérature et représentation théâtrale | literatura y representación teatral | english literature and performance | lit & performance",
    "Film": "cinéma | cine",
    "Mathematics: Analysis and Approaches": "mathématiques : analyse et approches | matemáticas: análisis y enfoques | mathematik: analyse und ansätze",
    "Mathematics: Applications and Interpretation": "mathématiques : applications et interprétation | matemáticas: aplicaciones e interpretación",
}
"""The IB's names in French and Spanish, and what else schools write, as a person writes it."""

SEVERAL = {
    "modern greek": ("Modern Greek A: Language and Literature", "Modern Greek A: Literature", "Classical Greek"),
    "mandarin": ("Chinese B-Mandarin", "Mandarin ab initio"),
    "mandarin a": ("Chinese A: Language and Literature", "Chinese A: Literature"),
    "chinese": (
        "Chinese A: Language and Literature",
        "Chinese A: Literature",
        "Chinese B-Mandarin",
        "Chinese B-Cantonese",
        "Mandarin ab initio",
    ),
}
"""Words that fit several subjects which begin otherwise."""
