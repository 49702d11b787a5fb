"""Subjects as schools and their programs write them; most of these are from public course lists."""

from __future__ import annotations

import pytest

from addin.core.recognition.subject_names import SubjectNames
from addin.workspace.settings import load_lists

SUBJECTS = SubjectNames(load_lists())
AA, AI = "Mathematics: Analysis and Approaches", "Mathematics: Applications and Interpretation"
ESS, SEHS = "Environmental Systems and Societies", "Sports, Exercise and Health Science"


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("IB Math: AI SL2", AI, "SL"),
        ("IB Global Politics HL2", "Global Politics", "HL"),
        ("IB History of the Americas HL1", "History Americas", "HL"),
        ("IB Environ Sys & Soc SL1", ESS, "SL"),
        ("IB Global Politics Higher Level 1", "Global Politics", "HL"),
        ("IB Biology Standard Level 1", "Biology", "SL"),
        ("IBDP Biology HL", "Biology", "HL"),
        ("DP1 Biology HL", "Biology", "HL"),
        ("Biology 1 HL", "Biology", "HL"),
        ("Y12 Chemistry SL", "Chemistry", "SL"),
        ("Physics HL - Pamoja", "Physics", "HL"),
        ("Group 1 English A Literature HL", "English A: Literature", "HL"),
        ("Language A: English Lit HL", "English A: Literature", "HL"),
        ("Lang B Spanish HL", "Spanish B", "HL"),
        ("School Supported Self-Taught Polish A SL", "Polish A: Literature", "SL"),
        ("Sports Health and Exercise Science HL", SEHS, "HL"),
        ("English Literature and Performance SL", "Literature and Performance", "SL"),
        ("Malay Literature HL", "Malay A: Literature", "HL"),
        ("Environmental Science SL", ESS, "SL"),
        ("Global Pols", "Global Politics", ""),
        ("BusMan SL", "Business Management", "SL"),
        ("ChemHL", "Chemistry", "HL"),
        ("MathAAHL", AA, "HL"),
        ("AISL", AI, "SL"),
        ("Maths A&I SL", AI, "SL"),
        ("Swahili ab initio SL", "Kiswahili ab initio", "SL"),
        ("Systèmes de l'environnement et sociétés", ESS, ""),
        ("Sistemas Ambientales y Sociedades NM", ESS, "SL"),
        ("Gestion des entreprises NM", "Business Management", "SL"),
        ("Ciencias del deporte", SEHS, ""),
        ("Mathématiques : applications et interprétation NM", AI, "SL"),
        ("Svenska A Litteratur", "Swedish A: Literature", ""),
        ("Język polski A", "Polish A: Literature", ""),
        ("Magyar A", "Hungarian A: Literature", ""),
        ("Norwegisch A Literatur", "Norwegian A: Literature", ""),
        ("日本語 A Literature", "Japanese A: Literature", ""),
        ("中文A 语言与文学", "Chinese A: Language and Literature", ""),
        ("英文 B", "English B", ""),
    ],
)
def test_a_course_is_read_as_the_one_subject_that_it_is(text: str, name: str, level: str) -> None:
    reading = SUBJECTS.read(text)
    assert reading and (reading.names, reading.level) == ((name,), level)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("English A HL", ("English A: Language and Literature", "English A: Literature")),
        ("Arabic A", ("Arabic A: Language and Literature", "Arabic A: Literature")),
        ("English HL", ("English A: Language and Literature", "English A: Literature", "English B")),
        ("Nederlands A", ("Dutch A: Language and Literature", "Dutch A: Literature")),
        ("한국어 A", ("Korean A: Language and Literature", "Korean A: Literature")),
        ("Greek", ("Modern Greek A: Language and Literature", "Modern Greek A: Literature", "Classical Greek")),
    ],
)
def test_a_name_of_several_subjects_gives_all_that_it_may_be_and_no_other(text: str, names: tuple[str, ...]) -> None:
    reading = SUBJECTS.read(text)
    assert reading and reading.names == names


@pytest.mark.parametrize(
    "text",
    ["CAS", "Advisory", "Free", "Study Hall", "PE", "Homeroom", "Bulgaria", "Italia", "Estonia", "ESL", "Spanish 2"],
)
def test_what_is_no_subject_is_none(text: str) -> None:
    assert SUBJECTS.read(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Biology HL (Ms Tan)", "Biology"),
        ("Economics (SL) - Mr Smith", "Economics"),
        ("Chemistry HL\nDr Wu", "Chemistry"),
        ("Biology (JSM)", "Biology"),
        ("Physics: Block B", "Physics"),
        ("Biology (EE)", None),
        ("Biology - IA", None),
        ("Biology (predicted)", None),
    ],
)
def test_a_header_may_name_the_teacher_or_the_block(text: str, name: str | None) -> None:
    reading = SUBJECTS.read_header(text)
    assert (reading and reading.names) == (name and (name,))
    assert SUBJECTS.read(text) is None or "Block" not in text  # a cell that says more is not read as if it did not
