"""Months and weekdays as people write them, folded, from CLDR (babel 2.19.0).

Written by scripts/build_month_names.py; do not edit. Unicode CLDR data: Copyright Unicode, Inc., Unicode License v3.
One line of words for each month, January first.
"""

from __future__ import annotations

MONTHS = (
    """
ean eanair eanáir ene enero gen gener gennaio ian ianuarie ion ionawr jaan jaanuar jan janaayo janar janeiro
jannaayo jannar janner janoary januar januara januari januarie january januwari január januára janv janvaris janvier
janvāris janúar jän jänner led leden ledna oca ocak saus sausio sausis sij sijecanj sijecnja siječanj siječnja sty
styczen styczeń stycznia tammi tammikuu tammikuuta urt urtarrila xan xaneiro yan yanvar ιαν ιανουάριοσ ιανουαρίου
сту студзень студзеня січ січень січня янв январ январь января яну януари јан јануар јануари қаң қаңтар հնվ հունվար
հունվարի ינואר ינו׳ جنوری يناير ژانویه जनवरी जन॰ জানু জানুয়ারি ਜਨ ਜਨਵਰੀ ஜன ஜனவரி జన జనవరి ജനു ജനുവരി ม.ค มกราคม ມ.ກ
ມັງກອນ ဇန် ဇန်နဝါရီ იან იანვარი ጃን ጃንዋሪ មករា
""",
    """
chw chwef chwefror feabh feabhra feb febbraio febr febraayo febreiro febrer febrero febroary februar februara
februari februarie februaris february februwari február februára februāris febrúar fev fevereiro fevr fevral fevrier
fra frar févr février helmi helmikuu helmikuuta lut lutego luty ots otsaila peb pebrero shk shkurt sub subat uno
unor unora vas vasario vasaris veebr veebruar velj veljaca veljace veljača veljače úno únor února şub şubat φεβ
φεβρουάριοσ φεβρουαρίου ақп ақпан лют лютага лютий лютого люты феб фебруар фев февр феврал февраль февраля февруари
փետրվար փետրվարի փտվ פברואר פבר׳ شباط فبراير فروری فوریه फ़रवरी फ़र॰ फेब्रुअरी ফেব ফেব্রুয়ারি ਫ਼ਰ ਫ਼ਰਵਰੀ பிப்
பிப்ரவரி ఫిబ్ర ఫిబ్రవరి ഫെബ്രു ഫെബ്രുവരി ก.พ กุมภาพันธ์ ກ.ພ ກຸມພາ ဖေ ဖေဖော်ဝါရီ თებ თებერვალი ፌብ ፌብሩዋሪ កុម្ភៈ
""",
    """
bre brezen brezna bře březen března kov kovas kovo maalis maaliskuu maaliskuuta maarso maart mac machi mar marc
marca march marcius marco marec maret mars marso mart marta martie marts martsa martxoa marz marzec marzo marzu març
março mas mashi maw mawrth mrt márc március márta mär märts märz ozu ozujak ozujka ožu ožujak ožujka μάρ μάρτιοσ μαρ
μαρτίου бер березень березня мар март марта нау наурыз сак сакавік сакавіка մարտ մարտի մրտ מרץ آذار مارس مارچ मार्च
মার্চ ਮਾਰਚ மார் மார்ச் మార్చి മാർ മാർച്ച് มี.ค มีนาคม ມ.ນ ມີນາ မတ် მარ მარტი ማርች មីនា
""",
    """
abr abriil abril aib aibrean aibreán api apirila apr aprel april aprila aprile aprili aprilie aprilis aprill aprily
apríl apríla aprīlis avr avril bal balandis balandzio balandžio dub duben dubna d’abr d’abril ebr ebrill eph ephreli
huhti huhtikuu huhtikuuta kwi kwiecien kwiecień kwietnia nis nisan pri prill tra travanj travnja ápr április απρ
απρίλιοσ απριλίου апр апрел апрель апреля април квіт квітень квітня кра красавік красавіка сәу сәуір ապր ապրիլ
ապրիլի אפריל אפר׳ آوریل أبريل اپریل نيسان अप्रिल अप्रैल এপ্রি এপ্রিল ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ ஏப் ஏப்ரல் ఏప్రి ఏప్రిల్ ഏപ്രി
ഏപ്രിൽ เม.ย เมษายน ມ.ສ ເມສາ ဧပြီ აპრ აპრილი ኤፕሪ ኤፕሪል មេសា
""",
    """
beal bealtaine geg geguze geguzes gegužė gegužės kve kveten kvetna kvě květen května maayo mag maggio mai maiatza
maig maijs maio maj maja majus may mayo mayıs maí mei mej mejju mey meyi máj mája május svi svibanj svibnja touko
toukokuu toukokuuta μάι μάιοσ μαΐ μαΐου май мам мамыр мая мај трав травень травня մայիս մայիսի մյս מאי أيار مئی
مايو مه मई मे মে ਮਈ மே మే മേയ് พ.ค พฤษภาคม ພ.ພ ພຶດສະພາ မေ მაი მაისი ሜይ ឧសភា
""",
    """
birz birzelio birzelis birž birželio birželis cerven cervna cvn cze czerwca czerwiec eka ekaina giu giugno gun gunju
haz haziran hun hunyo iun iunie iyn iyun jon jona juin jun juna june junho juni junie junij junijs junio junius juny
juun juuni jún júna június júní jūn jūnijs kesa kesakuu kesakuuta kesä kesäkuu kesäkuuta lip lipanj lipnja meh
mehefin meith meitheamh qer qershor xuno xuño červen června čvn ġun ġunju ιουν ιουνίου ιούν ιούνιοσ июн июнь июня
мау маусым черв червень червня чэр чэрвень чэрвеня юни јун јуни հնս հունիս հունիսի יוני جون حزيران يونيو ژوئن जुन
जून জুন ਜੂਨ ஜூன் జూన్ ജൂൺ มิ.ย มิถุนายน ມິ.ຖ ມິຖຸນາ ဇွန် ივნ ივნისი ጁን មិថុនា
""",
    """
cervence cervenec cvc gor gorff gorffennaf heina heinakuu heinakuuta heinä heinäkuu heinäkuuta hul hulyo iuil iul
iulie iyl iyul iúil jol jolay juil juill juillet jul jula julai julayi julho juli julie julij julijs julio juliol
julius july juuli júl júla július júlí jūl jūlijs korr korrik liep liepa liepos lip lipca lipiec lug luglio lul
lulju luulyo srp srpanj srpnja tem temmuz uzt uztaila xul xullo července červenec čvc ιουλ ιουλίου ιούλ ιούλιοσ июл
июль июля лип липень липня ліп ліпень ліпеня шіл шілде юли јул јули հլս հուլիս հուլիսի יולי تموز جولائی يوليو ژوئیه
जुलाई जुल॰ জুল জুলাই ਜੁਲਾ ਜੁਲਾਈ ஜூலை జులై ജൂലൈ ก.ค กรกฎาคม ກ.ລ ກໍລະກົດ ဇူ ဇူလိုင် ივლ ივლისი ጁላይ កក្កដា
""",
    """
abu abuztua aga agasti ago agost agosti agosto agu agust agustos agustus aog aogositra aout août aug august augusta
augusti augusts augustus augusztus avg avgust avq avqust awst aww awwissu ağu ağustos d’ag d’agost elo elokuu
elokuuta gush gusht kol kolovoz kolovoza lun lunasa lún lúnasa ogo ogos ogosto ogs rugp rugpjucio rugpjutis
rugpjūtis rugpjūčio sie sierpien sierpień sierpnia srp srpen srpna ágú ágúst αυγ αυγούστου αύγ αύγουστοσ авг август
августа жні жнівень жніўня серп серпень серпня там тамыз օգոստոս օգոստոսի օգս אוגוסט אוג׳ آب أغسطس اوت اگست अगस्ट
अगस्त अग॰ আগ আগস্ট ਅਗ ਅਗਸਤ ஆக ஆகஸ்ட் ఆగ ఆగస్టు ഓഗ ഓഗസ്റ്റ് ส.ค สิงหาคม ສ.ຫ ສິງຫາ ဩဂုတ် აგვ აგვისტო ኦገስ ኦገስት សីហា
""",
    """
eyl eylul eylül ira iraila medi mfomh mfómh rugs rugsejis rugsejo rugsėjis rugsėjo ruj rujan rujna seb sebteembar
sebtembar sen sentabr sentyabr sep sept septambra septemba septembar september septembra septembre septembrie
septembris septhemba septiembre set setembre setembro settembre settembru setyembre sht shtator syys syyskuu
syyskuuta szept szeptember wrz wrzesien wrzesień wrzesnia września zar zari zář září σεπ σεπτέμβριοσ σεπτεμβρίου вер
верасень верасня вересень вересня сен сент сентябр сентябрь сентября сеп септембар септември қыр қыркүйек սեպ
սեպտեմբեր սեպտեմբերի ספטמבר ספט׳ أيلول سبتمبر ستمبر سپتامبر सितंबर सित॰ सेप्टेम्बर সেপ সেপ্ট সেপ্টেম্বর ਸਤੰ ਸਤੰਬਰ
செப் செப்டம்பர் సెప్టెం సెప్టెంబర్ സെപ്റ്റം സെപ്റ്റംബർ ก.ย กันยายน ກ.ຍ ກັນຍາ စက် စက်တင်ဘာ სექ სექტემბერი ሴፕቴ ሴፕቴምበር
កញ្ញា
""",
    """
dfomh dfómh d’oct d’octubre eki ekim hyd hydref lis listopad listopada loka lokakuu lokakuuta oct october octobre
octombrie octubre okt oktabr okthoba oktoba oktobar oktober oktobra oktobris oktoobar oktoober oktubre oktyabr
október októbra ott ottobre ottubru out outubro paz pazdziernik pazdziernika paź październik października rij rijen
rijna spal spalio spalis tet tetor urr urria říj říjen října οκτ οκτωβρίου οκτώβριοσ жовт жовтень жовтня кас
кастрычнік кастрычніка окт октобар октомври октябр октябрь октября қаз қазан հոկ հոկտեմբեր հոկտեմբերի אוקטובר אוק׳
أكتوبر اکتبر اکتوبر अक्टूबर अक्टू॰ अक्टोबर অক্টো অক্টোবর ਅਕਤੂ ਅਕਤੂਬਰ அக் அக்டோபர் అక్టో అక్టోబర్ ഒക്ടോ ഒക്‌ടോബർ ต.ค
ตุลาคม ຕ.ລ ຕຸລາ အောက် အောက်တိုဘာ ოქტ ოქტომბერი ኦክቶ ኦክቶበር តុលា
""",
    """
aza azaroa kas kasım lapkr lapkricio lapkritis lapkričio lis listopad listopada listopadu marras marraskuu
marraskuuta nen nentor nob nobyembre nof noiembrie noofeembar nov novambra novemba novembar november novembra
novembre novembris novembro novembru noviembre noy noyabr nën nëntor nóv nóvember samh samhain stu studeni studenoga
tach tachwedd νοέ νοέμβριοσ νοε νοεμβρίου лист листопад листопада ліс лістапад лістапада нов новембар ное ноември
ноя нояб ноябр ноябрь ноября қар қараша նոյ նոյեմբեր նոյեմբերի נובמבר נוב׳ نوامبر نوفمبر نومبر नवंबर नव॰ नोभेम्बर
নভে নভেম্বর ਨਵੰ ਨਵੰਬਰ நவ நவம்பர் నవం నవంబర్ നവം നവംബർ พ.ย พฤศจิกายน ພ.ຈ ພະຈິກ နို နိုဝင်ဘာ ნოე ნოემბერი ኖቬም ኖቬምበር
វិច្ឆិកា
""",
    """
abe abendua ara aralık dec decembar december decembra decembre decembrie decembris decembro dek dekabr des desambra
desemba desember desembre dets detsember dez dezember dezembro dhj dhjetor dic dicembre dicembru diciembre dis
diseembar disemba disember disyembre diċ diċembru déc décembre gru grudnia grudzien grudzień gruod gruodis gruodzio
gruodžio joulu joulukuu joulukuuta noll nollaig pro prosinac prosinca prosince prosinec rhag rhagfyr δεκ δεκέμβριοσ
δεκεμβρίου груд грудень грудня дек декабр декабрь декабря декември дец децембар жел желтоқсан сне снежань снежня դեկ
դեկտեմբեր դեկտեմբերի דצמבר דצמ׳ دسامبر دسمبر ديسمبر डिसेम्बर दिसंबर दिस॰ ডিসে ডিসেম্বর ਦਸੰ ਦਸੰਬਰ டிச டிசம்பர் డిసెం
డిసెంబర్ ഡിസം ഡിസംബർ ธ.ค ธันวาคม ທ.ວ ທັນວາ ဒီ ဒီဇင်ဘာ დეკ დეკემბერი ዲሴም ዲሴምበር ធ្នូ
""",
)
WEEKDAYS = (
    """
ahad ahd alah alahady alak alakamisy alar alarobia alats alatsinainy alhamisi antradienis aoine arbaco arbc asab
asabotsy asteartea asteazkena astelehena axad axd b.e bazar bil biy biyernes c.a car carsamba cead cet cetrtek
ceturtd ceturtdiena cetvrtak chor chorshanba cmt csutortok csütörtök ct ctvrtek cum cuma cumartesi cumə czw czwartek
céad cümə cərsənbə dear deardaoin die dienstag dijous dilluns dim dimanche dimarts dimecres dinsdag dissabte
diumenge divendres dom domenica domh domingo donderdag donnerstag dum duminica duminică dush dushanba déar déardaoin
enj erb esmaspaev esmaspäev fim fimmtudagur fos fostudagur fre fredag freitag fri friday fös föstudagur gim gio
giovedi giovedì gwe gwen hen hetfo hla huw huwebes hétfő hën iau igandea ijumaa il-gimgħa il-ġimgħa il-ħadd il-ħamis
is-sibt isn isniin isnin isonto it-tlieta it-tnejn jeu jeudi jimco jmc joi jue jueves jum juma jumaat jumamosi
jumanne jumapili jumat jumatano jumatatu kam kamis kedd keskiviikko keskiviikkona ketvirtadienis kha khamiis khamis
khms kolmapaev kolmapäev l-erbgħa larunbata lau lauantai lauantaina laugardagur laupaev laupäev laurdag lin linggo
llun lor lordag luan lundi lunedi lunedì lunes luni luns lör lördag lør lørdag ma maanantai maanantaina maandag
mairt man mandag manudagur mardi martedi martedì martes marti marți mer mercoledi mercoledì mercores mercredi mgq
mie miercoles miercuri min minggu mittwoch miy miyerkules mié miércoles mið miðvikudagur mon monday montag mso máirt
mán mánudagur må mån måndag mér mércores mër ned nedela nedele nedelja nedeľa nedjelja neděle neljapaev neljapäev
niedz niedziela ons onsdag osteguna ostirala otrd otrdiena pa patek pay payshanba pazar pazartesi penktadienis
pentek per perjantai perjantaina persembe perşembe pet petak petek piatek piatok piektd piektdiena pirmadienis pirmd
pirmdiena piątek pon pondeli pondelok pondělí ponedeljak ponedeljek ponedjeljak poniedziałek pre puhapaev pzt pá
pátek péntek pühapäev qua quarta quarta-feira qui quinta quinta-feira rab rabu reede sab sabado sabato sabti sabtu
sad sal salı sam sambata samedi samstag sat saterdag sath saturday sbti seg segunda segunda-feira sekmadienis sel
selasa senin sesh seshanba sestadienis sestd sestdiena sex sexta sexta-feira shan shanba sib sin sob sobota son
sondag sonntag sr sre sreda sri srijeda sroda st streda stvrtok středa subota sul sun sunday sunnudagur sunnuntai
sunnuntaina svetd svetdiena svētd svētdiena sze szerda szo szombat sáb sábado sâm sâmbătă sön söndag sø søn søndag
sənbə tal talaado talata teisipaev teisipäev ter terca terca-feira terça terça-feira tha thu thursday tiistai
tiistaina tir tirs tirsdag tis tisdag tldo tli tne tor torek tors torsdag torstai torstaina treciadienis tresd
tresdiena trečiadienis trešd trešdiena tue tuesday tysdag ulwesibili ulwesihlanu ulwesine ulwesithathu umgqibelo
umsombuluko ut utery uto utorak utorok vasarnap vasárnap ven vendredi venerdi venerdì venres vie viernes vin vineri
vrijdag vrydag wed wednesday woensdag wtorek xov xoves yak yakshanba zaterdag zom zoma zondag ç.a çar çarşamba
çərşənbə út úterý þri þriðjudagur čet četrtek četvrtak čt čtvrtek ġim ħad ħam śr środa şənbə šeštadienis št štvrtok
δευ δευτέρα κυρ κυριακή πέμ πέμπτη παρ παρασκευή σάβ σάββατο τετ τετάρτη τρί τρίτη аў аўторак ба баасан бейсенбі
бейш бейшемби бс бя бямба воскресенье вс вт вто вторник вівторок да даваа дс душанбе дшб дүй дүйсенбі дүйшөмбү жек
жексенбі жекшемби жм жс жума жұма ишемби ишм лх лхагва мя мягмар нд нед недела неделя недеља неділя ня нядзеля ням
пʼятниця панядзелак панҷшанбе пет петак петок петък пн пон понеделник понедельник понедељак понеділок пт пшб пятница
пятніца пү пүрэв саб сабота сб сейсенбі сенбі серада середа сешанбе ср сре среда сряда сс суб суббота субота сшб
събота сәрсенбі уто уторак чацвер чет четвер четверг четвртак четврток четвъртък чоршанбе чт чц чшб шанбе шарш
шаршемби шейш шейшемби шнб якшанбе яшб ҷмъ ҷумъа երեքշաբթի երկ երկուշաբթի երք կիր կիրակի հինգշաբթի հնգ շաբաթ շբթ ուր
ուրբաթ չորեքշաբթի չրք שבת اتوار الأحد الأربعاء الاثنين الثلاثاء الجمعة الخميس السبت بدھ جمعرات جمعه جمعہ دوشنبه
سه‌شنبه شنبه منگل پنجشنبه پیر چهارشنبه ہفتہ یکشنبه आइत आइतबार गुरु गुरुवार बिहि बिहिबार बुध बुधबार बुधवार मंगल
मंगलवार मङ्गल मङ्गलबार रवि रविवार शनि शनिबार शनिवार शुक्र शुक्रबार शुक्रवार सोम सोमबार सोमवार বুধ বুধবার বৃহস্পতি
বৃহস্পতিবার মঙ্গল মঙ্গলবার রবি রবিবার শনি শনিবার শুক্র শুক্রবার সোম সোমবার ਐਤ ਐਤਵਾਰ ਬੁੱਧ ਬੁੱਧਵਾਰ ਮੰਗਲ ਮੰਗਲਵਾਰ ਵੀਰ
ਵੀਰਵਾਰ ਸ਼ਨੀ ਸ਼ਨੀਵਾਰ ਸ਼ੁੱਕਰ ਸ਼ੁੱਕਰਵਾਰ ਸੋਮ ਸੋਮਵਾਰ சனி செவ் செவ்வாய் ஞாயி ஞாயிறு திங் திங்கள் புத புதன் வியா வியாழன்
வெள் வெள்ளி ఆది ఆదివారం గురు గురువారం బుధ బుధవారం మంగళ మంగళవారం శని శనివారం శుక్ర శుక్రవారం సోమ సోమవారం ചൊവ്വ
ചൊവ്വാഴ്ച ചൊവ്വാഴ്‌ച ഞായറാഴ്‌ച ഞായർ തിങ്കളാഴ്‌ച തിങ്കൾ ബുധനാഴ്‌ച ബുധൻ വെള്ളി വെള്ളിയാഴ്‌ച വ്യാഴം വ്യാഴാഴ്‌ച ശനി
ശനിയാഴ്‌ച จันทร์ พฤหัส พุธ วันจันทร์ วันพฤหัสบดี วันพุธ วันศุกร์ วันอังคาร วันอาทิตย์ วันเสาร์ ศุกร์ อังคาร อาทิตย์
เสาร์ ຈັນ ພະຫັດ ພຸດ ວັນຈັນ ວັນພະຫັດ ວັນພຸດ ວັນສຸກ ວັນອັງຄານ ວັນອາທິດ ວັນເສົາ ສຸກ ອັງຄານ ອາທິດ ເສົາ ကြာသပတေး စနေ
တနင်္ဂနွေ တနင်္လာ ဗုဒ္ဓဟူး သောကြာ အင်္ဂါ კვი კვირა ოთხ ოთხშაბათი ორშ ორშაბათი პარ პარასკევი სამ სამშაბათი შაბ შაბათი
ხუთ ხუთშაბათი ሐሙስ ማክሰ ማክሰኞ ረቡዕ ሰኞ ቅዳሜ እሑድ ዓርብ ចន្ទ ច័ន្ទ ពុធ ព្រហ ព្រហស្បតិ៍ សុក្រ សៅរ៍ អង្គារ អាទិត្យ 금요일 목요일 수요일
월요일 일요일 토요일 화요일
""",
)
