"""Yes and no as people write them: ticks, crosses, 1 and 0, and the words of many languages.

Loaded only where a yes/no column holds something other than Yes, No, TRUE or FALSE.
"""

from __future__ import annotations

from addin.core.tables.equality import fold

_YES = (
    "1 x ✓ ✔ ☑ ✅ 🗸 √ ● ok done yep yeah ye t on "
    "oui o vrai si sí s verdadero ja j wahr sim verdadeiro da tak evet igen kyllä on joo ano áno jah jā taip po ya iya "
    "ndiyo ναι да так tá ie bai "
    "是 是的 对 對 有 已 はい 有り あり 済 예 네 نعم بله ہاں हाँ हां है হ্যাঁ ใช่ có vâng có rồi כן այո დიახ тийм иә"
)
_NO = (
    "0 ✗ ✘ ☒ ❌ ✖ nope not none f off "
    "non faux falso nein falsch não nao nie nej nei hayır hayir nem ei ne nu não niet nee ne не нет ні нi јок nē hindi "
    "tidak bukan hapana όχι na nage ez "
    "否 不 不是 没有 沒有 无 無 未 いいえ なし 아니요 아니오 없음 لا نه نہیں नहीं না ไม่ không לא ոչ არა үгүй жоқ"
)


def meaning(text: str) -> bool | None:
    """True or False where the whole text is a word or sign for it, None where it is not, or where it could be both."""
    word = fold(text).rstrip(".!")
    return _MEANINGS.get(word)


_MEANINGS = {fold(word): True for word in _YES.split()} | {fold(word): False for word in _NO.split()}
for _both in {fold(word) for word in _YES.split()} & {fold(word) for word in _NO.split()}:
    del _MEANINGS[_both]
