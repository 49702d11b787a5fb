"""The Apps Script of the shared sheets with its sentences in every language of ours; it speaks the spreadsheet's."""

from __future__ import annotations

import json

from addin.google.script_file import WORDS, script_text, sentences
from addin.workspace.languages import available, load


def spoken_script() -> str:
    """The script as one file. A sentence without a translation is left out: it stays English."""
    words = {}
    for code, path in available().items():
        language = load(path)
        said = {sentence: language.say(sentence) for sentence in sentences()}
        words[code] = {sentence: text for sentence, text in said.items() if text != sentence}
    return script_text().replace(WORDS, f"const WORDS = {json.dumps(words, ensure_ascii=False, indent=1)};")
