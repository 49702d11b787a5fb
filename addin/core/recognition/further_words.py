# ruff: noqa: E501 - lists of words are read best as they are
"""Words that schools write above their columns in more languages: Italian, Portuguese, Dutch, Swedish, Danish, Norwegian,
Finnish, Polish, Turkish, Russian, Arabic, Chinese, Japanese, Korean, Vietnamese, Thai, Indonesian.

Plain data, as in `vocabulary.py`, which adds it to its own.
"""

from __future__ import annotations

FURTHER: dict[str, dict[str, str]] = {
    "candidates": {
        "code": "matricola | numero matricola | n.º aluno | nº aluno | nº do aluno | número do aluno | n.º de aluno | n.º processo | nº processo | leerlingnummer | "
        "leerlingnr | elevnummer | elevnr | elev-id | oppilasnumero | numer ucznia | nr ucznia | okul no | öğrenci no | öğrenci numarası | "
        "номер ученика | табельный номер | الرقم | رقم الطالب | الرقم المدرسي | 学号 | 學號 | 学籍番号 | 学生番号 | 生徒番号 | 학번 | "
        "mã học sinh | mã số học sinh | mã số | mshs | รหัสนักเรียน | เลขประจำตัว | เลขประจำตัวนักเรียน | nis | nisn | nomor induk",
        "last_name": "cognome | apelido | apelidos | sobrenome | achternaam | efternamn | etternavn | efternavn | sukunimi | nazwisko | soyadı | soyad | soyisim | "
        "фамилия | اسم العائلة | العائلة | الكنية | 姓 | 姓氏 | 성 | họ | họ và tên đệm | họ đệm | นามสกุล | สกุล | nama belakang | nama keluarga",
        "first_names": "nome proprio | nome próprio | nomes próprios | prenome | voornaam | voornamen | roepnaam | förnamn | fornavn | etunimi | etunimet | imię | imiona | "
        "adı | ad | isim | имя | имя отчество | الاسم الأول | الاسم الاول | 名 | 名字 | tên | ชื่อ | nama depan",
        "year_group": "turma | classe/sezione | klas | leerjaar | klass | årskurs | trinn | luokka | klasa | sınıf | sınıfı | şube | класс | الصف | الصف الدراسي | الشعبة | "
        "班级 | 班級 | 年级 | 年級 | クラス | 学年 | 組 | 학년 | 반 | 학반 | lớp | ห้อง | ชั้น | ระดับชั้น | kelas",
        "adviser": "coordinatore di classe | docente tutor | diretor de turma | diretora de turma | professor tutor | mentor/tutor | handledare | kontaktlærer | klasslärare | "
        "luokanohjaaja | wychowawca | danışman | danışman öğretmen | sınıf öğretmeni | классный руководитель | المرشد | المشرف | مربي الصف | 班主任 | 导师 | 導師 | 担任 | 담임 | 담임교사 | "
        "gvcn | giáo viên chủ nhiệm | ครูที่ปรึกษา | ครูประจำชั้น | wali kelas",
        "email": "posta elettronica | correio eletrónico | correio eletrônico | e-mailadres | e-post | e-postadress | sähköposti | e-posta | эл. почта | электронная почта | "
        "البريد الإلكتروني | البريد الالكتروني | 邮箱 | 电子邮件 | 電子郵件 | メール | メールアドレス | 이메일 | อีเมล | อีเมล์ | surel",
        "birth_date": "data di nascita | nato il | nata il | nato/a il | data de nascimento | data nasc. | nascimento | geboortedatum | geb.datum | födelsedatum | fødselsdato | "
        "syntymäaika | data urodzenia | doğum tarihi | дата рождения | تاريخ الميلاد | تاريخ الولادة | 出生日期 | 生日 | 出生年月 | 生年月日 | 誕生日 | 생년월일 | ngày sinh | วันเกิด | วัน/เดือน/ปีเกิด | tanggal lahir",
        "gender": "sesso | genere | gênero | género/sexo | geslacht | kön | kjønn | køn | sukupuoli | płeć | cinsiyet | пол | الجنس | 性别 | 性別 | 성별 | giới tính | เพศ | jenis kelamin",
        "nationality": "nazionalità | cittadinanza | nacionalidade | nationaliteit | nationalitet | kansalaisuus | obywatelstwo | uyruk | uyruğu | гражданство | الجنسية | 国籍 | 國籍 | 국적 | quốc tịch | สัญชาติ | kewarganegaraan",
        "preferred_name": "英文名 | 영문이름 | 영문명 | ชื่อเล่น",
        "notes": "annotazioni | osservazioni | observações | opmerkingen | anmärkningar | merknader | huomautukset | uwagi | notlar | açıklama | примечание | примечания | ملاحظات | 备注 | 備註 | 備考 | 비고 | ghi chú | หมายเหตุ | catatan",
    },
    "registrations": {
        "subject": "materia | disciplina | vak | ämne | fag | oppiaine | przedmiot | ders | предмет | المادة | 科目 | 课程 | 課程 | 教科 | 과목 | môn | môn học | วิชา | mata pelajaran",
        "level": "livello | nível | niveau hl/sl | nivå | taso | poziom | seviye | düzey | уровень | المستوى | 级别 | 级别 (hl/sl) | レベル | 수준 | 레벨 | cấp độ | ระดับ | tingkat",
        "teacher": "docente | insegnante | professor/a | docent | lärare | lærer | opettaja | nauczyciel | öğretmen | преподаватель | учитель | المعلم | 教师 | 老师 | 教員 | 교사 | giáo viên | ครู | guru",
    },
    "cas": {
        "title": "attività | atividade | activiteit | aktivitet | toiminta | etkinlik | etkinlik adı | мероприятие | النشاط | 活动 | 活動 | 活动名称 | 활동 | 활동명 | hoạt động | กิจกรรม | kegiatan",
        "hours": "ore | timer | tuntia | tunnit | uren | godziny | saat | süre (saat) | часы | عدد الساعات | الساعات | 小时 | 時數 | 小时数 | 時間 | 시간 | số giờ | giờ | ชั่วโมง | จำนวนชั่วโมง | jam",
        "strand": "area cas | ambito | área cas | onderdeel | alan | направление | المجال | 领域 | 類別 | 領域 | 영역 | lĩnh vực | ด้าน",
        "start": "data inizio | data de início | início | begindatum | startdato | startdatum | başlangıç | başlangıç tarihi | дата начала | تاريخ البدء | 开始日期 | 開始日期 | 開始日 | 시작일 | ngày bắt đầu | วันที่เริ่ม",
        "end": "data fine | data de fim | fim | einddatum | sluttdato | slutdatum | bitiş | bitiş tarihi | дата окончания | تاريخ الانتهاء | 结束日期 | 結束日期 | 終了日 | 종료일 | ngày kết thúc | วันที่สิ้นสุด",
        "supervisor": "supervisore | supervisor(a) | begeleider | handledare | veileder | ohjaaja | denetmen | sorumlu | руководитель | المشرف | 指导老师 | 監督者 | 담당교사",
    },
    "pd": {
        "staff": "docente | insegnante | professor | professor(a) | docent | leerkracht | lärare | lærer | opettaja | nauczyciel | öğretmen | öğretmen adı | учитель | преподаватель | المعلم | اسم المعلم | 教师 | 老师 | 教员 | 教員 | 教師 | 교사 | giáo viên | ครู | guru",
        "workshop": "corso | corso di formazione | formazione | formação | oficina | nascholing | cursus | fortbildning | kurs | koulutus | szkolenie | eğitim | çalıştay | тренинг | семинар | الدورة | ورشة العمل | 培训 | 研修 | 研修名 | 工作坊 | 연수 | 워크숍 | khóa học | tập huấn | การอบรม | pelatihan",
        "start": "data | datum | dato | päivämäärä | tarih | дата | التاريخ | 日期 | 日付 | 期间 | 일자 | 날짜 | ngày | วันที่ | tanggal",
        "place": "luogo | sede | local | locaal | plaats | sted | plats | paikka | miejsce | yer | место | المكان | 地点 | 地點 | 場所 | 장소 | địa điểm | สถานที่ | tempat",
        "cost": "costo | custo | valor | kosten | kostnad | pris | hinta | koszt | ücret | maliyet | стоимость | التكلفة | 费用 | 費用 | 비용 | chi phí | ค่าใช้จ่าย | biaya",
        "category": "categoria | categorie | kategori | kategoria | luokka | категория | الفئة | 类别 | 類別 | カテゴリー | 카테고리 | loại | ประเภท | kategori",
    },
    "inventory": {
        "item": "articolo | oggetto | libro | item | titolo | título do livro | artikel | boek | tavara | nimike | przedmiot | malzeme | kitap | предмет | наименование | الصنف | الكتاب | 物品 | 书名 | 書名 | 品名 | 名称 | 教材 | 품목 | 도서명 | tên sách | vật phẩm | รายการ | ชื่อหนังสือ | barang | judul",
        "quantity": "quantità | qtà | quantidade | qtd | qtd. | aantal | antal | antall | määrä | ilość | adet | miktar | количество | кол-во | الكمية | العدد | 数量 | 數量 | 個数 | 冊数 | 수량 | số lượng | จำนวน | jumlah",
        "location": "aula | luogo | sala | local | lokaal | rum | rom | sali | sala/miejsce | yer | derslik | место хранения | المكان | الموقع | 存放地点 | 地點 | 保管場所 | 場所 | 위치 | 보관장소 | vị trí | ที่เก็บ | lokasi",
        "lent_to": "prestato a | emprestado a | uitgeleend aan | utlånad till | utlånt til | udlånt til | lainassa | wypożyczone | ödünç alan | кому выдано | مُعار إلى | معار إلى | 借用人 | 借出给 | 貸出先 | 대여자 | người mượn | ผู้ยืม | dipinjam oleh",
        "due": "restituire entro | devolver até | retour voor | återlämnas | tilbakeleveres | palautus | zwrot do | iade tarihi | вернуть до | تاريخ الإرجاع | 归还日期 | 歸還日期 | 返却期限 | 반납일 | hạn trả | กำหนดคืน",
        "notes": "annotazioni | osservazioni | observações | opmerkingen | uwagi | notlar | примечание | ملاحظات | 备注 | 備註 | 備考 | 비고 | ghi chú | หมายเหตุ | catatan",
    },
}
FURTHER_NAMES = (
    "studente | alunno | alunna | alunno/a | nome e cognome | cognome e nome | nominativo | candidato/a | aluno | aluna | aluno/a | nome completo | nome do aluno | nome do(a) aluno(a) | nome do estudante | estudante | naam | leerling | "
    "naam leerling | elev | elevens navn | elevens namn | namn | navn | oppilas | nimi | opiskelija | uczeń | imię i nazwisko | nazwisko i imię | öğrenci | öğrenci adı soyadı | öğrenci ad soyad | öğrencinin adı | adı ve soyadı | isim soyisim | adı soyadı | ad soyad | öğrenci adı | "
    "öğrencinin adı soyadı | ученик | учащийся | фио | ф.и.о. | имя ученика | фамилия имя | الاسم | اسم الطالب | الطالب | الاسم الكامل | 姓名 | 学生姓名 | 學生姓名 | 学生 | 學生 | 氏名 | 名前 | 生徒名 | 生徒氏名 | "
    "이름 | 성명 | 학생명 | 학생 이름 | họ và tên | họ tên | tên học sinh | học sinh | ชื่อ-สกุล | ชื่อ-นามสกุล | ชื่อ นามสกุล | นักเรียน | nama | nama siswa | nama lengkap | siswa"
)
FURTHER_NUMBERING = "stt | 番号 | 序号 | 序號 | 번호 | 연번 | lp | sıra | sıra no | ลำดับ | ลำดับที่ | no urut | n. | № п/п"
FURTHER_TOTALS = "totale ore | total de horas | totaal | toplam | toplam saat | razem | итого | всего | المجموع | 合计 | 合計 | 总计 | 總計 | 총계 | 합계 | tổng | tổng cộng | รวม | jumlah jam"
FURTHER_STRANDS = {
    "Creativity": "creativita | criatividade | creativiteit | kreativitet | luovuus | kreatywnosc | yaratıcılık | творчество | الابداع | الإبداع | 创造 | 創造 | 创造力 | 創造性 | 創造力 | 창의성 | 창의 | sáng tạo | ความคิดสร้างสรรค์ | kreativitas",
    "Activity": "attivita | atividade | actividade | activiteit | aktivitet | toiminta | aktywnosc | etkinlik | aktivite | hareket | активность | النشاط | 行动 | 活动 | 活動 | 활동 | hoạt động | กิจกรรม | aktivitas",
    "Service": "servizio | servico | dienstverlening | tjanst | tjeneste | palvelu | sluzba | hizmet | toplum hizmeti | служение | الخدمة | 服务 | 服務 | 奉仕 | 봉사 | phục vụ | การบริการ | บริการ | pelayanan",
}
FURTHER_SUBJECTS = {
    "inglese": "english", "francese": "french", "spagnolo": "spanish", "tedesco": "german", "cinese": "chinese", "storia": "history", "chimica": "chemistry",
    "economia": "economics", "filosofia": "philosophy", "psicologia": "psychology", "lingua": "language", "letteratura": "literature", "ingles": "english",
    "portugues": "portuguese", "espanhol": "spanish", "alemao": "german", "engels": "english", "frans": "french", "spaans": "spanish", "duits": "german",
    "nederlands": "dutch", "natuurkunde": "physics", "scheikunde": "chemistry", "wiskunde": "mathematics", "geschiedenis": "history", "biologi": "biology",
    "kemi": "chemistry", "kjemi": "chemistry", "fysikk": "physics", "fysik": "physics", "matematikk": "mathematics", "matematik": "mathematics",
    "engelska": "english", "engelsk": "english", "historie": "history", "ingilizce": "english", "turkce": "turkish", "fransızca": "french",
    "almanca": "german", "ispanyolca": "spanish", "fizik": "physics", "kimya": "chemistry", "biyoloji": "biology", "tarih": "history", "ekonomi": "economics",
    "matematyka": "mathematics", "fizyka": "physics", "chemia": "chemistry", "historia": "history", "angielski": "english",
}  # fmt: skip
FURTHER_WHOLE = {
    "Physics": "物理 | 물리 | 물리학 | физика | الفيزياء | فيزياء | vật lý | vật lí | ฟิสิกส์ | fisika",
    "Chemistry": "化学 | 化學 | 화학 | химия | الكيمياء | كيمياء | hóa học | hoá học | เคมี | kimia",
    "Biology": "生物 | 生物学 | 生物學 | 생물 | 생명과학 | биология | الأحياء | أحياء | sinh học | ชีววิทยา",
    "History": "历史 | 歷史 | 歴史 | 역사 | история | التاريخ | lịch sử | ประวัติศาสตร์ | sejarah",
    "Geography": "地理 | 지리 | география | الجغرافيا | địa lý | ภูมิศาสตร์",
    "Economics": "经济 | 經濟 | 经济学 | 經濟學 | 経済 | 경제 | экономика | الاقتصاد | kinh tế | เศรษฐศาสตร์",
    "Psychology": "心理 | 心理学 | 心理學 | 심리학 | психология | علم النفس | tâm lý học | จิตวิทยา",
    "Business Management": "商业管理 | 商業管理 | 商管 | 경영 | إدارة الأعمال | quản trị kinh doanh",
    "Computer Science": "计算机 | 计算机科学 | 電腦科學 | 情報 | 컴퓨터과학 | информатика | علوم الحاسوب | khoa học máy tính",
    "Visual Arts": "视觉艺术 | 視覺藝術 | 美術 | 시각예술 | 미술 | arti visive | artes visuais | beeldende kunst | görsel sanatlar",
    "English B": "英语b | 英語b | 영어b | английский b",
    "Mathematics: Analysis and Approaches": "数学aa | 數學aa | 수학aa | математика aa | toán aa",
    "Mathematics: Applications and Interpretation": "数学ai | 數學ai | 수학ai | математика ai | toán ai",
    "Theory of Knowledge": "知识论 | 知識論 | 知の理論 | 지식이론 | teoria della conoscenza | teoria do conhecimento | bilgi kuramı | теория познания",
}
