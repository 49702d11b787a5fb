"""Encodings: a list of names is read exactly, or refused; never as other letters."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest

from addin.core.tables.encodings import decode, garbled, has_bad_byte

NAMES = {
    "fr": "Lefèvre Chloé; Noël Zoé; Garçon François; Dupré Hélène; Müller Anaïs; Bérenger Gaëlle; "
    "Forêt Jérôme; Côté Benoît; Rousseau Marie; Petit Jean",
    "es": "García José; Muñoz Begoña; Núñez Íñigo; López María; Martínez Ángel; Peña Inés; "
    "Ibáñez Raúl; Díaz Sofía; Ruiz Ana; Soler Pau",
    "de": "Müller Jürgen; Groß Käthe; Schäfer Sören; Köhler Björn; Weiß Günter; Jäger Max; "
    "Schröder Anna; Böhm Lena; Krüger Tom; Lang Eva",
    "nordic": "Sørensen Åse; Østby Bjørn; Sæther Håkon; Nygård Pål; Lindström Åsa; Sjöberg Göran; "
    "Kjær Søren; Bråten Øystein; Hansen Per; Lie Eva",
    "pt": "Gonçalves João; Magalhães Inês; Simões Conceição; Araújo Antônio; Falcão Débora; Sá Luís; "
    "Brandão Íris; Leitão Tomás; Costa Rui; Reis Ana",
    "mixed": "Müller Zoë; García José; Sørensen Per; Côté Benoît; Muñoz Ana; Smith John; "
    "Tanaka Yuki; Kim Min; O’Neill Seán; D'Souza René",
    "pl": "Wiśniewska Małgorzata; Wójcik Łukasz; Dąbrowski Paweł; Woźniak Grażyna; Kamińska Zofia; "
    "Szymański Świętosław; Jabłoński Michał; Ćwik Ożóg; Nowak Anna; Zając Jan",
    "cs": "Dvořák Jiří; Černý Ondřej; Procházková Kateřina; Kučera Tomáš; Němec Zdeněk; Růžička Matěj; "
    "Šimek Vojtěch; Žáková Alžběta; Novák Petr; Malý Jan",
    "hu": "Szűcs Gergő; Kovács Réka; Tóth Ágnes; Őri Zsófia; Fülöp György; Lukács Dénes; "
    "Bodó Hajnalka; Győri Áron; Nagy Anna; Kis Pál",
    "hr": "Horvat Živko; Kovačević Đurđa; Babić Šime; Perić Željka; Matić Zvonimir; Šimić Čedomir; "
    "Jurić Ante; Božić Nikša; Novak Ana; Vuk Ivo",
    "ru": "Иванов Пётр; Смирнова Ольга; Кузнецов Юрий; Соколова Жанна; Щукин Илья; Попова Анна; "
    "Лебедев Артём; Козлова Эмма; Новиков Лев; Орлов Ян",
    "uk": "Шевченко Їжак; Коваль Олексій; Бондаренко Євген; Ткачук Ганна; Кравченко Любов; Поліщук Ірина; "
    "Ґудзь Василь; Мельник Юлія; Лях Яна; Сич Ігор",
    "bg": "Георгиев Иван; Димитрова Ваня; Петров Цветан; Йорданова Жана; Тодоров Кирил; Илиев Стоян; "
    "Ангелова Яна; Христов Борис; Колев Ян; Дочев Асен",
    "el": "Παπαδόπουλος Γιώργος; Οικονόμου Μαρία; Βασιλείου Ελένη; Δημητρίου Νίκος; Γεωργίου Χρήστος; Αλεξίου Ζωή; "
    "Λάμπρου Θανάσης; Ψαρρά Άννα; Νίκας Ηλίας; Ράπτης Ανδρέας",
    "tr": "Yılmaz Şeyma; Çelik İbrahim; Öztürk Ayşe; Doğan Gülşen; Aydın Işıl; Güneş Çağla; "
    "Şahin Uğur; Koç Ömer; Arslan Ali; Kaya Deniz",
    "he": "כהן דוד; לוי שרה; מזרחי יוסף; פרץ רחל; ביטון אברהם; דהן מרים; אברהם יעקב; פרידמן לאה; מלכה נועה; אזולאי טל",
    "ar": "الحربي محمد; القحطاني فاطمة; الزهراني أحمد; الغامدي نورة; العتيبي خالد; الشهري سارة; "
    "المطيري يوسف; الدوسري مريم; حداد ليلى; خوري رامي",
    "lt": "Kazlauskas Žygimantas; Petrauskienė Rūta; Jankauskas Šarūnas; Žukauskaitė Eglė; Butkus Ąžuolas; "
    "Paulauskas Giedrė; Urbonas Mindaugas; Kavaliauskaitė Živilė; Jonas Ona; Balčiūnas Vytė",
    "lv": "Bērziņš Jānis; Kalniņa Līga; Ozoliņš Kārlis; Krūmiņa Zane; Liepiņš Mārtiņš; Zariņa Ilze; "
    "Pētersons Ģirts; Šmite Anna; Vītols Uldis; Kļaviņa Iveta",
    "et": "Tamm Jüri; Sepp Õnne; Mägi Kärt; Kask Märt; Põder Külli; Kuusk Tõnu; "
    "Ilves Tõnis; Pärn Ülle; Saar Eha; Oja Žanna",
    "th": "สมชาย ใจดี; สุดา รักไทย; อนันต์ ทองคำ; มาลี ศรีสุข; วิชัย พงษ์ไพร; กานดา แสงทอง; ธนา บุญมี; ปราณี วงศ์ใหญ่; ชัย ดี; นภา สุข",
    "zh": "王 芳; 李 娜; 张 伟; 刘 洋; 陈 静; 杨 敏; 赵 磊; 黄 丽; 周 杰; 吴 婷",
    "tw": "王 芳; 李 娜; 張 偉; 劉 洋; 陳 靜; 楊 敏; 趙 磊; 黃 麗; 周 傑; 吳 婷",
    "ja": "佐藤 葵; 鈴木 翔太; 高橋 さくら; 田中 健; 伊藤 ユキ; 渡辺 結衣; 山本 大輔; 中村 陽菜; 小林 蓮; 加藤 美咲",
    "ko": "김 민준; 이 서연; 박 지훈; 최 수빈; 정 하은; 강 도윤; 조 예린; 윤 시우; 장 지우; 임 서준",
    "vi": "Nguyễn Thị Hương; Trần Văn Đức; Lê Hoàng Phúc; Phạm Minh Ngọc; Vũ Thùy Dương; "
    "Đặng Quốc Việt; Bùi Ánh Tuyết; Hồ Bảo Trâm; Ngô An; Đỗ Lan",
}
WRITTEN = [
    ("fr", "cp1252"), ("es", "cp1252"), ("de", "cp1252"), ("nordic", "cp1252"), ("pt", "cp1252"), ("mixed", "cp1252"),
    ("pl", "cp1250"), ("cs", "cp1250"), ("hu", "cp1250"), ("hr", "cp1250"), ("pl", "iso8859_2"), ("cs", "iso8859_2"),
    ("ru", "cp1251"), ("uk", "cp1251"), ("bg", "cp1251"), ("el", "cp1253"), ("tr", "cp1254"), ("he", "cp1255"),
    ("ar", "cp1256"), ("lt", "cp1257"), ("lv", "cp1257"), ("et", "cp1257"), ("vi", "cp1258"), ("th", "cp874"),
    ("zh", "gb18030"), ("tw", "big5"), ("ja", "cp932"), ("ja", "euc_jp"), ("ko", "cp949"), ("fr", "mac_roman"),
    ("es", "mac_roman"), ("fr", "cp850"), ("pl", "cp852"), ("ja", "iso2022_jp"),
]  # fmt: skip
UNSURE = {("hu", "cp1250"), ("et", "cp1257"), ("vi", "cp1258")}
"""Lists of ten names that are refused, too: their bytes read as likely names in another encoding."""
FOREIGN = [
    ("ru", "koi8_r"), ("ru", "iso8859_5"), ("ru", "cp866"), ("ru", "mac_cyrillic"), ("el", "cp737"), ("tr", "cp857"),
    ("el", "mac_greek"), ("cs", "mac_latin2"), ("ar", "iso8859_6"), ("tr", "mac_turkish"), ("ko", "johab"),
]  # fmt: skip
"""Encodings that are not looked for."""


def listed(language: str, number: int, seed: int) -> str:
    """A list of candidates with so many of these names."""
    names = NAMES[language].split("; ")
    Random(seed).shuffle(names)
    rows = [f"{101 + n:04},{','.join(name.split(' ', 1))},M27,D" for n, name in enumerate(names[:number])]
    return "\r\n".join(["Code,Last name,First names,Session,Category", *rows, ""])


def encoded(text: str, encoding: str) -> bytes:
    """The text as a program writes it; cp1258 has the tone marks of Vietnamese as characters of their own."""
    if encoding != "cp1258":
        return text.encode(encoding)
    found = b""
    for sign in text:
        first, *marks = unicodedata.normalize("NFD", sign)  # type: ignore[str-unpack]
        for mark in list(marks):
            if mark in "\u0302\u0306\u031b":
                first = unicodedata.normalize("NFC", first + mark)
                marks.remove(mark)
        whole = sign if not marks else "".join([first, *marks])
        found += (sign if _fits(sign) else whole).encode(encoding)
    return found


def _fits(sign: str) -> bool:
    try:
        return bool(sign.encode("cp1258"))
    except UnicodeEncodeError:
        return False


@pytest.mark.parametrize(("language", "encoding"), WRITTEN)
def test_names_are_read_exactly_or_refused(language: str, encoding: str) -> None:
    for number in (1, 2, 3, 5, 10):
        for seed in range(8):
            text = listed(language, number, seed)
            found = decode(encoded(text, encoding))
            assert found.text in ("", text), (number, found.encoding)
            assert found.text or found.others
    assert bool(found.text) is ((language, encoding) not in UNSURE)
    assert found.assumed is bool(found.text)


@pytest.mark.parametrize(("language", "encoding"), FOREIGN)
def test_an_encoding_that_is_not_looked_for_is_refused(language: str, encoding: str) -> None:
    for number in (1, 2, 5, 10):
        text = listed(language, number, 3)
        assert decode(text.encode(encoding)).text in ("", text)


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_for_certain(language: str, encoding: str) -> None:
    text = listed(language, 3, 0)
    found = decode(text.encode(encoding))
    assert found.text == text
    assert not found.assumed


def test_the_candidates_are_shown_where_it_is_not_certain() -> None:
    found = decode("Code,Last name\r\n0101,Muñoz\r\n".encode("cp1252") + b"0102,Gerg\xf5\r\n")
    assert found.text == ""
    assert len({one.text for one in found.others}) == len(found.others) >= 2


@pytest.mark.parametrize("stray", [b"\xff", b"\xe9", b"\xc3", b"\x81"])
def test_a_stray_byte_stays_one_byte(stray: bytes) -> None:
    found = decode("José,Zoë\n".encode() + b"Caf" + stray + b",Jo\n")
    assert found.encoding == "utf-8"
    assert [has_bad_byte(line) for line in found.text.splitlines()] == [False, True]


def test_a_stray_byte_after_a_mark_leaves_the_file_utf8() -> None:
    found = decode(b"\xef\xbb\xbfCode,Last name\n1,Caf\xe9\n2,Ito\n")
    assert (found.encoding, found.text.split("\n")[2]) == ("utf-8", "2,Ito")


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe\x00", bytes(range(256))])
def test_what_is_no_text_gives_none(data: bytes) -> None:
    assert decode(data).text == ""


def test_text_with_a_zero_byte_is_not_taken_for_utf16() -> None:
    found = decode(b"Code,Last name\n0101,Di\0az\n" * 9)
    assert (found.text, found.encoding) == ("", "")


def test_what_no_name_is_like_is_garbled_and_names_are_not() -> None:
    assert [garbled(name) for name in ("JosÃ©", "Ã", "Ð˜Ð²Ð°Ð½")] == ["José", "", "Иван"]
    for name in (
        "Díaz",
        "Åse",
        "Ñuñez",
        "São João",
        "Đặng",
        "Øystein Ås",
        "Żółć",
        "Müller-Lüdenscheidt",
        "Ðorđe",
        "Â",
        "王芳",
    ):
        assert garbled(name) == ""
