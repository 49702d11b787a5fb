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
from addin.core.regex import regex
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
NEIGHBOURS = {
    "it": words_of(
        "nome | cognome | studente | studentessa | alunno | alunna | classe | data di nascita | nato il | sesso | nazionalità | materia | materie | "
        "livello | docente | insegnante | ore | inizio | fine | data inizio | data fine | attività | tutor | supervisore | riflessione | corso | formazione | categoria | costo | "
        "luogo | data | aula | oggetto | quantità | restituire entro | prestato a | osservazioni | note | totale | gennaio | febbraio | marzo | aprile | "
        "maggio | giugno | luglio | agosto | settembre | ottobre | novembre | dicembre | creatività | servizio | inglese | italiano | storia | biologia | "
        "chimica | fisica | matematica | gruppo | iscrizioni | gruppo 1 | gruppo 2 | gruppo 3"
    ),
    "pt": words_of(
        "nome | apelido | apelidos | sobrenome | aluno | aluna | aluno/a | turma | ano | data de nascimento | sexo | género | nacionalidade | disciplina | disciplinas | "
        "nível | professor | professora | horas | início | fim | data de início | data de fim | atividade | orientador | supervisor | reflexão | oficina | formação | categoria | "
        "custo | local | data | sala | item | quantidade | emprestado a | observações | total | certificado | janeiro | fevereiro | março | abril | maio | junho | "
        "julho | agosto | setembro | outubro | novembro | dezembro | criatividade | serviço | inglês | português | história | biologia | química | "
        "física | matemática"
    ),
    "nl": words_of(
        "naam | voornaam | achternaam | leerling | naam leerling | klas | leerjaar | geboortedatum | geslacht | nationaliteit | vak | vakken | niveau | docent | leerkracht | "
        "uren | begin | einde | begeleider | activiteit | reflectie | cursus | categorie | kosten | plaats | datum | lokaal | aantal | artikel | uitgeleend aan | "
        "opmerkingen | totaal | januari | februari | maart | april | mei | juni | juli | augustus | september | oktober | november | december | creativiteit | "
        "engels | nederlands | geschiedenis | biologie | scheikunde | natuurkunde | wiskunde"
    ),
    "sv": words_of(
        "namn | förnamn | efternamn | elev | elever | klass | årskurs | födelsedatum | kön | nationalitet | ämne | nivå | lärare | timmar | start | slut | handledare | "
        "aktivitet | reflektion | kurs | fortbildning | kategori | kostnad | plats | datum | sal | antal | utlånad till | anmärkningar | summa | januari | "
        "februari | mars | april | maj | juni | juli | augusti | september | oktober | november | december | kreativitet | engelska | svenska | historia | "
        "biologi | kemi | fysik | matematik | mentor | e-post | navn | fornavn | etternavn | efternavn | fødselsdato | lærer | timer | fag | klasse | veileder"
    ),
}  # fmt: skip
"""Languages that are not spoken: a sheet in one of them is not taken for one in a language next to it."""


def language_of_headers(grids: Iterable[Grid], languages: Iterable[str], words: Mapping[str, frozenset[str]]) -> str:
    """The code of the language that the headers are in; "" where they do not say. English where two say as much,
    or where a language says more that is not spoken."""
    there = _headers(grids)
    found = {code: there & {*WORDS.get(code, ()), *words.get(code, ())} for code in ("en", *languages)}
    shared = {word for words_ in found.values() for word in words_ if sum(word in one for one in found.values()) > 1}
    counts = {code: len(words_ - shared) for code, words_ in found.items()}
    best = max(counts, key=lambda code: counts[code])
    neighbours = max((len(there & words_) for code, words_ in NEIGHBOURS.items() if code not in found), default=0)
    if neighbours > len(found[best]):
        return "en"
    return best if counts[best] else ""


_DAY_FIRST_SCRIPTS = regex(r"[\u0370-\u06ff\u0e00-\u0e7f]")
"""Greek, Cyrillic, Armenian, Hebrew, Arabic and Thai."""


def writes_day_first(grids: Iterable[Grid]) -> bool:
    """Whether the headers are in a language in which the day comes before the month: most, but English says neither."""
    there = _headers(grids)
    counts = {code: len(there & words) for code, words in {**WORDS, **NEIGHBOURS}.items()}
    others = max(count for code, count in counts.items() if code != "en")
    scripts = sum(bool(_DAY_FIRST_SCRIPTS.search(header)) for header in there)
    return max(others, scripts) > counts["en"]


def _headers(grids: Iterable[Grid]) -> set[str]:
    """The short texts where headers are, as they are compared, and the names of the sheets."""
    return {
        header_key(cell)
        for grid in grids
        for line in grid.values[:ROWS]
        for cell in (grid.sheet, *line)
        if isinstance(cell, str) and len(cell) <= 40
    }


def words_in(language: Language, trackers: Iterable[Tracker]) -> frozenset[str]:
    """What a language's catalogue calls the trackers' columns and the months, as header keys."""
    named = {language.word(c.header, f"{one.name}.{c.name}") for one in trackers for c in one.columns.values()}
    named |= {language.word(month, "month") for month in MONTHS}
    return frozenset(header_key(show(name)) for name in named)
