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
        "gvcn | giáo viên chủ nhiệm | ครูที่ปรึกษา | ครูประจำชั้น | wali kelas | "
        "куратор | тьютор | наставник | opiekun | opiekun cas | mentor cas | mentore | 指導教員 | 担任の先生 | 담임선생님 | 멘토 | cố vấn | giáo viên cố vấn | أستاذ مرشد | tutor cas | begeleidende docent",
        "email": "posta elettronica | correio eletrónico | correio eletrônico | e-mailadres | e-post | e-postadress | sähköposti | e-posta | эл. почта | электронная почта | "
        "البريد الإلكتروني | البريد الالكتروني | 邮箱 | 电子邮件 | 電子郵件 | メール | メールアドレス | 이메일 | อีเมล | อีเมล์ | surel | "
        "e-mail ucznia | email ucznia | emailadres | mejl | mejladress | e-mail aluno | e-mail do aluno | email dello studente | öğrenci e-postası | почта | email sinh viên | email học sinh | 学生邮箱 | 電子信箱 | 电邮 | 학생 이메일 | البريد",
        "birth_date": "data di nascita | nato il | nata il | nato/a il | data de nascimento | data nasc. | nascimento | geboortedatum | geb.datum | födelsedatum | fødselsdato | "
        "syntymäaika | data urodzenia | doğum tarihi | дата рождения | تاريخ الميلاد | تاريخ الولادة | 出生日期 | 生日 | 出生年月 | 生年月日 | 誕生日 | 생년월일 | ngày sinh | วันเกิด | วัน/เดือน/ปีเกิด | tanggal lahir",
        "gender": "sesso | genere | gênero | género/sexo | geslacht | kön | kjønn | køn | sukupuoli | płeć | cinsiyet | пол | الجنس | 性别 | 性別 | 성별 | giới tính | เพศ | jenis kelamin",
        "nationality": "nazionalità | cittadinanza | nacionalidade | nationaliteit | nationalitet | kansalaisuus | obywatelstwo | uyruk | uyruğu | гражданство | الجنسية | 国籍 | 國籍 | 국적 | quốc tịch | สัญชาติ | kewarganegaraan",
        "preferred_name": "英文名 | 영문이름 | 영문명 | ชื่อเล่น",
        "notes": "annotazioni | osservazioni | observações | opmerkingen | anmärkningar | merknader | huomautukset | uwagi | notlar | açıklama | примечание | примечания | ملاحظات | 备注 | 備註 | 備考 | 비고 | ghi chú | หมายเหตุ | catatan",
        "first_language": "lingua madre | madrelingua | língua materna | moedertaal | modersmål | morsmål | äidinkieli | język ojczysty | ana dili | anadili | родной язык | اللغة الأم | 母语 | 母語 | 모국어 | ngôn ngữ mẹ đẻ | ภาษาแม่ | bahasa ibu",
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
        "status": "stato | estado | status | tila | durum | статус | الحالة | 状态 | 狀態 | 状況 | 상태 | trạng thái | สถานะ",
        "reflections": "riflessione | riflessioni | reflexão | reflexões | reflectie | reflektion | refleksjon | refleksion | reflektio | refleksja | yansıtma | рефлексия | التأمل | التأملات | 反思 | 省察 | 振り返り | 성찰 | 성찰일지 | phản tư | การสะท้อนคิด | refleksi",
        "outcomes": "obiettivi di apprendimento | risultati di apprendimento | resultados de aprendizagem | leerdoelen | leeruitkomsten | lärandemål | læringsmål | oppimistavoitteet | efekty uczenia się | öğrenme çıktıları | результаты обучения | نتاجات التعلم | 学习成果 | 學習成果 | 学習成果 | 학습성과 | 학습 결과 | kết quả học tập | ผลการเรียนรู้ | hasil belajar",
    },
    "pd": {
        "role": "função | funzione | ruolo | functie | funkcja | görevi",
        "staff": "docente | insegnante | professor | professor(a) | docent | leerkracht | lärare | lærer | opettaja | nauczyciel | öğretmen | öğretmen adı | учитель | преподаватель | المعلم | اسم المعلم | 教师 | 老师 | 教员 | 教員 | 教師 | 교사 | giáo viên | ครู | guru",
        "workshop": "corso | corso di formazione | formazione | formação | oficina | nascholing | cursus | fortbildning | kurs | koulutus | szkolenie | eğitim | çalıştay | тренинг | семинар | الدورة | ورشة العمل | 培训 | 研修 | 研修名 | 工作坊 | 연수 | 워크숍 | khóa học | tập huấn | การอบรม | pelatihan | "
        "培训名称 | 培訓名稱 | 培训课程 | 培训主题 | 培训内容 | 课程名称 | 研修内容 | 研修会 | 研修会名 | 연수명 | 연수 제목 | 연수과정 | 연수 과정 | tên khóa học | tên khóa tập huấn | nome do curso | título da formação | titolo del corso | nome del corso | naam cursus | naam van de cursus | kursens namn | kurstitel | kursnavn | nazwa szkolenia | eğitim adı | eğitimin adı | çalıştay adı | название курса | название тренинга | اسم الدورة | عنوان الدورة | nama pelatihan | judul pelatihan",
        "start": "data | datum | dato | päivämäärä | tarih | дата | التاريخ | 日期 | 日付 | 期间 | 일자 | 날짜 | ngày | วันที่ | tanggal | "
        "开始日期 | 開始日期 | 开始时间 | 開始日 | 시작일 | data inizio | data de início | início | begindatum | startdatum | startdato | başlangıç tarihi | дата начала | تاريخ البدء | تاريخ البداية | ngày bắt đầu | วันที่เริ่ม | tanggal mulai | data rozpoczęcia | 培训日期 | 研修日 | 연수일",
        "place": "luogo | sede | local | locaal | plaats | sted | plats | paikka | miejsce | yer | место | المكان | 地点 | 地點 | 場所 | 장소 | địa điểm | สถานที่ | tempat",
        "cost": "costo | custo | valor | kosten | kostnad | pris | hinta | koszt | ücret | maliyet | стоимость | التكلفة | 费用 | 費用 | 비용 | chi phí | ค่าใช้จ่าย | biaya",
        "category": "categoria | categorie | kategori | kategoria | luokka | категория | الفئة | 类别 | 類別 | カテゴリー | 카테고리 | loại | ประเภท | kategori",
        "end": "fim | fine | 结束日期 | 結束日期 | 结束时间 | 終了日 | 종료일 | data fine | data de fim | data de término | término | einddatum | slutdatum | sluttdato | bitiş tarihi | дата окончания | تاريخ الانتهاء | تاريخ النهاية | ngày kết thúc | วันที่สิ้นสุด | tanggal selesai | data zakończenia",
        "certificate": "证书 | 證書 | 修了証 | 수료증 | 이수증 | certificato | attestato | certificado | certificaat | certifikat | intyg | todistus | certyfikat | zaświadczenie | sertifika | belge | сертификат | الشهادة | شهادة | chứng chỉ | ใบรับรอง | sertifikat",
        "subject": "学科 | 學科 | 任教学科 | 科目 | 教科 | 교과 | 과목 | 담당과목 | 담당 과목 | materia | disciplina | vak | vakgebied | ämne | fag | oppiaine | przedmiot | branş | branşı | предмет | المادة | التخصص | môn | môn học | bộ môn | วิชา | mata pelajaran",
        "mode": "线上/线下 | 形式 | 方式 | 形态 | 형태 | 방식 | modalità | modalidade | vorm | tryb | şekli | форма | форма обучения | hình thức | รูปแบบ | طريقة الحضور",
        "status": "stato | estado | tila | durum | статус | الحالة | 状态 | 狀態 | 상태 | trạng thái | สถานะ",
    },
    "inventory": {
        "item": "articolo | oggetto | libro | item | titolo | título do livro | artikel | boek | tavara | nimike | przedmiot | malzeme | kitap | предмет | наименование | الصنف | الكتاب | 物品 | 书名 | 書名 | 品名 | 名称 | 教材 | 품목 | 품명 | 비품명 | 물품명 | 도서명 | tên sách | vật phẩm | รายการ | ชื่อหนังสือ | barang | judul",
        "quantity": "quantità | qtà | quantidade | qtd | qtd. | aantal | antal | antall | määrä | ilość | adet | miktar | количество | кол-во | الكمية | العدد | 数量 | 數量 | 個数 | 冊数 | 수량 | số lượng | จำนวน | jumlah",
        "location": "aula | luogo | sala | local | lokaal | rum | rom | sali | sala/miejsce | yer | derslik | место хранения | المكان | الموقع | 存放地点 | 地點 | 保管場所 | 場所 | 위치 | 보관장소 | vị trí | ที่เก็บ | lokasi | "
        "ubicazione | collocazione | scaffale | armadio | prateleira | localização | opslag | bewaarplaats | plassering | placering | sijainti | lokalizacja | miejsce przechowywania | bulunduğu yer | konum | raf | dolap | расположение | местонахождение | مكان الحفظ | 보관 장소 | 보관처 | 장소 | 存放位置 | 位置 | 放置地点 | nơi để | nơi lưu trữ | tempat penyimpanan",
        "lent_to": "prestato a | emprestado a | uitgeleend aan | utlånad till | utlånt til | udlånt til | lainassa | wypożyczone | ödünç alan | кому выдано | مُعار إلى | معار إلى | 借用人 | 借出给 | 貸出先 | 대여자 | người mượn | ผู้ยืม | dipinjam oleh | "
        "借用者 | 借阅人 | 借り手 | 借用者名 | 대출자 | 빌린 사람 | المستعير | заёмщик | взял | выдано | pożyczający | komu wypożyczono | lener | uitgeleend | låntagare | låner | mutuatario | assegnato a | atribuído a | người được giao | peminjam",
        "due": "restituire entro | devolver até | retour voor | återlämnas | tilbakeleveres | palautus | zwrot do | iade tarihi | вернуть до | تاريخ الإرجاع | 归还日期 | 歸還日期 | 返却期限 | 반납일 | hạn trả | กำหนดคืน",
        "notes": "annotazioni | osservazioni | observações | opmerkingen | uwagi | notlar | примечание | ملاحظات | 备注 | 備註 | 備考 | 비고 | ghi chú | หมายเหตุ | catatan",
        "asset": "numero inventario | numero di inventario | n. inventario | n.º inventário | nº inventário | nº de inventário | patrimônio | nº patrimônio | inventarisnummer | inventarienummer | inventarnummer | numer inwentarzowy | nr inwentarzowy | demirbaş no | demirbaş numarası | envanter no | инвентарный номер | инв. номер | инв. № | رقم الجرد | رقم الأصل | رقم الصنف | الرمز | 编号 | 編號 | 资产编号 | 資產編號 | 物品编号 | 管理番号 | 備品番号 | 관리번호 | 품목번호 | 비품번호 | 번호 | mã tài sản | mã vật phẩm | mã số | รหัสครุภัณฑ์ | เลขครุภัณฑ์ | nomor inventaris | kode barang",
        "lent_on": "data prestito | prestato il | data do empréstimo | data de empréstimo | emprestado em | uitgeleend op | datum uitgeleend | utlånad den | utlånt dato | lainattu | data wypożyczenia | veriliş tarihi | ödünç tarihi | ödünç verilme tarihi | дата выдачи | تاريخ الإعارة | 借出日期 | 借用日期 | 借出时间 | 貸出日 | 대여일 | 대출일 | 대여 날짜 | ngày mượn | วันที่ยืม | tanggal pinjam",
        "returned": "restituito il | data restituzione | data de devolução | devolvido em | teruggebracht op | återlämnad | palautettu | data zwrotu | iade edildi | geri geliş tarihi | дата возврата | تاريخ الإعادة | 实际归还日期 | 返却日 | ngày trả | วันที่คืน | tanggal kembali",
        "condition": "condizione | stato | estado | conservação | estado de conservação | staat | toestand | skick | tilstand | kunto | stan | durum | durumu | состояние | الحالة | 状态 | 狀態 | 状況 | 상태 | tình trạng | สภาพ | kondisi",
    },
    "core": {
        "supervisor": "relatore | relatrice | orientador | orientadora | begeleider | handledare | handledare ee | veileder | promotor | opiekun | opiekun naukowy | danışman | tez danışmanı | научный руководитель | руководитель | المشرف | 指导教师 | 指导老师 | 導師 | 指導教員 | 지도교사 | giáo viên hướng dẫn | อาจารย์ที่ปรึกษา | pembimbing",
        "subject": "materia | disciplina | vak | ämne | fag | oppiaine | przedmiot | ders | предмет | المادة | 科目 | 学科 | 學科 | 과목 | môn | môn học | วิชา | mata pelajaran",
        "title": "domanda di ricerca | titolo | questão de pesquisa | pergunta de pesquisa | título | onderzoeksvraag | forskningsfråga | problemstilling | frågeställning | tutkimuskysymys | pytanie badawcze | temat | araştırma sorusu | başlık | тема | исследовательский вопрос | سؤال البحث | العنوان | 研究问题 | 研究問題 | 研究課題 | リサーチクエスチョン | 연구 질문 | 연구질문 | câu hỏi nghiên cứu | tên đề tài | คำถามวิจัย | pertanyaan penelitian | judul",
    },
    "predicted": {
        "predicted": "voto previsto | nota prevista | voorspeld cijfer | verwacht cijfer | prognos | predikert karakter | ocena przewidywana | przewidywana ocena | tahmini not | прогнозируемая оценка | прогноз | الدرجة المتوقعة | 预估成绩 | 预测成绩 | 預估分數 | 預估成績 | 予測スコア | 予測評価 | 見込み点 | 예상점수 | 예측점수 | 예상 점수 | điểm dự đoán | เกรดคาดการณ์ | nilai prediksi",
    },
}
FURTHER_NAMES = (
    "studente | alunno | alunna | alunno/a | nome e cognome | cognome e nome | nominativo | candidato/a | aluno | aluna | aluno/a | nome completo | nome do aluno | nome do(a) aluno(a) | nome do estudante | estudante | naam | leerling | "
    "naam leerling | elev | elevens navn | elevens namn | namn | navn | oppilas | nimi | opiskelija | uczeń | imię i nazwisko | nazwisko i imię | öğrenci | öğrenci adı soyadı | öğrenci ad soyad | öğrencinin adı | adı ve soyadı | isim soyisim | adı soyadı | ad soyad | öğrenci adı | "
    "öğrencinin adı soyadı | ученик | учащийся | фио | ф.и.о. | имя ученика | фамилия имя | الاسم | اسم الطالب | الطالب | الاسم الكامل | 姓名 | 学生姓名 | 學生姓名 | 学生 | 學生 | 氏名 | 名前 | 生徒名 | 生徒氏名 | "
    "이름 | 성명 | 학생명 | 학생 이름 | họ và tên | họ tên | tên học sinh | học sinh | ชื่อ-สกุล | ชื่อ-นามสกุล | ชื่อ นามสกุล | นักเรียน | nama | nama siswa | nama lengkap | siswa"
)
FURTHER_ESSAY = (
    "materia ee | materia dell'ee | disciplina ee | disciplina da ee | ee vak | vak ee | profielwerkstuk | ämne ee | ee ämne | fag ee | ee-fag | przedmiot ee | ee dersi | bitirme tezi | предмет ee | مادة المقال | المقال المطول | "
    "拓展论文 | 拓展论文科目 | 拓展論文 | 專題論文 | ee科目 | ee 科目 | ee 学科 | ee学科 | 課題論文 | 소논문 | ee 과목 | ee과목 | tiểu luận mở rộng | môn ee"
)
FURTHER_ESSAY_TEACHER = (
    "relatore ee | supervisore ee | orientador ee | ee begeleider | begeleider ee | handledare ee | ee handledare | ee veileder | veileder ee | opiekun ee | ee danışmanı | danışman ee | руководитель ee | مشرف المقال | "
    "ee指导老师 | ee 指导老师 | ee导师 | ee導師 | ee指導教員 | ee 指導教員 | ee 지도교사 | ee지도교사 | giáo viên hướng dẫn ee"
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
