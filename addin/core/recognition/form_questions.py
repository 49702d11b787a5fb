# ruff: noqa: E501 - lists of words are read best as they are
"""What a question of a form asks for: `What is the title of the workshop that you attended?` asks for the workshop."""

from __future__ import annotations

from addin.core.regex import regex
from addin.core.tables.layout import plain

_ASKED = regex(
    r"^(?:please )?(?:(?:enter|give|state|upload|attach|add|write|type|provide|choose|select|list|share|paste|indicate) )?"
    r"(?:in |on |at |for )?(?:what (?:is |was |are |were |kind of )?|which (?:is |was |are |were )?|how many |how much |do you have |"
    r"(?:was|is) (?:it|this) (?:an? )?)?"
    r"(?:the |your |a |an )*"
    r"(?:(?:title|name) of (?:the |your |a |an )*)?"
)
_BESIDES = regex(
    r" (?:s|(?:this|per) (?:week|month|term|semester|year)|so far|optional|if any|if applicable|required)$"
)
"""What a header says besides its word: `Hours this month`, `Strand(s)`."""
_TAIL = regex(
    r" (?:(?:that |which )?(?:did|do|does|have|has|had|will|would|was|were|is|are) (?:you|it|this|that|the \w+)\b.*"
    r"|(?:that |which )?(?:you|it) (?:have |has |had |did |will |would )?\w+(?: \w+)?"
    r"|(?:avez vous|as tu|est ce que|couvre t il|ha tenido|has tenido|cubre|has \w+do|ha \w+do|habe[ns]? \w+)\b.*)$"
)
"""The end of a question: `Which strands does it cover?`, `Hours you spent`."""
_OWNER = regex(r" s (?=name$|e?mail|e mail|title$|role$)")
"""What is left of `Supervisor's name`."""
_FOREIGN = regex(
    r"^(?:(?:quel|quelle|quels|quelles)(?: (?:est|sont|était|étaient|a été))?|cuál(?:es)?(?: (?:es|son|fue|fueron|era))?|"
    r"qué|combien d(?:e)?|cuánt[oa]s?|welche[rsnm]?(?: (?:ist|war|sind))?|wie (?:lautet|heißt|viele)|was (?:ist|war)) "
    r"(?:(?:le|la|les|l|votre|vos|el|los|las|tu|su|der|die|das|den|dein|deine|ihr|ihre) )*"
)
_TITLE_OF = regex(
    r"^(?:(?:titre|nom|intitulé) (?:du |de la |de l |de votre |de |d )|(?:título|nombre) (?:del |de la |de tu |de su |de )|"
    r"(?:titel|name|bezeichnung) (?:der |des |deiner |ihrer ))"
)
_WHEN = {
    "start date": "when did it start | when did it begin | when did you start | when did you begin | when did the activity start | "
    "when did the experience start | when did the workshop start | when did the workshop begin | quand a t elle commencé | "
    "quand a t il commencé | cuándo empezó | cuándo comenzó | wann hat es begonnen",
    "end date": "when did it end | when did it finish | when did you finish | when did you end | when did the activity end | "
    "when did the experience end | when did the workshop end | quand s est elle terminée | quand s est il terminé | "
    "cuándo terminó | cuándo finalizó | wann hat es geendet",
    "date": "when did it take place | when was it | when was it held | when did you do it | when did you attend | "
    "when did you attend it | when did you attend the workshop | when did the workshop take place | when was the workshop | "
    "on which date | on which dates | quand a t il eu lieu | quand a t elle eu lieu | cuándo tuvo lugar | cuándo se celebró | "
    "wann fand es statt",
    "where": "where did it take place | where was it held | where was it | where did the workshop take place | "
    "where was the workshop | where was the workshop held | où a t il eu lieu | où a t elle eu lieu | où s est il tenu | "
    "dónde tuvo lugar | dónde se celebró | wo fand es statt",
}
_WHEN_AND_WHERE = {plain(words): asked for asked, texts in _WHEN.items() for words in texts.split(" | ")}


def plain_question(header: str) -> str:
    """What a question asks for, as headers are compared; "" for a header of one word."""
    return next(iter(plain_questions(header)), "")


def plain_questions(header: str) -> tuple[str, ...]:
    """What a question may ask for, the shortest cut first: `Which strand(s) does it cover?` asks for a strand."""
    if " " not in header and "(" not in header:
        return ()
    whole = plain(header)
    if asked := _WHEN_AND_WHERE.get(whole):
        return (asked,)
    found: list[str] = []
    for text in (whole, _FOREIGN.sub("", whole, count=1)):
        short = _BESIDES.sub("", _ASKED.sub("", text, count=1))
        cut = _BESIDES.sub("", _TAIL.sub("", short))
        for one in (short, cut, _TITLE_OF.sub("", cut, count=1)):
            found += [one, _OWNER.sub(" ", one)]
    return tuple(dict.fromkeys(filter(None, found)))
