"""The subject fields of the reference, as headings for people to read.

The data has them in English only. A field of data of one's own that is not here stays as it was written.
"""

from alliance_ref.records import Bilingual, Lang

_FIELDS = {
    "aircraft": "航空機",
    "airspace": "空域",
    "alliance": "同盟",
    "alliance politics": "同盟をめぐる政治",
    "alliance theory": "同盟理論",
    "bases": "基地",
    "budget": "予算",
    "command": "指揮",
    "contingency": "有事・事態",
    "cost sharing": "経費の負担",
    "defense cooperation": "防衛協力",
    "deterrence": "抑止",
    "diplomacy": "外交",
    "document type": "文書の種類",
    "economy": "経済",
    "equipment": "装備",
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


def subject_text(subject: str, lang: Lang) -> tuple[str, Lang]:
    """What a subject field is called, in *lang* if that is known, and the language it is in.

    >>> subject_text("treaty", "ja"), subject_text("place", "en"), subject_text("fishery", "ja")
    (('条約', 'ja'), ('places', 'en'), ('fishery', 'en'))
    """
    if subject in KINDS:
        return (KINDS[subject].ja if lang == "ja" else KINDS[subject].en), lang
    if lang == "ja" and subject in _FIELDS:
        return _FIELDS[subject], "ja"
    return subject, "en"


def subject_heading(subject: str, lang: Lang) -> str:
    """What a subject field is called at the head of a section."""
    text, _ = subject_text(subject, lang)
    return text[:1].upper() + text[1:]
