# ruff: noqa: E501 - lists of words are read best as they are
"""In which language a person wrote a workbook of their own: by the words above its columns.

A word of two languages says nothing: those of English that another has stand among the English ones, too.

Plain data for the languages that we speak; a school's own language is known by its catalogue's names of columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from addin.core.book import Grid
from addin.core.language import MONTHS, Language
from addin.core.recognition.vocabulary import header_key, words_of
from addin.core.tables.values import show
from addin.core.trackers import Tracker

ROWS = 25
"""Of each sheet: where headers are."""
WORDS = {
    "en": words_of(
        "name | names | first name | last name | surname | given names | student | students | pupil | class | year group | grade | "
        "adviser | advisor | tutor | birth date | date of birth | gender | nationality | subject | level | teacher | session | "
        "hours | start | end | supervisor | reflection | workshop | category | cost | place | item | quantity | location | "
        "lent to | due | notes | remarks | total | january | february | march | may | june | july | september | october | "
        "date | e-mail | std | engagement | formation | november | december | creativity | activity | service | english | history | biology | chemistry | physics | essay"
    ),
    "fr": words_of(
        "nom | noms | nom de famille | prénom | prénoms | nom et prénom | nom prénom | élève | élèves | classe | niveau | tuteur | tutrice | "
        "professeur principal | courriel | date de naissance | né le | née le | né(e) le | sexe | nationalité | matière | matières | "
        "enseignant | enseignante | professeur | heures | début | fin | responsable | réflexion | atelier | formation | "
        "intitulé | catégorie | coût | lieu | date | salle | objet | quantité | nombre | emplacement | prêté à | retour prévu | remarques | "
        "total | janvier | février | mars | avril | mai | juin | juillet | août | septembre | octobre | novembre | décembre | "
        "créativité | activité | engagement | anglais | français | histoire | biologie | chimie | physique | mathématiques | mémoire"
    ),
    "es": words_of(
        "nombre | nombres | apellido | apellidos | apellidos y nombre | alumno | alumna | alumnos | estudiante | clase | curso | grupo | grado | "
        "tutor/a | tutora | correo | correo electrónico | fecha de nacimiento | fecha nac. | sexo | nacionalidad | asignatura | "
        "asignaturas | nivel | profesor | profesora | horas | inicio | fin | responsable | reflexión | taller | formación | categoría | coste | costo | "
        "lugar | fecha | aula | objeto | cantidad | ubicación | prestado a | devolver antes de | observaciones | comentarios | total | enero | "
        "febrero | marzo | abril | mayo | junio | julio | agosto | septiembre | octubre | noviembre | diciembre | "
        "creatividad | actividad | servicio | inglés | español | historia | biología | química | física | matemáticas | monografía"
    ),
    "de": words_of(
        "name | nachname | familienname | vorname | vornamen | schüler | schülerin | schüler/in | klasse | jahrgang | stufe | niveau | "
        "betreuer | betreuerin | klassenlehrer | klassenleitung | e-mail | geburtsdatum | geboren am | geb. am | geschlecht | "
        "staatsangehörigkeit | fach | fächer | lehrer | lehrerin | lehrkraft | stunden | std | beginn | ende | aufsicht | "
        "fortbildung | kategorie | kosten | ort | datum | raum | gegenstand | anzahl | menge | ausgeliehen an | "
        "rückgabe bis | bemerkung | bemerkungen | anmerkungen | summe | januar | februar | märz | mai | juni | juli | oktober | "
        "dezember | kreativität | aktivität | englisch | deutsch | geschichte | biologie | chemie | physik | mathematik"
    ),
}  # fmt: skip


def language_of_headers(grids: Iterable[Grid], languages: Iterable[str], words: Mapping[str, frozenset[str]]) -> str:
    """The code of the language that the headers are in; "" where they do not say. English where two say as much."""
    there = {
        header_key(cell)
        for grid in grids
        for line in grid.values[:ROWS]
        for cell in (grid.sheet, *line)
        if isinstance(cell, str) and len(cell) <= 40
    }
    found = {code: there & {*WORDS.get(code, ()), *words.get(code, ())} for code in ("en", *languages)}
    shared = {word for words_ in found.values() for word in words_ if sum(word in one for one in found.values()) > 1}
    counts = {code: len(words_ - shared) for code, words_ in found.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else ""


def words_in(language: Language, trackers: Iterable[Tracker]) -> frozenset[str]:
    """What a language's catalogue calls the trackers' columns and the months, as header keys."""
    named = {language.word(c.header, f"{one.name}.{c.name}") for one in trackers for c in one.columns.values()}
    named |= {language.word(month, "month") for month in MONTHS}
    return frozenset(header_key(show(name)) for name in named)
