# ruff: noqa: E501 - lists of words are read best as they are
"""Words that schools write above their columns, in four languages, besides the trackers' own aliases.

Plain data: tracker -> column -> headers. They are compared without case, accents and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from addin.core.recognition.duty_words import DUTIES
from addin.core.recognition.form_words import ASKED
from addin.core.recognition.further_words import (
    FURTHER,
    FURTHER_ESSAY,
    FURTHER_ESSAY_TEACHER,
    FURTHER_NAMES,
    FURTHER_NUMBERING,
    FURTHER_TOTALS,
)
from addin.core.recognition.people import bare
from addin.core.regex import regex

_WORDS: dict[str, dict[str, str]] = {
    "candidates": {
        "code": "person id | school id | pupil number | pupil no | network id | n° élève | n° d'élève | no élève | nº alumno | n.º de alumno | nº de matrícula | schüler nr | schüler id | candidate id no | sid | stu id | student nr | matricule | matrícula | código | código del alumno | numéro d'élève | "
        "schülernummer | adm no | admission no | admission number | pupil id | learner id | id alumno | student code no",
        "last_name": "lname | family names | last names | surnames | nom | nom de famille | apellido | apellidos | "
        "nachname | familienname | cognome",
        "first_names": "fname | forenames | forename(s) | first name(s) | given name(s) | other names | prénom | prénoms | nombre | nombres | "
        "vorname | vornamen | nome",
        "year_group": "current grade | current year group | kl | kl. | jahrgang | jahrgangsstufe | stufe | niveau scolaire | grado | año | grupo | classe | clase | curso | klasse | section | grade/class | tutor group | advisory | reg group | year level",
        "adviser": "adv | référent | référente | professeur référent | tuteur cas | tutor cas | asesor cas | asesora cas | asesor de cas | cas advisor | cas adviser | cas tutor | cas betreuer | cas betreuung | advisory teacher | tutor/in | tutorin | klassenleitung | klassenleiter/in | tuteur/tutrice | tutora | tuteur | tutrice | tutor/a | professeur principal | klassenlehrer | betreuer | cas supervisor | "
        "coordinator | ib adviser | cas adviser/advisor | supervisor",
        "email": "student e-mail | courriel | correo | correo electrónico | e-mail adresse | mail élève | email (school) | "
        "student email address | student mail",
        "birth_date": "geb. am | geboren am | geb.datum | geb datum | né le | née le | né(e) le | nacido el | nacida el | fecha de nac | date de naiss. | fecha nac. | f. nac. | f nac | fecha nac. | fecha de nac. | f. nacimiento | nacido/a | date naiss. | ddn | geb. | geb.-datum | geburtstag | bday | b-day | birthday | date of birth (dd/mm/yyyy) | date de naissance | né(e) le | fecha de nacimiento | nacimiento | geburtsdatum | geboren | dob (d/m/y)",
        "gender": "sexe | sexo | geschlecht | género | genre",
        "nationality": "staatsang. | staatsangeh. | staatsbürgerschaft | nationalität | passport | nationality (passport) | nac. | nationalité | nacionalidad | staatsangehörigkeit | nationality/ies | country",
        "first_language": "langue maternelle | lengua materna | muttersprache",
        "session_number": "ib no | ib number | ib candidate number | candidate number (ib) | numéro de candidat | "
        "número de candidato | kandidatennummer | ib candidate no | session no | candidate session no",
        "personal_code": "ib personal id | personal code | code personnel | código personal",
        "session": "grad year | graduation year | year of graduation | graduating class | graduating year | examen session | session d'examen | convocatoria | prüfungssession | class of | cohort session",
        "category": "dp category | ib category | diploma/certificate | dp/c | full dp or courses | programme type | diploma/course | catégorie | categoría | kategorie | dp or course",
        "guardian_name": "parent(s) | parents | parent/guardian name | responsable légal | padres | eltern | tutor legal",
        "guardian_email": "mother email | mother e-mail | mother's email | email mother | courriel parents | email des parents | email eltern | mail eltern | correo de los padres | correo tutor | parents email | parents e-mail | e-mail parents | parent mail | correo padres | e-mail eltern",
        "payment": "paid | fees paid | fees paid? | exam fees paid | fee paid | frais payés | pagado | bezahlt",
        "joined": "eintritt | eintrittsdatum | date d'entrée | fecha de ingreso | arrived | arrival | date of entry",
        "notes": "bemerkung | remarque | observación | remarques | observaciones | bemerkungen | anmerkungen | comentarios | commentaires",
    },
    "registrations": {
        "candidate": "élève | alumno | alumna | estudiante | schüler | candidat | candidato | kandidat | student name | pupil",
        "last_name": "surname(s) | family name(s) | nom | apellido | apellidos | nachname",
        "first_names": "given names | given name(s) | forename | forenames | first name(s) | prénom | prénoms | nombre | nombres | vorname | vornamen",
        "subject": "matière | asignatura | materia | fach | discipline | subject (ib) | ib course | course title | course description | class description | class name",
        "level": "niveau | nivel | niveau (hl/sl) | level (hl/sl) | hl or sl | ns/nm",
        "response_language": "lang | lang. | resp lang | resp. lang. | langue | idioma | sprache | langue d'évaluation",
        "teacher": "tchr | tch | enseignant | professeur | profesor | profesora | lehrer | lehrkraft | lehrerin",
    },
    "cas": {
        "candidate": "élève | alumno | estudiante | schüler | student name | name of student | pupil",
        "strand": "tipo | tipo de actividad | type d'activité | strand(s) | c a s | c/a/s | volet(s) | volet | área | áreas | bereich | bereiche | cas type | category (c/a/s)",
        "title": "description of activity | activity description | activity / project | what | experience description | activité | actividad | aktivität | project | projet | proyecto | projekt | cas project | projet cas | proyecto cas | cas projekt | cas activity | experience title | description | intitulé",
        "hours": "nº horas | nº de horas | n.º de horas | número de horas | total de horas | nb d'heures | nombre d'heures | anzahl stunden | heures | horas | stunden | std | h | hours completed | hrs done | no of hours",
        "start": "start date | date from | date début | date de début | fecha inicio | fecha de inicio | anfang | startdatum | du | von | desde | from | début | inicio | beginn | datum | fecha | date of activity | when",
        "end": "end date | finish | finish date | date to | date fin | date de fin | fecha fin | fecha de fin | enddatum | au | bis | hasta | until | to | fin | ende | date completed | end",
        "supervisor": "betreuer | betreuerin | betreuer/in | encadrant | encadrante | adult | adult in charge | superviseur | supervisora | aufsicht | responsable | adult supervisor",
        "outcomes": "learning outcome | learning outcomes addressed | outcomes addressed | learning outcomes targeted | objectifs | resultados de aprendizaje | lernziele | lo addressed",
        "status": "état | estado | stand",
        "reflections": "reflexionen | réflexions | reflexiones",
    },
    "core": {
        "candidate": "élève | alumno | alumna | estudiante | schüler | schülerin | candidat | candidato | kandidat | student name | "
        "pupil | name of student",
        "subject": "ee subject area | essay subject | subject area | subject of the essay | asignatura | asignatura de la monografía | materia | "
        "matière | matière du mémoire | discipline | fach | fach der facharbeit | prüfungsfach",
        "title": "pt | title no | title number | title short | essay title no | ia prompt no | ia prompt number | prompt no | prompt number | ia prompt | pt no | pt number | title / rq | title/rq | rq | research question | title or research question | working title | provisional title | research topic | essay topic | título | título provisional | título de la monografía | "
        "pregunta de investigación | tema | titre | titre provisoire | question de recherche | sujet | titel | arbeitstitel | "
        "thema | forschungsfrage",
        "supervisor": "ee supervisor | essay supervisor | supervising teacher | supervisor/a | supervisora | superviseur | "
        "superviseuse | encadrant | directeur de mémoire | director | betreuer | betreuerin | betreuer/in | betreuende lehrkraft",
        "first_meeting": "1. reflexion | erste reflexion | 1.ª reflexión | primera reflexión | 1re réflexion | ppf 1 | ppf1 | rppf 1 | rppf1 | rpf 1 | 1st rppf | 1st ppf | mtg 1 | mtg1 | 1st mtg | first mtg | 1st meeting date | initial meeting | initial reflection | initial reflection session | 1st reflection | first reflection | reflection 1 | première réflexion | 1st meeting | meeting 1 | first rs | rs 1 | 1st reflection session | 1.ª reunión | 1ª reunión | 1a reunión | "
        "primera reunión | 1re réunion | 1ère réunion | réunion 1 | première réunion | 1. treffen | 1. gespräch | "
        "erstes gespräch | erstes treffen",
        "second_meeting": "2. reflexion | zweite reflexion | 2.ª reflexión | segunda reflexión | 2e réflexion | ppf 2 | ppf2 | rppf 2 | rppf2 | rpf 2 | 2nd rppf | 2nd ppf | mtg 2 | mtg2 | 2nd mtg | second mtg | interim | interim reflection | 2nd reflection | second reflection | reflection 2 | 2nd meeting | meeting 2 | rs 2 | interim meeting | 2nd reflection session | 2.ª reunión | 2ª reunión | 2a reunión | segunda reunión | "
        "2e réunion | 2ème réunion | réunion 2 | deuxième réunion | 2. treffen | 2. gespräch | zweites gespräch | zweites treffen",
        "third_meeting": "ppf 3 | ppf3 | rppf 3 | rppf3 | rpf 3 | 3rd rppf | 3rd ppf | mtg 3 | mtg3 | 3rd interaction | third interaction | 3rd mtg | third mtg | viva voce | 3rd meeting | meeting 3 | rs 3 | final meeting | 3.ª reunión | 3ª reunión | tercera reunión | reunión final | "
        "reunión final (viva) | 3e réunion | réunion finale | soutenance | entretien final | 3. treffen | 3. gespräch | "
        "abschlussgespräch | viva voce date | viva | final reflection | 3rd reflection | reflection 3",
        "draft": "borrador | 1er borrador | brouillon | version préliminaire | entwurf | rohfassung | first full draft | draft due",
        "final": "entrega final | versión final | version finale | remise | abgabe | endfassung | final copy",
        "predicted": "note | pred | pred. | predicted | predicted grade | ee grade | predicted ee grade | note prévue | nota prevista",
        "notes": "remarques | observaciones | bemerkungen | comentarios | commentaires",
    },
    "predicted": {
        "candidate": "élève | alumno | alumna | estudiante | schüler | schülerin | candidat | candidato | kandidat",
        "subject": "matière | discipline | asignatura | materia | fach | prüfungsfach",
        "level": "niveau | nivel | stufe | kursniveau",
        "teacher": "professeur | enseignant | profesor | profesora | docente | lehrer | lehrerin | lehrkraft",
        "predicted": "pred | pred. | predicted | pred. grade | predicted pg | forecast | forecast grade | note prévue | "
        "notes prévues | note prédite | nota prevista | notas previstas | calificación prevista | predicción | prognose | "
        "prognostizierte note | voraussichtliche note",
    },
    "pd": {
        "staff": "name, vorname | nachname, vorname | nom et prénom | nom, prénom | nom prénom | prénom et nom | apellidos y nombre | "
        "nombre y apellidos | apellidos, nombre | surname, first name | last name, first name | cognome e nome | nome e cognome | "
        "teacher name | professeur | professeure | professeur/e | enseignant | enseignante | enseignant(e) | enseignant.e | "
        "profesor/a | profesor(a) | maestro | maestra | lehrperson | lehrerin | lehrer/in | lehrer:in | kollege | kollegin | kollege/in | profesor | profesora | docente | lehrer | lehrkraft | "
        "staff name | name of teacher | colleague | faculty member | member of faculty | member of staff",
        "workshop": "course attended | courses attended | workshop/course | course / workshop | course name | workshop name | formation ib | formation bi | formation suivie | atelier | ateliers | atelier ib | taller | talleres | taller ib | taller bi | taller del ib | ib fortbildung | seminar | veranstaltung | workshops | workshops attended | workshops done | pd attended | pd undertaken | trainings | ib workshops | formations suivies | talleres | fortbildungen | intitulé | intitulé de la formation | titre de la formation | título del taller | título de la formación | titel der fortbildung | name of workshop | formation | formación | taller | fortbildung | pd | course | event | activity | workshop attended | "
        "professional development | training attended | kurs",
        "start": "date completed | completed on | completion date | date of completion | date attended | attended on | from | start date | date from | von | beginn | anfang | startdatum | ab | du | début | date début | date de début | desde | inicio | fecha inicio | fecha de inicio | fechas | when / mode | date / mode | dates / mode | date and mode | dates and mode | mode / date | date & format | dates / format | first day | day | when | dates | date(s) | quand | cuándo | fecha | datum | wann | date of workshop",
        "category": "niveau | nivel | stufe | kat | kat. | cat | cat. | catégorie | categoría | kategorie | ib cat",
        "subject": "matière | matière enseignée | asignatura | materia | fach | fächer | subject(s)",
        "cost": "prix | frais | gebühr | gebühren | preis | precio | coût (chf) | coût (eur) | cost | cost pp | cost per person | cost each | total cost | coût par personne | coste por persona | kosten pro person | coût | coste | costo | kosten | price | fees",
        "certificate": "certif reçu | certif. reçu | certificat reçu | cert on file | cert | certificate on file | certificate? | attestation | certificado | zertifikat | cert?",
        "mode": "online or face-to-face | online or face to face | online/face-to-face | online/in person | mode of delivery | modalité | modalidad",
        "end": "to | until | till | end date | finish | finish date | date to | bis | ende | enddatum | au | fin | date fin | date de fin | jusqu'au | hasta | fecha fin | fecha de fin | fecha final | last day | until when",
        "place": "lieu / modalité | lieu/modalité | lugar / modalidad | lugar/modalidad | place / mode | where / mode | where | lieu | lugar | ort | city/online",
        "notes": "remarques | observaciones | bemerkungen",
    },
    "inventory": {
        "edition": "edición | édition | auflage | ausgabe | ed.",
        "asset": "réf | réf. | référence | ref | ref. | n° inventaire | numéro d'inventaire | inventarnr | inventarnr. | inventar-nr. | inventar nr | nr | nr. | n° | código | cód. | código de inventario | n.º de inventario | serial | serial no | serial number | s/n | asset tag | calculator no | calculator no. | calculator number | gdc no | gdc no. | laptop no | laptop no. | laptop number | device no | device no. | device number | book no | book no. | book number | numéro de série | número de serie | seriennummer",
        "item": "modelo | modèle | modell | désignation | intitulé | libellé | matériel | bezeichnung | gerät | descripción | material | equipo | ouvrage | buch | libro | model | device | equipment | objet | artículo | gegenstand | titre | título | titel | article",
        "quantity": "ejempl | ejempl. | ejs | ej. | nb d'exemplaires | anz | anz. | cant | cant. | qte | nbre | nb ex | nb ex. | ejemplares | exemplaires | exemplare | how many | how many? | nombre | nombre d'exemplaires | n° of copies | quantité | cantidad | anzahl | menge | nb | qté | stück | number of copies | copies | pcs",
        "location": "estante | estantería | armario | étagère | armoire | regal | schrank | loc | loc. | ubicación | localización | emplacement | rangement | standort | lagerort | lieu | lugar | ort | raum | salle | aula | where kept",
        "lent_quantity": "lent out | lent | out | on loan | no lent | prêtés | prestados | ausgeliehen | loaned",
        "lent_to": "a quién | à qui | an wen | out to | asignado a | entregado a | attribué à | remis à | zugewiesen an | ausgegeben an | assigned to | emprunté par | emprunteur | emprunteuse | verliehen an | entliehen von | entleiher | ausleiher | schüler | élève | alumno | prestado por | student | borrower | borrowed by | on loan to | to whom | lent to | prêté à | prestado a | ausgeliehen an | who has it | with",
        "condition": "cond | cond. | zustand | état | estado | stato | condition out",
        "lent_on": "fecha entrega | fecha de entrega | entregado el | remis le | date de remise | ausgegeben am | ausgabedatum | assigned on | seit | ausgeliehen seit | verliehen am | ausleihdatum | prêté le | date de prêt | emprunté le | date d'emprunt | fecha préstamo | fecha de préstamo | fecha del préstamo | out | issued | since | lent since | given out on | sorti le | prestado el | ausgeliehen am",
        "due": "rückgabe | rückgabedatum | à rendre le | à rendre avant | date de retour prévue | devolver el | fecha límite | back by | due by | return date due | retour prévu | devolver antes de | rückgabe bis | zurück bis | to return by",
        "counted_on": "last check | last count | dernier contrôle | dernier inventaire | último inventario | letzte inventur",
        "returned": "fecha devolución | fecha de devolución | zurückgegeben am | zurückgegeben | rendu le | retourné le | devuelto el | devuelto | returned | came back on",
        "notes": "remarques | observaciones | bemerkungen | condition notes",
    },
}  # fmt: skip
_SOURCES = (_WORDS, FURTHER, DUTIES, ASKED)


def _merged() -> dict[str, dict[str, str]]:
    """All words together, in their order: the first column that has a word keeps it."""
    found: dict[str, dict[str, str]] = {}
    for source in _SOURCES:
        for tracker, columns in source.items():
            for column, words in columns.items():
                known = found.setdefault(tracker, {})
                known[column] = " | ".join(filter(None, (known.get(column, ""), words)))
    return found


WORDS = _merged()
_NAMES = (
    "who | person | lastfirst | last first | display name | student full name | full student name | name | names | full name | student | students | student name | student's name | student names | name of student | name of the student | "
    "name of the candidate | name of candidate | name of the learner | name of the pupil | "
    "candidate | candidate name | pupil | pupil name | learner | learner name | legal name | name (last, first) | "
    "last name, first name | surname, first name | family name, given name | first and last name | élève | élèves | "
    "nom et prénom | nom prénom | nom complet | nom de l'élève | alumno | alumna | alumnos | alumno/a | estudiante | "
    "nombre y apellidos | apellidos y nombre | apellidos, nombre | nombre completo | schüler | schülerin | schüler/in | "
    "name des schülers | name, vorname | nachname, vorname | vor- und nachname | kandidat | candidat | candidato"
)
_BOTH_NAMES = (
    (
        "last name | surname | family name | last | surname s",
        "first name | first names | given name | given names | forename | forenames | first",
        "and",
    ),
    ("apellido | apellidos | apellido s", "nombre | nombres | nombre s", "y"),
    ("nom | noms | nom s", "prénom | prénoms | prénom s", "et"),
    ("nachname | name | familienname", "vorname | vornamen", "und"),
    ("sobrenome | apelido | apelidos | cognome", "nome | nomes", "e"),
    ("efternamn | etternavn | efternavn", "förnamn | fornavn", "och"),
)
"""The words for last and for first names, and what joins them: `Apellidos y nombres`."""


def _whole_names() -> Iterator[str]:
    for lasts, firsts, joint in _BOTH_NAMES:
        for last in lasts.split(" | "):
            for first in firsts.split(" | "):
                yield from (f"{last} {first}", f"{first} {last}", f"{last} {joint} {first}", f"{first} {joint} {last}")


WHOLE_NAME = " | ".join([_NAMES, FURTHER_NAMES, *_whole_names()])
CATEGORIES = {
    "diploma": "D", "d": "D", "dp": "D", "ibdp": "D", "ib diploma": "D", "full diploma": "D", "full ib": "D", "full dp": "D",
    "diplome": "D", "diploma candidate": "D", "diploma programme": "D", "full ib diploma": "D", "certificate": "C", "certif": "C", "cert": "C",
    "courses": "C", "course": "C", "c": "C", "certificates": "C", "certificat": "C", "certificats": "C",
    "certificado": "C", "certificados": "C", "dp course": "C", "dp courses": "C", "ib courses": "C",
    "ib certificates": "C", "course candidate": "C", "courses only": "C", "anticipated": "A", "a": "A",
    "anticipated candidate": "A", "anticipe": "A", "anticipes": "A", "anticipado": "A", "anticipados": "A", "retake": "R", "retaker": "R",
    "retakes": "R", "retakers": "R", "retaking": "R", "r": "R", "cp": "CP", "ibcp": "CP",
    "career related programme": "CP", "career related": "CP", "career-related": "CP",
}  # fmt: skip
"""What schools call the categories of candidates, as `bare` gives it."""
NUMBERING = (
    FURTHER_NUMBERING
    + " | # | no | no. | nr | nr. | n° | nº | n.º | num | s/n | s.no | sr no | serial no | sl no | row | lfd. nr. | lfd nr | lfd. no. | rang | orden | item no"
)
TOTAL = (
    f"{FURTHER_TOTALS} | "
    "total | totals | sum | total hours | hours total | grand total | subtotal | total h | gesamt | summe | totale | "
    "total heures | total horas | suma | somme | all hours | overall | running total | ytd | count | average | moyenne"
)
COUNTED = (
    "effectif | effectifs | average | averages | moyenne | mean | median | anzahl | durchschnitt | schnitt | promedio | media | nombre | "
    "number | count | counts | sum | summe | max | min | check | target | ziel | cantidad"
)
"""Words that begin a row of numbers about the rows above, as in `Effectif NS | 2 | 1`."""
ESSAY = (
    FURTHER_ESSAY + " | "
    "ee | ee fach | fach der ee | ee subject | extended essay | extended essay subject | ee topic area | essay subject | memoire | mémoire | "
    "monografía | monog | monog. | facharbeit | ee in | ee (subject) | ee subj | ee subj. | ee area | ee sub | subject of ee | mémoire (matière) | memoire matiere"
)
ESSAY_TEACHER = (
    FURTHER_ESSAY_TEACHER + " | "
    "ee sup | ee supervisor | ee teacher | essay supervisor | supervisor ee | supervisor of ee | extended essay supervisor | "
    "superviseur mémoire | directeur de mémoire | supervisor monografía | betreuer facharbeit"
)
KNOWLEDGE = "tok | theory of knowledge | tdc | tdk | teoría del conocimiento | théorie de la connaissance"

ABOUT_PD = regex(
    r"(?i)\b(?:pd|cpd|professional|training|workshops?|formations?|formaci[oó]n|talleres|fortbildung(?:en)?|"
    r"cat(?:egory)?\.? ?[1-3]|formação|formazione|corsi|nascholing|kurs(?:er|y)?|fortbildning|koulutus|szkole(?:nia|ń|nie)|"
    r"eğitim(?:ler|i)?|обучение|тренинги?|tập huấn|pelatihan)\b|培[训訓]|研修|연수|التدريب|الدورات|อบรม"
)
"""What a sheet says that is about the training of staff."""


def words_of(text: str) -> frozenset[str]:
    """The headers in one of the lines above, as they are compared."""
    return frozenset(header_key(word) for word in text.split(" | ")) - {""}


_AS_ON_PAPERS = regex(
    r"(?i)\s*[(\[]\s*(?:(?:as|exactly|how|same)\b.*|(?:in )?(?:passport|legal|official|full|capitals?|block letters)|"
    r"(?:according to|comme|selon|según|como|laut|wie)\b.*)\s*[)\]]\s*$"
)
"""What a header says of how a name is written: `Student name (as per passport)`."""


def header_key(text: object) -> str:
    """A header without case, accents and punctuation; `#` and `n°` keep a name of their own."""
    if not isinstance(text, str):
        return ""
    if "(" in text or "[" in text:
        text = _AS_ON_PAPERS.sub("", text) or text
    if "#" in text and any(map(str.isalpha, text)):
        text = text.replace("#", " no ")
    key = re.sub(r"[\W_]+", " ", bare(text)).strip()
    return key or ("#" if text.strip() in ("#", "№") else "")


_LATIN = regex(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9'’.()/&\s-]*")


def in_two_scripts(text: str) -> tuple[str, ...]:
    """What a header says twice, in Latin letters and in other signs: `姓名 Name`; nothing for any other header.

    >>> in_two_scripts("姓名 Name"), in_two_scripts("Name")
    (('Name', '姓名'), ())
    """
    if text.isascii() or len(text) > 40:
        return ()
    other = _LATIN.sub(" ", text).strip(" ()/|-\n")
    latin = " ".join(_LATIN.findall(text)).strip(" ()/|-\n")
    return (latin, other) if latin and any(map(str.isalpha, other)) else ()


_ASKED_OF = regex(r".{4,}\[([^\[\]]{2,60})\]\s*")


def asked_of(text: str) -> str:
    """What a column of a form's grid is about: `Choose a level [Biology]` is about Biology; "" for any other header."""
    match = _ASKED_OF.fullmatch(text)
    return match[1].strip() if match else ""
