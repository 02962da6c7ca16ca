"""What a web page puts round an article, told by how it is worded.

Only short lines are looked at, and only those that belong to no paragraph of a document. A line that no
pattern knows stays what it is: a paragraph nobody knows, shown as such.
"""

import datetime
import re

_LONGEST = 160

_PATTERNS = re.compile(
    r"""^\W*(?:
      (?:sign|log)\ (?:up|in|out)\b | subscri(?:be|ption) | (?:manage|free|daily)?\ ?newsletters?\b
    | (?:click|tap)\ (?:here|to)\b | (?:read|view|show|see|load)\ (?:more|all|next|comments)\b
    | continue\ reading | (?:please\ )?(?:read|see)\ our\ (?:comment|privacy|terms)
    | copyright\b | ©|\(c\)\ \d{4} | all\ rights\ reserved | reprints?\b | .{0,60}reprint\ permission
    | (?:leave|post|add|view|hide|show)\ (?:a\ |your\ )?(?:comments?|reply) | comments?(?:\ \(\d+\))?\W*$
    | (?:share|tweet|email|print|save|like|follow)\ (?:this|on|via|us|article|page|story)\b
    | (?:share|tweet|facebook|twitter|x|line|email|print|pdf|rss|instagram|youtube)\W*$
    | advertisements?\b | sponsored\b | story\ continues | article\ continues
    | (?:related|recommended|popular|trending|more|latest)\ (?:articles?|stories|news|content|from|in)\b
    | most\ (?:read|popular|viewed)\b | (?:you\ )?(?:may|might)\ also\ like
    | (?:skip|jump|back|return)\ to\ (?:main|content|top|navigation|home)\b
    | (?:home|menu|search|top|next|previous|contact(?:\ us)?|about(?:\ us)?|site\ ?map|help)\W*$
    | home\ ?[>»/|].* | (?:privacy|cookie)\ (?:policy|notice|settings) | terms\ (?:of|and)\b
    | (?:we\ use|this\ site\ uses)\ cookies | page\ \d+(?:\ of\ \d+)?\W*$ | https?://\S+$
    | (?:無料)?(?:会員)?(?:登録|ログイン|購読)(?:する|はこちら|・.*)?$ | メール(?:マガジン|マガジンに登録).*
    | .{0,40}(?:無断転載|転載を禁|転載禁止|著作権|著作権者).*
    | (?:続き|もっと|全文|さらに)(?:を)?(?:読む|見る|表示).* | コメント(?:を.*|[（(]\d+[）)]|する)?$
    | (?:この記事を)?(?:シェア|ツイート|印刷|保存|共有)(?:する)?$ | (?:広告|PR|スポンサー.*)$
    | (?:関連|おすすめ|人気|新着|最新)(?:の)?(?:記事|ニュース|ランキング).* | (?:アクセス)?ランキング$
    | (?:ホーム|メニュー|検索|トップ(?:ページ)?(?:へ(?:戻る)?)?)$
    | (?:お問い合わせ|サイトマップ|ページ(?:の先頭|トップ)へ.*)$
    | (?:前|次)の(?:ページ|記事)(?:へ)?$ | (?:利用規約|プライバシー(?:ポリシー)?|個人情報.*)$
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def is_furniture(line: str) -> bool:
    """Whether a line that belongs to no paragraph is wording of web pages.

    >>> is_furniture("Sign up for our newsletter"), is_furniture("関連記事")
    (True, True)
    >>> is_furniture("The two ministers signed the agreement.")
    False
    """
    line = line.strip()
    return 0 < len(line) <= _LONGEST and _PATTERNS.match(line) is not None


_MONTHS = "January February March April May June July August September October November December".split()


def states_date(line: str, day: datetime.date) -> bool:
    """Whether a short line states this day, in one of the ways English and Japanese datelines do.

    >>> states_date("Kyoto Herald - Friday, May 6, 2005", datetime.date(2005, 5, 6))
    True
    """
    if len(line) > _LONGEST or not any(year in line for year in (str(day.year), "平成")):
        return False
    month = _MONTHS[day.month - 1]
    written = (
        rf"\b{month[:3]}(?:{month[3:]})?\.? +0?{day.day}(?:st|nd|rd|th)?,? +{day.year}\b",
        rf"\b0?{day.day}(?:st|nd|rd|th)? +{month[:3]}(?:{month[3:]})?\.?,? +{day.year}\b",
        rf"\b{day.year}([-/.])0?{day.month}\1 ?0?{day.day}\b",
        rf"(?<!\d){day.year}\s*年\s*0?{day.month}\s*月\s*0?{day.day}\s*日",
        rf"平成\s*{day.year - 1988}\s*年\s*0?{day.month}\s*月\s*0?{day.day}\s*日",
    )
    return any(re.search(pattern, line, re.IGNORECASE) for pattern in written)
