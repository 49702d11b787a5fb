# ruff: noqa: E501 - lists of words are read best as they are
"""Words that schools write above their columns, in four languages, besides the trackers' own aliases.

Plain data: tracker -> column -> headers. They are compared without case, accents and punctuation.
"""

from __future__ import annotations

import re

from addin.core.recognition.people import bare

WORDS: dict[str, dict[str, str]] = {
    "candidates": {
        "code": "sid | stu id | student nr | matricule | matrícula | código | código del alumno | numéro d'élève | "
        "schülernummer | adm no | admission no | admission number | pupil id | learner id | id alumno | student code no",
        "last_name": "lname | family names | last names | surnames | nom | nom de famille | apellido | apellidos | "
        "nachname | familienname | cognome",
        "first_names": "fname | forenames | forename(s) | first name(s) | given name(s) | other names | prénom | prénoms | nombre | nombres | "
        "vorname | vornamen | nome",
        "year_group": "classe | clase | curso | klasse | section | grade/class | tutor group | advisory | reg group | year level",
        "adviser": "tuteur | tutrice | tutor/a | professeur principal | klassenlehrer | betreuer | cas supervisor | "
        "coordinator | ib adviser | cas adviser/advisor | supervisor",
        "email": "student e-mail | courriel | correo | correo electrónico | e-mail adresse | mail élève | email (school) | "
        "student email address | student mail",
        "birth_date": "f. nac. | f nac | fecha nac. | fecha de nac. | f. nacimiento | nacido/a | date naiss. | ddn | geb. | geb.-datum | geburtstag | bday | b-day | birthday | date of birth (dd/mm/yyyy) | date de naissance | né(e) le | fecha de nacimiento | nacimiento | geburtsdatum | geboren | dob (d/m/y)",
        "gender": "sexe | sexo | geschlecht | género | genre",
        "nationality": "nationalité | nacionalidad | staatsangehörigkeit | nationality/ies | country",
        "first_language": "langue maternelle | lengua materna | muttersprache",
        "session_number": "ib no | ib number | ib candidate number | candidate number (ib) | numéro de candidat | "
        "número de candidato | kandidatennummer | ib candidate no | session no | candidate session no",
        "personal_code": "ib personal id | personal code | code personnel | código personal",
        "session": "examen session | session d'examen | convocatoria | prüfungssession | class of | cohort session",
        "category": "diploma/course | catégorie | categoría | kategorie | dp or course",
        "guardian_name": "parent(s) | parents | parent/guardian name | responsable légal | padres | eltern | tutor legal",
        "guardian_email": "parents email | parents e-mail | e-mail parents | parent mail | correo padres | e-mail eltern",
        "payment": "paid | fees paid | fees paid? | exam fees paid | fee paid | frais payés | pagado | bezahlt",
        "notes": "remarques | observaciones | bemerkungen | anmerkungen | comentarios | commentaires",
    },
    "registrations": {
        "candidate": "élève | alumno | alumna | estudiante | schüler | candidat | candidato | kandidat | student name | pupil",
        "subject": "matière | asignatura | materia | fach | discipline | subject (ib) | ib course",
        "level": "niveau | nivel | niveau (hl/sl) | level (hl/sl) | hl or sl | ns/nm",
        "response_language": "langue | idioma | sprache | langue d'évaluation",
        "teacher": "enseignant | professeur | profesor | profesora | lehrer | lehrkraft | lehrerin",
    },
    "cas": {
        "candidate": "élève | alumno | estudiante | schüler | student name | name of student | pupil",
        "title": "description of activity | activity description | activity / project | what | experience description | activité | actividad | aktivität | project | cas activity | experience title | description | intitulé",
        "strand": "volet | área | bereich | c a s | c/a/s | cas type | category (c/a/s)",
        "hours": "heures | horas | stunden | std | h | hours completed | hrs done | no of hours",
        "start": "début | inicio | beginn | datum | fecha | date of activity | when",
        "end": "fin | ende | date completed | end",
        "supervisor": "superviseur | supervisora | aufsicht | responsable | adult supervisor",
        "outcomes": "learning outcome | objectifs | resultados de aprendizaje | lernziele | lo addressed",
        "status": "état | estado | stand",
        "reflections": "reflexionen | réflexions | reflexiones",
    },
    "core": {
        "candidate": "élève | alumno | alumna | estudiante | schüler | schülerin | candidat | candidato | kandidat | student name | "
        "pupil | name of student",
        "subject": "ee subject area | essay subject | subject area | subject of the essay | asignatura | asignatura de la monografía | materia | "
        "matière | matière du mémoire | discipline | fach | fach der facharbeit | prüfungsfach",
        "title": "working title | provisional title | research topic | essay topic | título | título provisional | título de la monografía | "
        "pregunta de investigación | tema | titre | titre provisoire | question de recherche | sujet | titel | arbeitstitel | "
        "thema | forschungsfrage",
        "supervisor": "ee supervisor | essay supervisor | supervising teacher | supervisor/a | supervisora | superviseur | "
        "superviseuse | encadrant | directeur de mémoire | director | betreuer | betreuerin | betreuer/in | betreuende lehrkraft",
        "first_meeting": "1st meeting | meeting 1 | first rs | rs 1 | 1st reflection session | 1.ª reunión | 1ª reunión | 1a reunión | "
        "primera reunión | 1re réunion | 1ère réunion | réunion 1 | première réunion | 1. treffen | 1. gespräch | "
        "erstes gespräch | erstes treffen",
        "second_meeting": "2nd meeting | meeting 2 | rs 2 | interim meeting | 2nd reflection session | 2.ª reunión | 2ª reunión | 2a reunión | segunda reunión | "
        "2e réunion | 2ème réunion | réunion 2 | deuxième réunion | 2. treffen | 2. gespräch | zweites gespräch | zweites treffen",
        "third_meeting": "3rd meeting | meeting 3 | rs 3 | final meeting | 3.ª reunión | 3ª reunión | tercera reunión | reunión final | "
        "reunión final (viva) | 3e réunion | réunion finale | soutenance | entretien final | 3. treffen | 3. gespräch | "
        "abschlussgespräch | viva voce date",
        "draft": "borrador | 1er borrador | brouillon | version préliminaire | entwurf | rohfassung | first full draft | draft due",
        "final": "entrega final | versión final | version finale | remise | abgabe | endfassung | final copy",
        "notes": "remarques | observaciones | bemerkungen | comentarios | commentaires",
    },
    "pd": {
        "staff": "teacher name | professeur | enseignant | profesor | profesora | docente | lehrer | lehrkraft | "
        "staff name | name of teacher | colleague",
        "workshop": "formation | formación | taller | fortbildung | pd | course | event | activity | workshop attended | "
        "professional development | training attended | kurs",
        "start": "first day | day | when | dates | date(s) | quand | cuándo | fecha | datum | wann | date of workshop",
        "category": "cat | cat. | catégorie | categoría | kategorie | ib cat",
        "cost": "cost | cost pp | cost per person | cost each | total cost | coût par personne | coste por persona | kosten pro person | coût | coste | costo | kosten | price | fees",
        "certificate": "cert on file | cert | certificate on file | certificate? | attestation | certificado | zertifikat | cert?",
        "mode": "online or face-to-face | online or face to face | online/face-to-face | online/in person | mode of delivery | modalité | modalidad",
        "end": "last day | until when",
        "place": "where | lieu | lugar | ort | city/online",
        "notes": "remarques | observaciones | bemerkungen",
    },
    "inventory": {
        "item": "model | device | equipment | objet | artículo | gegenstand | titre | título | titel | article",
        "quantity": "quantité | cantidad | anzahl | menge | nb | qté | stück | number of copies | copies | pcs",
        "location": "lieu | lugar | ort | raum | salle | aula | where kept",
        "lent_quantity": "lent out | lent | out | on loan | no lent | prêtés | prestados | ausgeliehen | loaned",
        "lent_to": "to whom | lent to | prêté à | prestado a | ausgeliehen an | who has it | with",
        "due": "back by | due by | return date due | retour prévu | devolver antes de | rückgabe bis | zurück bis | to return by",
        "notes": "remarques | observaciones | bemerkungen | condition notes",
    },
}  # fmt: skip
WHOLE_NAME = (
    "name | names | full name | student | students | student name | student's name | student names | name of student | "
    "candidate | candidate name | pupil | pupil name | learner | learner name | legal name | name (last, first) | "
    "last name, first name | surname, first name | family name, given name | first and last name | élève | élèves | "
    "nom et prénom | nom prénom | nom complet | nom de l'élève | alumno | alumna | alumnos | alumno/a | estudiante | "
    "nombre y apellidos | apellidos y nombre | apellidos, nombre | nombre completo | schüler | schülerin | schüler/in | "
    "name des schülers | name, vorname | nachname, vorname | vor- und nachname | kandidat | candidat | candidato"
)
NUMBERING = "# | no | no. | nr | nr. | n° | nº | num | s/n | s.no | sl no | row | lfd. nr. | item no"
TOTAL = (
    "total | totals | sum | total hours | hours total | grand total | subtotal | total h | gesamt | summe | totale | "
    "total heures | total horas | suma | somme | all hours | overall | running total | ytd | count | average | moyenne"
)
ESSAY = (
    "ee | ee subject | extended essay | extended essay subject | ee topic area | essay subject | memoire | mémoire | "
    "monografía | facharbeit | ee in | ee (subject)"
)
KNOWLEDGE = "tok | theory of knowledge | tdc | tdk | teoría del conocimiento | théorie de la connaissance"


def words_of(text: str) -> frozenset[str]:
    """The headers in one of the lines above, as they are compared."""
    return frozenset(header_key(word) for word in text.split(" | ")) - {""}


def header_key(text: object) -> str:
    """A header without case, accents and punctuation; `#` and `n°` keep a name of their own."""
    if not isinstance(text, str):
        return ""
    key = re.sub(r"[\W_]+", " ", bare(text)).strip()
    return key or ("#" if text.strip() in ("#", "№") else "")
