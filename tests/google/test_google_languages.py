"""A shared sheet speaks its workbook's language: headers, drop-downs, the form, and the sentences of its script."""

from __future__ import annotations

import json

from addin.core.settings import Settings
from addin.core.trackers.translate import translated
from addin.google.script_file import sentences
from addin.templates.google import Share, requests, seen
from addin.templates.google.form import form_data
from addin.templates.google.script_rules import rules_for
from addin.workspace.languages import language
from addin.workspace.lists import load_lists
from addin.workspace.script_words import spoken_script
from addin.workspace.tracker_files import heads, load_named

FRENCH = language("fr")
SETTINGS = Settings(lists=load_lists(), language=FRENCH, written=FRENCH)
TRACKERS = {
    name: translated(tracker, SETTINGS.lists, FRENCH, FRENCH) for name, tracker in load_named(["cas"], heads()).items()
}


def test_drop_downs_and_headers_of_a_shared_sheet_are_in_french() -> None:
    made = json.dumps(requests([Share(TRACKERS["cas"], "CAS")], SETTINGS, TRACKERS, seen({})), ensure_ascii=False)
    assert '"Statut"' in made and '"En attente de validation"' in made and '"Awaiting sign-off"' not in made
    assert '"Oui"' in made and '"Yes"' not in made


def test_the_script_compares_and_says_what_the_program_does() -> None:
    from addin.core.records import replace
    from addin.core.trackers.translate import in_its_words, local_lists

    lists = local_lists(SETTINGS.lists, TRACKERS.values())
    rules = rules_for(in_its_words(TRACKERS["cas"]), "CAS", replace(SETTINGS, lists=lists), TRACKERS)
    kind = next(column for column in rules["columns"] if column["name"] == "kind")
    words = {one["word"]: one for one in kind["words"]}
    assert words["one_of"]["limit"] == ["Expérience", "Série", "Projet", "Entretien", "Heures"]
    assert words["required"]["say"].replace("\u00a0", " ") == "« Nature » n'est pas renseigné."
    strand = next(rule for rule in rules["rules"] if rule["id"] == "strand-is-needed")
    assert strand["when"]["kind"][0]["limit"] == ["Expérience", "Série", "Projet"]
    assert rules["types"]["date"]["text"][0].replace("\u00a0", " ") == "« {value} » n'est pas une date."


def test_the_form_asks_in_french() -> None:
    fields = {one["header"]: one for one in form_data(TRACKERS["cas"], "CAS", SETTINGS)["fields"]}
    assert fields["Avec d'autres"]["choices"] == ["Oui", "Non"] and "Projet" in fields["Nature"]["choices"]
    assert fields["Statut"]["about"].startswith("Brouillon, Soumis par l'élève")


def test_the_pasted_script_has_its_words_in_each_language() -> None:
    text = spoken_script()
    words = json.loads(text.partition("const WORDS = ")[2].partition(";\n\n")[0])
    assert set(words) == {"fr", "es", "de"}
    for said in words.values():
        assert set(said) == set(sentences()), "these are still English"
    assert words["fr"]["Validate now"] == "Valider maintenant"
