"""What the languages of the IB's subjects are called in many languages, folded, from CLDR (babel 2.19.0).

Written by scripts/build_language_names.py; do not edit.
Unicode CLDR data: Copyright Unicode, Inc., Unicode License v3.
"""

from __future__ import annotations

LANGUAGE_NAMES: dict[str, str] = {
    "Afrikaans": """
africaner | afrikaanca | afrikanstina | αφρικαανσ | африкаанс | אפריקאנס | الافريقانية |
अफरीकी | แอฟริกานส์ | 아프리칸스어 | アフリカーンス語 | 南非荷兰语 | 南非荷蘭文
    """,
    "Albanian": """
alban | albanais | albanees | albanes | albanese | albaneza | albanisch | albansk |
albanska | albanski | albanstina | arnavutca | shqip | tieng albania | αλβανικα |
албанскии | албанська | אלבנית | الالبانية | अलबानियाई | 알바니아어 | アルハニア語 | 阿尔巴尼亚语 |
阿爾巴尼亞文
    """,
    "Amharic": """
amarico | amhaars | amhara | amharca | amharica | amharik | amharique | amharisch |
amharisk | amhariska | amharski | amharstina | tieng amharic | αμχαρικα | амхарскии |
амхарська | אמהרית | الامهرية | अमहेरी | อัมฮารา | 암하라어 | አማርኛ | アムハラ語 | 阿姆哈拉文 |
阿姆哈拉语
    """,
    "Arabic": """
arab | araba | arabe | arabia | arabisch | arabisk | arabiska | arabo | arabski |
arabstina | arapca | tieng a rap | αραβικα | арабскии | арабська | ערבית | العربية | अरबी
| อาหรับ | 아랍어 | アラヒア語 | 阿拉伯文 | 阿拉伯语
    """,
    "Armenian": """
armeana | armeens | armenio | armenisch | armeniska | armeno | armensk | armenstina |
ermenice | ormeny | ormianski | tieng armenia | αρμενικα | армянскии | вірменська |
հայերեն | ארמנית | الارمنية | आरमेनियाई | 아르메니아어 | アルメニア語 | 亚美尼亚语 | 亞美尼亞文
    """,
    "Azerbaijani": """
aserbaidschanisch | aserbajdsjansk | azera | azerbaidjanais | azerbaigiano | azerbaijano |
azerbaiyano | azerbajdzanstina | azerbajdzjanska | azerbajdzsani | azerbaycan dili |
azerbeidzjaans | azerbejdzanski | azeri | azərbaycan | tieng azerbaijan | αζερμπαιτζανικα
| азербаиджанскии | азербаиджанська | אזרית | الاذربيجانية | अजरबैजानी | 아제르바이잔어 |
アセルハイシャン語 | 亞塞拜然文 | 阿塞拜疆语
    """,
    "Belarusian": """
belarusa | belarusca | belarusia | belarusisk | belarusiska | belarussisch | belorustina |
białoruski | bielorruso | bielorrusso | bielorusse | bielorusso | tieng belarus |
valkovenaja | λευκορωσικα | беларуская | белорусскии | білоруська | בלארוסית | البيلاروسية
| बेलारूसी | 벨라루스어 | ヘラルーシ語 | 白俄罗斯语 | 白俄羅斯文
    """,
    "Bemba": """
bembstina | ichibemba | tieng bemba | wemba | μπεμπα | бемба | במבה | البيمبا | बेमबा |
เบมบา | 벰바어 | ヘンハ語 | 別姆巴文 | 本巴语
    """,
    "Bosnian": """
bosanski | bosenstina | bosnakca | bosnia | bosniaca | bosniacki | bosniaco | bosniaque |
bosnio | bosnisch | bosnisk | bosniska | bosnyak | tieng bosnia | βοσνιακα | босниискии |
босніиська | בוסנית | البوسنية | बोसनियाई | บอสเนีย | 보스니아어 | ホスニア語 | 波士尼亞文 | 波斯尼亚语
    """,
    "Bulgarian": """
bolgar | bulgaars | bulgara | bulgarca | bulgare | bulgarisch | bulgariska | bulgaro |
bulgarsk | bulharstina | bułgarski | tieng bulgaria | βουλγαρικα | болгарскии | болгарська
| български | בולגרית | البلغارية | बुलगारियाई | 불가리아어 | フルカリア語 | 保加利亚语 | 保加利亞文
    """,
    "Burmese": """
barmstina | birmaans | birman | birman dili | birmana | birmanes | birmanisch | birmano |
birmanski | burma | burmai | burmesisk | burmesiska | tieng mien đien | βιρμανικα |
бирманскии | бірманська | בורמזית | البورمية | बरमीज | พมา | မြနမာ | 버마어 | ミャンマー語 | 緬甸文
| 缅甸语
    """,
    "Catalan": """
catala | catalaans | catalana | catalano | catalansk | catalao | katalaani | katalan |
katalanca | katalanisch | katalansk | katalanska | katalanstina | katalonski | tieng
catalan | καταλανικα | каталанскии | каталонська | קטלאנית | الكتالانية | कातालान |
คาตาลัน | 카탈로니아어 | カタロニア語 | 加泰罗尼亚语 | 加泰蘭文
    """,
    "Chichewa": """
chewa | nandzstina | nianja | njandza | nyandzsa | nyanja | tieng nyanja | νιαντζα |
ньянджа | ניאנג'ה | النيانجا | नयानजा | เนียนจา | 냔자어 | ニャンシャ語 | 尼揚賈文 | 齐切瓦语
    """,
    "Chinese": """
chinees | chines | chinesisch | chineza | chino | chinois | chinski | cince | cinese |
cinstina | kinai | kinesisk | kinesiska | tieng trung | tionghoa | κινεζικα | китаискии |
китаиська | סינית | الصينية | चीनी | 중국어 | 中国語 | 中文
    """,
    "Croatian": """
chorvatstina | chorwacki | croata | croate | croato | horvat | hrvatski | hırvatca |
kroatisch | kroatisk | kroatiska | tieng croatia | κροατικα | хорватскии | хорватська |
קרואטית | الكرواتية | करोएशियाई | 크로아티아어 | クロアチア語 | 克罗地亚语 | 克羅埃西亞文
    """,
    "Czech": """
ceco | ceha | cekce | cestina | checo | cseh | czeski | tcheco | tcheque | tieng sec |
tjeckiska | tjekkisk | tschechisch | tsjechisch | tsjekkisk | τσεχικα | чеська | чешскии |
צ'כית | التشيكية | चेक | 체코어 | チェコ語 | 捷克文 | 捷克语
    """,
    "Danish": """
dan | danca | danes | danese | daneza | danisch | danois | dansk | danska | danstina |
deens | dinamarques | dunski | tieng đan mach | δανικα | данська | датскии | דנית |
الدانمركية | डेनिश | 덴마크어 | テンマーク語 | 丹麥文 | 丹麦语
    """,
    "Dutch": """
felemenkce | holandes | holland | hollanti | nederlands | nederlandsk | nederlandska |
neerlandais | neerlandes | neerlandeza | niderlandzki | niederlandisch | nizozemstina |
olandese | tieng ha lan | ολλανδικα | нидерландскии | нідерландська | הולנדית | الهولندية
| डच | ดัตช์ | 네덜란드어 | オランタ語 | 荷兰语 | 荷蘭文
    """,
    "Dzongkha": """
dzonga | dzongka | dzsonga | tieng dzongkha | ντζονγκχα | дзонг-ке | дзонг-кэ | דזונקה |
دزونكا | जोनगखा | ซองคา | རྫང་ཁ | 종카어 | ソンカ語 | 宗卡文 | 宗卡语
    """,
    "English": """
angielski | anglais | anglictina | angol | engels | engelsk | engelska | englanti |
engleza | englisch | inggris | ingilizce | ingles | inglese | tieng anh | αγγλικα |
англиискии | англіиська | אנגלית | الانجليزية | अंगरेजी | อังกฤษ | 영어 | 英文 | 英語 | 英语
    """,
    "Estonian": """
eesti | estisch | estisk | estnisch | estniska | estona | estonca | estone | estoniano |
estonien | estonio | estonski | estonstina | eszt | tieng estonia | εσθονικα | естонська |
эстонскии | אסטונית | الاستونية | एसटोनियाई | 에스토니아어 | エストニア語 | 愛沙尼亞文 | 爱沙尼亚语
    """,
    "Filipino": """
filipijns | filipince | filipineza | filipinski | filipinstina | filippino | filippinsk |
filippinska | tieng philippines | φιλιππινικα | филиппинскии | філіппінська | פיליפינית |
الفلبينية | फिलिपीनो | 필리핀어 | フィリヒノ語 | 菲律宾语 | 菲律賓文
    """,
    "Finnish": """
fince | fines | finlandes | finlandese | finlandeza | finn | finnisch | finnois | fins |
finsk | finska | finski | finstina | tieng phan lan | φινλανδικα | финскии | фінська |
פינית | الفنلندية | फिनिश | 핀란드어 | フィンラント語 | 芬兰语 | 芬蘭文
    """,
    "French": """
francais | frances | francese | franceza | francouzstina | francuski | frans | fransk |
franska | fransızca | franzosisch | tieng phap | γαλλικα | французскии | французька |
צרפתית | الفرنسية | फरेंच | 프랑스어 | フランス語 | 法文 | 法语
    """,
    "Georgian": """
georgiana | georgiano | georgisch | georgisk | georgiska | gruz | gruzinski | gruzinstina
| gurcuce | tieng georgia | γεωργιανα | грузинскии | грузинська | גאורגית | الجورجية |
जॉरजियाई | ქართული | 조지아어 | ショーシア語 | 喬治亞文 | 格鲁吉亚语
    """,
    "German": """
aleman | alemao | allemand | almanca | deutsch | duits | germana | nemcina | nemet |
niemiecki | tedesco | tieng đuc | tysk | tyska | γερμανικα | немецкии | німецька | גרמנית
| الالمانية | जरमन | เยอรมัน | 독일어 | トイツ語 | 德文 | 德语
    """,
    "Guarani": """
avane'e | guarani dili | guaranstina | tieng guarani | γκουαρανι | гуарани | гуарані |
גוארני | الغوارانية | गुआरानी | กัวรานี | 과라니어 | クアラニー語 | 瓜拉尼文 | 瓜拉尼语
    """,
    "Hebrew": """
ebraica | ebraico | heber | hebraico | hebraisch | hebraisk | hebrajski | hebreeuws |
hebreiska | hebrejstina | hebreo | hebreu | heprea | ibrani | ibranice | tieng do thai |
εβραικα | иврит | іврит | עברית | العبرية | हिबरू | ฮิบร | 히브리어 | ヘフライ語 | 希伯來文 | 希伯来语
    """,
    "Hindi": """
hindstina | hintce | tieng hindi | χιντι | гінді | хинди | הינדי | الهندية | हिनदी | ฮินดี
| 힌디어 | ヒンティー語 | 印地文 | 印地语
    """,
    "Hungarian": """
hongaars | hongrois | hungaro | macarca | madarstina | maghiara | magyar | tieng hungary |
ungarisch | ungarsk | ungerska | ungherese | wegierski | ουγγρικα | венгерскии | угорська
| הונגרית | الهنغارية | हंगेरियाई | 헝가리어 | ハンカリー語 | 匈牙利文 | 匈牙利语
    """,
    "Icelandic": """
ijslands | islandais | islandes | islandese | islandeza | islandisch | islandsk |
islandska | islandstina | islandzki | islenska | izlandaca | izlandi | tieng iceland |
ισλανδικα | исландскии | ісландська | איסלנדית | الايسلندية | आइसलैंडिक | 아이슬란드어 |
アイスラント語 | 冰岛语 | 冰島文
    """,
    "Indonesian": """
endonezce | indonesiano | indonesio | indonesisch | indonesisk | indonesiska | indonestina
| indonez | indoneziana | indonezyjski | tieng indonesia | ινδονησιακα | индонезиискии |
індонезіиська | אינדונזית | الاندونيسية | इंडोनेशियाई | 인도네시아어 | イントネシア語 | 印尼文 |
印度尼西亚语
    """,
    "Italian": """
italiaans | italiana | italiano | italienisch | italiensk | italienska | italstina |
italyanca | olasz | tieng y | włoski | ιταλικα | итальянскии | італіиська | איטלקית |
الايطالية | इतालवी | 이탈리아어 | イタリア語 | 意大利语 | 義大利文
    """,
    "Japanese": """
giapponese | japanisch | japans | japansk | japanska | japonais | japonca | japones |
japoneza | japonski | japonstina | tieng nhat | ιαπωνικα | японскии | японська | יפנית |
اليابانية | जापानी | 일본어 | 日文 | 日本語 | 日语
    """,
    "Kazakh": """
cazaque | kasachisch | kasakhisk | kazachs | kazachski | kazah | kazaha | kazajo | kazakca
| kazakiska | kazakki | kazako | kazastina | tieng kazakh | καζακικα | казахскии |
казахська | қазақ тілі | קזחית | الكازاخستانية | कजाख | คาซัค | 카자흐어 | カサフ語 | 哈萨克语 |
哈薩克文
    """,
    "Khmer": """
jemer | kambodjanska | khmer dili | khmera | khmerski | khmerstina | tieng khmer | χμερ |
кхмерскии | кхмерська | חמרית | الخميرية | खमेर | เขมร | 크메르어 | ខមែរ | クメール語 | 高棉文 |
高棉语
    """,
    "Kinyarwanda": """
ikinyarwanda | kinarwandstina | kinjarwanda | kinya-ruanda | kinyarvanda | quiniaruanda |
tieng kinyarwanda | κινιαρουαντα | киньяруанда | кіньяруанда | קנירואנדית | الكينيارواندا
| किनयारवांडा | 르완다어 | キニアルワンタ語 | 卢旺达语 | 盧安達文
    """,
    "Kiswahili": """
suaheli | suahili | suaili | suajili | svahili dili | svahilstina | swahili | szuaheli |
tieng swahili | σουαχιλι | суахили | суахілі | סווהילי | السواحلية | सवाहिली | สวาฮีลี |
스와힐리어 | スワヒリ語 | 史瓦希里文 | 斯瓦希里语
    """,
    "Korean": """
coreano | coreeana | coreen | korea | koreaans | koreai | koreanisch | koreansk |
koreanska | koreanski | korece | korejstina | tieng han | κορεατικα | кореискии |
кореиська | קוריאנית | الكورية | कोरियाई | เกาหลี | 한국어 | 韓国語 | 韓文 | 韩语
    """,
    "Lao": """
lao dili | laosiano | laostina | laotanski | laotiaans | laotiana | laotisch | laotisk |
laotiska | tieng lao | λαοτινα | лаосскии | лаоська | לאו | اللاوية | लाओ | ລາວ | 라오어 |
ラオ語 | 寮文 | 老挝语
    """,
    "Latvian": """
latviesu | latvisk | letao | leton | letona | letonca | lets | lett | lettisch | lettisk |
lettiska | letton | lettone | lotystina | tieng latvia | łotewski | λετονικα | латиська |
латышскии | לטבית | اللاتفية | लातवियाई | 라트비아어 | ラトヒア語 | 拉脫維亞文 | 拉脱维亚语
    """,
    "Lithuanian": """
lietuviu | litauisch | litauisk | litauiska | litevstina | litewski | litouws | lituaniana
| lituanien | lituano | litvan | litvanca | tieng litva | λιθουανικα | литовскии |
литовська | ליטאית | الليتوانية | लिथुआनियाई | 리투아니아어 | リトアニア語 | 立陶宛文 | 立陶宛语
    """,
    "Macedonian": """
macedon | macedone | macedoneana | macedonien | macedonio | macedonisch | macedonski |
makedonca | makedonia | makedonsk | makedonska | makedonstina | mazedonisch | tieng
macedonia | σλαβομακεδονικα | македонски | македонскии | македонська | מקדונית | المقدونية
| मकदूनियाई | มาซิโดเนีย | 마케도니아어 | マケトニア語 | 馬其頓文 | 马其顿语
    """,
    "Malagasy": """
gassisk | malagasi | malagassi | malagassisch | malagassisk | malagassiska | malgache |
malgas | malgasa | malgasca | malgascio | malgaski | malgastina | malgaxe | tieng malagasy
| μαλγασικα | малагасиискии | малагасіиська | מלגשית | الملغاشي | मालागासी | มาลากาซี |
말라가시어 | マタカスカル語 | 馬達加斯加文 | 马拉加斯语
    """,
    "Malay": """
malaeza | malaiisch | malaiji | malaio | malais | malaj | malajisk | malajiska | malajski
| malajstina | malayca | malayisk | malayo | maleis | malese | melayu | tieng ma lai |
μαλαισιανα | малаискии | малаиська | מלאית | الماليزية | मलय | มาเลย์ | 말레이어 | マレー語 |
馬來文 | 马来语
    """,
    "Malayalam": """
malaiala | malajalam | malajalamstina | malayalam dili | tieng malayalam | μαλαγιαλαμικα |
малаялам | מליאלאם | المالايالامية | मलयालम | മലയാളം | มาลายาลัม | 말라얄람어 | マラヤーラム語
| 馬來亞拉姆文 | 马拉雅拉姆语
    """,
    "Modern Greek": """
gorog | greaca | grec | grecki | greco | greek | grego | grekiska | gresk | griechisch |
griego | grieks | græsk | rectina | tieng hy lap | yunanca | ελληνικα | грецька |
греческии | יוונית | اليونانية | यूनानी | กรีก | 그리스어 | キリシャ語 | 希腊语 | 希臘文
    """,
    "Mongolian": """
mogolca | mongol | mongola | mongoli | mongolisch | mongoliska | mongolo | mongolsk |
mongolski | mongolstina | mongools | tieng mong co | μογγολικα | монгол | монгольскии |
монгольська | מונגולית | المنغولية | मंगोलियाई | 몽골어 | モンコル語 | 蒙古文 | 蒙古语
    """,
    "Nepali": """
nepalais | nepalce | nepalees | nepales | nepalese | nepalesisch | nepalesisk |
nepalesiska | nepaleza | nepalski | nepalstina | tieng nepal | νεπαλικα | непальскии |
непальська | נפאלית | النيبالية | नेपाली | 네팔어 | ネハール語 | 尼泊尔语 | 尼泊爾文
    """,
    "Norwegian": """
noors | norsk | norska | norstina | noruego | noruegues | norvecce | norveg | norvegese |
norvegiana | norvegien | norwegisch | norweski | tieng na uy | νορβηγικα | норвежскии |
норвезька | נורווגית | النرويجية | नॉरवेजियाई | 노르웨이어 | ノルウェー語 | 挪威文 | 挪威语
    """,
    "Persian": """
farsca | persa | persan | persana | persia | persiano | persisch | persisk | persiska |
perski | perstina | perzisch | perzsa | tieng ba tu | περσικα | персидскии | перська |
פרסית | الفارسية | فارسی | फारसी | เปอร์เซีย | 페르시아어 | ヘルシア語 | 波斯文 | 波斯语
    """,
    "Polish": """
lehce | lengyel | polacco | polaco | polnisch | polonais | polones | poloneza | polsk |
polski | polstina | pools | tieng ba lan | πολωνικα | польскии | польська | פולנית |
البولندية | पोलिश | 폴란드어 | ホーラント語 | 波兰语 | 波蘭文
    """,
    "Portuguese": """
portekizce | portoghese | portugais | portugalski | portugalstina | portugees | portugheza
| portugiesisch | portugis | portugisisk | portugisiska | portugues | tieng bo đao nha |
πορτογαλικα | португальскии | португальська | פורטוגזית | البرتغالية | पुरतगाली |
포르투갈어 | ホルトカル語 | 葡萄牙文 | 葡萄牙语
    """,
    "Punjabi": """
pandzabi | pandzabstina | pandzsabi | panjabi | pencapca | pendjabi | pendzabski | punyabi
| tieng punjab | παντζαπικα | панджаби | панджабі | פנג'אבי | البنجابية | पंजाबी | ਪੰਜਾਬੀ
| ปัญจาบ | 펀자브어 | ハンシャフ語 | 旁遮普文 | 旁遮普语
    """,
    "Romanian": """
roemeens | roman | romana | romeno | roumain | rumanisch | rumano | rumanska | rumence |
rumeno | rumensk | rumunski | rumunstina | rumænsk | tieng romania | ρουμανικα | румунська
| румынскии | רומנית | الرومانية | रोमानियाई | 루마니아어 | ルーマニア語 | 罗马尼亚语 | 羅馬尼亞文
    """,
    "Russian": """
orosz | rosyjski | rusa | rusca | ruso | russe | russisch | russisk | russo | rustina |
ryska | tieng nga | ρωσικα | росіиська | русскии | רוסית | الروسية | रूसी | 러시아어 |
ロシア語 | 俄文 | 俄语
    """,
    "Serbian": """
sarba | serbe | serbio | serbisch | serbisk | serbiska | serbo | serbski | servio |
servisch | srbstina | szerb | sırpca | tieng serbia | σερβικα | сербскии | сербська |
српски | סרבית | الصربية | सरबियाई | 세르비아어 | セルヒア語 | 塞尔维亚语 | 塞爾維亞文
    """,
    "Sesotho": """
deli szeszoto | etelasotho | guney sotho dili | sotho del sud | sotho du sud | sotho
meridional | sotho południowy | sotho selatan | soto do sul | southern sotho | sud-sotho |
sydsotho | sør-sotho | tieng nam sotho | zuid-sotho | νοτια σοθο | південна сото | южныи
сото | סותו דרומית | السوتو الجنوبية | दकषिणी सेसेथो | โซโทใต | 남부 소토어 | 南索托语 |
南部ソト語 | 塞索托文
    """,
    "Shona": """
chishona | sona | sona dili | sonstina | tieng shona | xona | σονα | шона | שונה | الشونا
| शोणा | โชนา | 쇼나어 | ショナ語 | 紹納文 | 绍纳语
    """,
    "Sinhala": """
cingalais | cingales | singalees | singalese | singalesisk | singalesiska | singhalesisch
| singhaleza | sinhali dili | sinhalstina | syngaleski | szingalez | tieng sinhala |
σινχαλεζικα | сингальскии | сингальська | סינהלה | السنهالية | सिंहली | සිංහල | สิงหล |
싱할라어 | シンハラ語 | 僧伽罗语 | 僧伽羅文
    """,
    "Siswati": """
sisvati | siswatstina | suazi | swati | swazi | sziszuati | tieng swati | σουατι | свази |
сисваті | סאווזי | السواتي | सवाती | สวาติ | 시스와티어 | スワシ語 | 斯瓦特文 | 斯瓦蒂语
    """,
    "Slovak": """
eslovaco | slovaca | slovacco | slovakca | slovakisk | slovakiska | slovakki | slovaque |
slovencina | slovenstina | slowaaks | slowakisch | szlovak | słowacki | tieng slovak |
σλοβακικα | словацкии | словацька | סלובקית | السلوفاكية | सलोवाक | สโลวัก | 슬로바키아어
| スロハキア語 | 斯洛伐克文 | 斯洛伐克语
    """,
    "Slovene": """
esloveno | sloveeni | sloveens | slovena | slovence | slovenian | sloveno | slovenscina |
slovensk | slovenska | slovinstina | slowenisch | szloven | słowenski | tieng slovenia |
σλοβενικα | словенскии | словенська | סלובנית | السلوفانية | सलोवेनियाई | 슬로베니아어 |
スロヘニア語 | 斯洛文尼亚语 | 斯洛維尼亞文
    """,
    "Somali": """
somaleza | somalice | somalijski | somalisch | somaliska | somalo | somalstina | soomaali
| szomali | tieng somali | σομαλικα | סומלית | الصومالية | सोमाली | โซมาลี | 소말리아어 |
ソマリ語 | 索馬利文 | 索马里语
    """,
    "Spanish": """
espagnol | espanhol | espanol | hiszpanski | ispanyolca | spaans | spagnolo | spanelstina
| spaniola | spanisch | spansk | spanska | tieng tay ban nha | ισπανικα | испанскии |
іспанська | ספרדית | الاسبانية | सपेनिश | 스페인어 | スヘイン語 | 西班牙文 | 西班牙语
    """,
    "Swedish": """
isvecce | schwedisch | sueco | suedeza | suedois | sved | svedese | svedstina | svensk |
svenska | szwedzki | tieng thuy đien | zweeds | σουηδικα | шведскии | шведська | שוודית |
السويدية | सवीडिश | 스웨덴어 | スウェーテン語 | 瑞典文 | 瑞典语
    """,
    "Tajik": """
tacikce | tadjica | tadjik | tadjique | tadschikisch | tadsjikisk | tadzictina | tadzikki
| tadzjieks | tadzjikiska | tadzsik | tadzycki | tagico | tayiko | tieng tajik | τατζικικα
| таджикскии | таджицька | тоҷики | טג'יקית | الطاجيكية | ताजिक | ทาจิก | 타지크어 | タシク語
| 塔吉克文 | 塔吉克语
    """,
    "Tamil": """
tamila | tamilce | tamili | tamilski | tamilstina | tamoul | tieng tamil | ταμιλικα |
тамильскии | тамільська | טמילית | التاميلية | तमिल | தமிழ | ทมิฬ | 타밀어 | タミル語 | 坦米爾文
| 泰米尔语
    """,
    "Telugu": """
telougou | telugo | telugstina | telugu dili | tieng telugu | τελουγκου | телугу | טלוגו |
التيلوغوية | तेलुगू | తెలుగు | เตลก | 텔루구어 | テルク語 | 泰卢固语 | 泰盧固文
    """,
    "Thai": """
tailandes | tajski | tayca | thailandese | thailandeza | thailandisch | thailandska |
thajstina | tieng thai | ταιλανδικα | таискии | таиська | תאית | التايلاندية | थाई |
태국어 | タイ語 | 泰文 | 泰语
    """,
    "Tibetan": """
tibet | tibetaans | tibetain | tibetana | tibetano | tibetansk | tibetanska | tibetce |
tibeti | tibetisch | tibetstina | tieng tay tang | tiibet | tybetanski | θιβετιανα |
тибетскии | тибетська | טיבטית | التبتية | तिबबती | ทิเบต | བད་སྐད་ | 티베트어 | チヘット語 |
藏文 | 藏语
    """,
    "Turkish": """
tieng tho nhi ky | torok | turc | turca | turco | turecki | turectina | turkce | turkisch
| turkiska | turks | tyrkisk | τουρκικα | турецкии | турецька | טורקית | التركية | तुरकी |
튀르키예어 | トルコ語 | 土耳其文 | 土耳其语
    """,
    "Ukrainian": """
oekraiens | tieng ukraina | ucraineana | ucraino | ucraniano | ukrainien | ukrainisch |
ukrainsk | ukrainska | ukrainski | ukrajinstina | ukran | ukraynaca | ουκρανικα |
украинскии | украінська | אוקראינית | الاوكرانية | यूकरेनियाई | 우크라이나어 | ウクライナ語 |
乌克兰语 | 烏克蘭文
    """,
    "Urdu": """
ourdou | tieng urdu | urdstina | urduca | ουρντου | урду | אורדו | اردو | الاوردية | उरदू
| อรด | 우르두어 | ウルトゥー語 | 乌尔都语 | 烏都文
    """,
    "Uyghur": """
oeigoers | ouighour | tieng uyghur | uigur | uigura | uigurisch | uigurisk | uiguriska |
uiguro | uiguuri | ujgur | ujgurski | ujgurstina | uygurca | uygurisk | ουιγουρικα |
уигурскии | уигурська | אויגורית | الاويغورية | يۇيغۇرچە | उईगूर | อยกร์ | 위구르어 |
ウイクル語 | 維吾爾文 | 维吾尔语
    """,
    "Vietnamese": """
tieng viet | vietnamca | vietnamees | vietnamesisch | vietnamesisk | vietnamesiska |
vietnameza | vietnami | vietnamien | vietnamita | vietnamstina | wietnamski | βιετναμικα |
в'єтнамська | вьетнамскии | וייטנאמית | الفيتنامية | वियतनामी | 베트남어 | ヘトナム語 | 越南文 |
越南语
    """,
    "Welsh": """
cymraeg | galce | gales | galeza | gallese | gallois | kymri | tieng wales | velstina |
walesi | walesiska | walijski | walisisch | walisisk | ουαλικα | валлиискии | валліиська |
וולשית | الويلزية | वेलश | เวลส์ | 웨일스어 | ウェールス語 | 威尔士语 | 威爾斯文
    """,
}
