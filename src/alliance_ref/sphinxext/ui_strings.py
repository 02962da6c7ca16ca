"""The user-interface strings of pages, and the labels of subject fields, in both languages."""

from alliance_ref.records import Bilingual, Lang

UI_STRINGS = {
    "also": Bilingual("also", "別称"),
    "arrow-keys": Bilingual(
        "Type a name in kanji, kana, romaji or English", "漢字・かな・ローマ字・英語で名称を入力"
    ),
    "authors": Bilingual("Authors", "執筆者"),
    "broader": Bilingual("Broader", "上位概念"),
    "cites": Bilingual("from", "引用元"),
    "contents": Bilingual("Passages of this document", "この文書の段落"),
    "coordinates": Bilingual("Coordinates", "座標"),
    "correction": Bilingual("Correction", "訂正"),
    "country": Bilingual("Country", "国"),
    "date": Bilingual("Date", "日付"),
    "documents": Bilingual("Documents", "文書"),
    "figures": Bilingual("Figures", "数値"),
    "finding": Bilingual("What came of it", "結果"),
    "furigana": Bilingual("Furigana", "ふりがな"),
    "in-force": Bilingual("In force", "発効"),
    "issued": Bilingual("Issued", "発表"),
    "life": Bilingual("Life", "生没年"),
    "names": Bilingual("Names", "名称"),
    "narrower": Bilingual("Narrower", "下位概念"),
    "no-match": Bilingual("no name begins like this or contains it", "該当する名称はありません"),
    "parent": Bilingual("Part of", "上部組織"),
    "participants": Bilingual("Participants", "参加者"),
    "parties": Bilingual("Parties", "当事者"),
    "passages": Bilingual("Passages", "言及箇所"),
    "period": Bilingual("Period", "期間"),
    "place": Bilingual("Place", "場所"),
    "predecessor": Bilingual("Predecessor", "前身"),
    "publisher": Bilingual("Publisher", "発行者"),
    "question": Bilingual("Question", "問い"),
    "quotation": Bilingual("Quotation", "引用"),
    "related": Bilingual("Related", "関連概念"),
    "relations": Bilingual("Relations", "文書間の関係"),
    "results": Bilingual("Results", "成果文書"),
    "seat": Bilingual("Seat", "所在地"),
    "see-also": Bilingual("See also", "関連項目"),
    "should-be": Bilingual("should be", "正しくは"),
    "sources": Bilingual("Sources", "出典"),
    "subject": Bilingual("Field", "分野"),
    "successor": Bilingual("Successor", "後身"),
    "tenures": Bilingual("Offices", "経歴"),
    "type": Bilingual("Type", "種別"),
    "within": Bilingual("Within", "所在"),
}
"""By what they are for."""


_FIELDS = {
    "aircraft": "航空機",
    "airspace": "空域",
    "alliance": "同盟",
    "alliance coordination": "同盟の調整",
    "alliance politics": "同盟をめぐる政治",
    "alliance theory": "同盟理論",
    "bases": "基地",
    "budget": "予算",
    "command": "指揮",
    "contingency": "有事・事態",
    "cost sharing": "経費の負担",
    "cyber": "サイバー",
    "defense cooperation": "防衛協力",
    "deterrence": "抑止",
    "diplomacy": "外交",
    "document type": "文書の種類",
    "economic security": "経済安全保障",
    "economy": "経済",
    "equipment": "装備",
    "exercises": "共同訓練・演習",
    "force development": "防衛力整備",
    "geography": "地理",
    "ground and air-defense equipment": "陸上・防空装備",
    "history": "歴史",
    "information": "情報保全・通信",
    "intelligence": "情報活動",
    "law": "法令",
    "logistics": "後方支援",
    "military capability": "軍事能力",
    "missile defense": "ミサイル防衛",
    "noise and training": "騒音・訓練",
    "offices": "官職",
    "operations": "作戦・運用",
    "overseas activities of the SDF": "自衛隊の海外活動",
    "policy principle": "政策の原則",
    "procurement": "調達",
    "realignment": "再編",
    "ships": "艦船",
    "space": "宇宙",
    "strategy": "戦略",
    "threats": "脅威",
    "treaty": "条約",
    "units": "部隊",
    "world politics": "国際政治",
}
KINDS = {
    "document": Bilingual("documents", "文書"),
    "person": Bilingual("persons", "人物"),
    "organization": Bilingual("bodies", "組織"),
    "place": Bilingual("places", "地名・施設"),
    "event": Bilingual("events", "出来事"),
}


def subject_label(subject: str, lang: Lang) -> tuple[str, Lang]:
    """Return the label of a subject field, in *lang* if available, and its language.

    >>> subject_label("treaty", "ja"), subject_label("place", "en"), subject_label("fishery", "ja")
    (('条約', 'ja'), ('places', 'en'), ('fishery', 'en'))
    """
    if subject in KINDS:
        return (KINDS[subject].ja if lang == "ja" else KINDS[subject].en), lang
    if lang == "ja" and subject in _FIELDS:
        return _FIELDS[subject], "ja"
    return subject, "en"


def subject_heading(subject: str, lang: Lang) -> str:
    """Return the label of a subject field as a heading."""
    text, _ = subject_label(subject, lang)
    return text[:1].upper() + text[1:]
