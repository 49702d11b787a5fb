# ruff: noqa: E501 - lists of words are read best as they are
"""Words in which forms ask for what the trackers hold, and in which other programs head their columns.

Plain data, as in `vocabulary.py`, which adds it to its own. What makes a question of a word (`Which … did you …?`) is
in `form_questions.py`.
"""

from __future__ import annotations

ASKED: dict[str, dict[str, str]] = {
    "candidates": {
        "last_name": "legal surname | legal family name | preferred surname",
        "first_names": "legal forename | legal forenames | legal first names | legal given names",
        "preferred_name": "preferred forename | preferred first name | preferred given name",
        "email": "adresse de messagerie | adresse e-mail | adresse mail | dirección de correo electrónico | primary email | school email address",
        "birth_date": "birth date",
    },
    "cas": {
        "title": "nom de l'activité | nom de l'expérience | titre de l'activité | titre de l'expérience | nombre de la actividad | nombre de la experiencia | "
        "título de la actividad | título de la experiencia | name der aktivität | titel der aktivität | cas experience name | name of the activity | "
        "name of activity | name of experience | cas project | title of activity | title of experience",
        "outcomes": "objectifs d'apprentissage | résultats d'apprentissage | acquis d'apprentissage | resultado de aprendizaje | learning outcomes met | "
        "learning outcomes achieved | cas learning outcomes",
        "supervisor": "supervisor name | name of supervisor | name of the supervisor | nom du superviseur | nom du responsable | nombre del supervisor | nombre de la supervisora | "
        "nombre del responsable | name des betreuers | activity supervisor name",
        "supervisor_email": "supervisor mail | email of supervisor | e-mail of supervisor | courriel du superviseur | e-mail du superviseur | adresse e-mail du superviseur | "
        "correo del supervisor | correo electrónico del supervisor",
        "evidence": "link to evidence | link to the evidence | link to your evidence | evidence link | link to portfolio | lien vers les preuves | lien vers la preuve | "
        "enlace a la evidencia | enlace a las evidencias | photo or document",
        "hours": "nombre d'heures | total hours | hours spent | duration in hours | duration (hours)",
        "strand": "cas strands covered | strands covered | volets | volet(s) du programme cas | áreas de cas | cas strand(s)",
    },
    "pd": {
        "staff": "teacher's full name | nom et prénom de l'enseignant",
        "email": "adresse de messagerie | adresse e-mail | courriel | correo electrónico | dirección de correo electrónico | work email | employee email",
        "workshop": "workshop title attended | title of workshop | name of the workshop | title of the workshop | titre de l'atelier | nom de l'atelier | titre de la formation | "
        "título del taller | nombre del taller | nombre de la formación | course or workshop | event title | event name | learning activity | session name",
        "start": "dates attended | date attended | dates of workshop | dates of the workshop | date of the workshop | workshop dates | dates de l'atelier | date de l'atelier | "
        "dates de la formation | date de la formation | fecha del taller | fechas del taller | fecha de la formación | fechas de la formación | event date",
        "place": "où | dónde | lieu de l'atelier | lieu de la formation | lugar del taller | location of the workshop | location of workshop",
        "category": "workshop category | category of the workshop | category of workshop | catégorie de l'atelier | categoría del taller",
        "status": "completion status | attendance status",
        "certificate": "your certificate | certificate of attendance | certificate upload | upload certificate | certificat | attestation de participation | certificado del taller",
    },
    "core": {
        "title": "proposed research question | pregunta de investigación propuesta | question de recherche proposée",
        "supervisor": "supervisor assigned | allocated supervisor",
    },
}
