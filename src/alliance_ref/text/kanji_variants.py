"""Kanji that are written in several forms: old forms, variants in names, compatibility characters, radicals.

Each character has one current form, so `current_kanji` keeps the length of a text and all offsets in it.
"""

from functools import lru_cache

OLD_KANJI = (
    "壓圍醫爲壹隱榮營衞驛圓緣鹽奧應橫歐毆黃溫穩假價畫會壞懷繪擴殼覺學嶽樂勸卷寬歡觀關陷巖顏歸氣龜僞戲犧舊"
    "據擧虛峽挾敎狹鄕曉區驅勳薰徑惠揭溪經繼莖螢輕鷄藝擊縣儉劍圈檢權獻硏險顯驗嚴效廣恆鑛號國黑濟碎齋劑雜參"
    "慘棧蠶贊殘絲齒兒辭濕實舍寫釋壽收從澁獸縱肅處敍獎將燒稱證乘剩壤孃條淨狀疊讓釀囑觸寢愼晉眞盡圖粹醉隨髓"
    "數樞聲靜齊攝竊專戰淺潛纖踐錢禪雙壯搜插爭總聰莊裝騷增臟藏屬續墮體對帶滯瀧臺擇澤單擔膽團彈斷癡遲晝蟲鑄"
    "廳聽敕鎭遞鐵轉點傳黨盜燈當鬪德獨讀屆繩貳惱腦霸廢拜賣麥發髮拔蠻祕濱拂佛倂竝變邊邉辨瓣辯舖步穗寶萠豐沒"
    "飜每萬滿默彌藥譯豫餘與譽搖樣謠遙來賴亂覽龍兩獵綠壘勵禮隸靈齡戀爐勞樓錄灣彎槇嶋嶌髙槗祿絛敘稅說脫靑內"
    "戶吳產卽郞亞惡﨑淵檜曾亙册刄囘奬姙姊姬娛尙堯巢牀强彥徵悅戾攜旣晚曆櫻槪缺歲歷淚淸渴涉瀨瑤甁畧稻穰窗黏"
    "糺絕緖罐羣艷襃蹟銳鍊鐮閒閱鬭鄰飮餠麵吿瘦剝塡頰奐顚麴鷗嚙焰瀆蘆濾囊搔摑簞繫繡萊蔣蠟軀醬醱鹼攪俠俱吞噓"
    "姸屛幷枡冨嵜碕濵栁𠮷峯舘桒籔藪埜逹廼迺凛曻鉃煕熈寳嶐圀囯卄冩竒恊㐂兎昻栢靭蛎勗皐翆侫龝穐槀稾菴谿磵筭"
    "蕋裡豎躰軆輌遯鄉鄊閙隝靍靏鶑鶯弌弍弎"
)
"""Kanji as they were written before 1946, and variants used in names."""

_NEW_KANJI = (
    "圧囲医為壱隠栄営衛駅円縁塩奥応横欧殴黄温穏仮価画会壊懐絵拡殻覚学岳楽勧巻寛歓観関陥巌顔帰気亀偽戯犠旧"
    "拠挙虚峡挟教狭郷暁区駆勲薫径恵掲渓経継茎蛍軽鶏芸撃県倹剣圏検権献研険顕験厳効広恒鉱号国黒済砕斎剤雑参"
    "惨桟蚕賛残糸歯児辞湿実舎写釈寿収従渋獣縦粛処叙奨将焼称証乗剰壌嬢条浄状畳譲醸嘱触寝慎晋真尽図粋酔随髄"
    "数枢声静斉摂窃専戦浅潜繊践銭禅双壮捜挿争総聡荘装騒増臓蔵属続堕体対帯滞滝台択沢単担胆団弾断痴遅昼虫鋳"
    "庁聴勅鎮逓鉄転点伝党盗灯当闘徳独読届縄弐悩脳覇廃拝売麦発髪抜蛮秘浜払仏併並変辺辺弁弁弁舗歩穂宝萌豊没"
    "翻毎万満黙弥薬訳予余与誉揺様謡遥来頼乱覧竜両猟緑塁励礼隷霊齢恋炉労楼録湾弯槙島島高橋禄条叙税説脱青内"
    "戸呉産即郎亜悪崎渕桧曽亘冊刃回奨妊姉姫娯尚尭巣床強彦徴悦戻携既晩暦桜概欠歳歴涙清渇渉瀬瑶瓶略稲穣窓粘"
    "糾絶緒缶群艶褒跡鋭錬鎌間閲闘隣飲餅麺告痩剥填頬奂顛麹鴎噛焔涜芦沪嚢掻掴箪繋繍莱蒋蝋躯醤醗鹸撹侠倶呑嘘"
    "妍屏并桝富崎崎浜柳吉峰館桑薮薮野達乃乃凜昇鉄熙熙宝隆国国廿写奇協喜兔昂柏靱蠣勖皋翠佞秋秋稿稿庵渓澗算"
    "蕊裏竪体体輛遁郷郷鬧島鶴鶴鴬鴬一二三"
)

# The Unicode property Equivalent_Unified_Ideograph: PDF files use these radicals in place of kanji (⽇⽶).
# An ideographic space is in the place of a code point without the property.
_CJK_RADICALS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵　旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒"
    "㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼"
    "鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_KANGXI_RADICALS = (
    "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾"
    "干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生"
    "用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷"
    "豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻"
    "黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
)

_RADICALS = {
    code: kanji
    for first, table in ((0x2E81, _CJK_RADICALS), (0x2F00, _KANGXI_RADICALS))
    for code, kanji in enumerate(table, start=first)
    if kanji != "\u3000"
}
_OLD = dict(zip(map(ord, OLD_KANJI), _NEW_KANJI, strict=True))

CURRENT_FORMS = _OLD | {code: _OLD.get(ord(kanji), kanji) for code, kanji in _RADICALS.items()}
"""For `str.translate`: old forms, variants and radicals to the current form, one character for one."""

RADICALS = {code: CURRENT_FORMS[code] for code in _RADICALS}
"""For `str.translate`: radicals to the current kanji."""

_COMPATIBILITY_IDEOGRAPHS = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


@lru_cache(maxsize=1)
def _all_forms() -> dict[int, str]:
    import unicodedata

    forms = dict(CURRENT_FORMS)
    for code in (code for block in _COMPATIBILITY_IDEOGRAPHS for code in block):
        kanji = unicodedata.normalize("NFKC", chr(code))
        forms[code] = _OLD.get(ord(kanji), kanji)
    return forms


def current_kanji(text: str) -> str:
    """Return *text* with every kanji in its current form; the result has the length of *text*.

    >>> current_kanji("防衞廳長官"), current_kanji("⽇⽶"), current_kanji("⻑官")
    ('防衛庁長官', '日米', '長官')
    """
    return text if text.isascii() else text.translate(_all_forms())
