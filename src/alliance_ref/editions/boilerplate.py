"""Detect the boilerplate of web pages around an article, by its wording.

Only short lines that belong to no paragraph of a document are tested. A line that no pattern matches is kept
as an unknown paragraph.
"""

import datetime
import re

from alliance_ref.records.values import PartialDate
from alliance_ref.text.dates_in_text import dates_in

_MAX_LENGTH = 160
"""Longest line, in characters, that may be boilerplate."""

# Whole lines, or beginnings that do not start a sentence of an article. A line with an ambiguous beginning
# ("Terms of the treaty …", "Share this burden …") counts only if it is not a sentence: see _SENTENCE.
_PATTERNS = re.compile(
    r"""^\W*(?:
      (?:please\ )?(?:sign|log)\ (?:up|in|out)\b.* | subscribe\b.* | subscriptions?\W*$
    | (?:manage|free|daily|our)?\ ?newsletters?\b.*
    | (?:click|tap)\ (?:here|to)\b.* | (?:read|view|show|see|load)\ (?:more|all|next|comments)\b.*
    | continue\ reading\b.* | (?:please\ )?(?:read|see)\ our\ (?:comment|privacy|terms)\b.*
    | copyright\W*(?:\(c\)|©|\d{4}).* | (?:©|\(c\))\ ?\d{4}.* | .{0,40}all\ rights\ reserved\W*$
    | .{0,80}reprint\ permission\W*$ | reprints?(?:\ and\ permissions)?\W*$
    | (?:leave|post|add|view|hide|show)\ (?:a\ |your\ )?(?:comments?|reply)\b.* | comments?(?:\ \(\d+\))?\W*$
    | (?:share|tweet|email|print|save|like|follow)\ (?:this(?:\ (?:article|page|story|post))?|us|via|on)\b.*
    | (?:share|tweet|facebook|twitter|x|line|email|print|pdf|rss|instagram|youtube)\W*$
    | advertisements?\W*$ | sponsored(?:\ (?:by|content|links?)\b.*)?$ | (?:story|article)\ continues\b.*
    | (?:related|recommended|popular|trending|more|latest)\ (?:articles?|stories|news|content|from|in)\b.*
    | most\ (?:read|popular|viewed)\W*$ | (?:you\ )?(?:may|might)\ also\ like\b.*
    | (?:skip|jump|back|return)\ to\ (?:main|content|top|navigation|home)\b.*
    | (?:home|menu|search|top|next|previous|contact(?:\ us)?|about(?:\ us)?|site\ ?map|help)\W*$
    | home\ ?[>»/|].* | (?:privacy|cookie)\ (?:policy|notice|settings)\b.*
    | terms\ (?:of\ (?:use|service)|and\ conditions)\b.*
    | (?:we\ use|this\ site\ uses)\ cookies\b.* | page\ \d+(?:\ of\ \d+)?\W*$ | https?://\S+$
    | (?:無料)?(?:会員)?(?:登録|ログイン|購読)(?:する|はこちら)?$ | メール(?:マガジン|マガジンに登録)\W*$
    | .{0,40}(?:無断転載|転載を禁|転載禁止).* | ©.*
    | (?:続き|もっと|全文|さらに)(?:を)?(?:読む|見る|表示)\W*$
    | コメント(?:を(?:書く|見る|投稿)|[（(]\d+[）)]|する)?\W*$
    | (?:この記事を)?(?:シェア|ツイート|印刷|保存|共有)(?:する)?\W*$
    | (?:広告|PR|スポンサー(?:リンク)?)\W*$
    | (?:関連|おすすめ|人気|新着|最新)(?:の)?(?:記事|ニュース|ランキング)(?:一覧)?\W*$
    | (?:アクセス)?ランキング\W*$
    | (?:ホーム|メニュー|検索|トップ(?:ページ)?(?:へ(?:戻る)?)?)\W*$
    | (?:お問い合わせ|サイトマップ|ページ(?:の先頭|トップ)へ(?:戻る)?)\W*$
    | (?:前|次)の(?:ページ|記事)(?:へ)?\W*$ | (?:利用規約|プライバシー(?:ポリシー)?|個人情報(?:保護方針)?)\W*$
    )$""",
    re.VERBOSE | re.IGNORECASE,
)
_AMBIGUOUS = re.compile(
    r"^\W*(?:share|follow|more|related|latest|show|see|like|save|print|newsletter|terms)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[a-z,] [a-z]+ [a-z]+ .*[.!?]\W*$")


def is_boilerplate(line: str) -> bool:
    """Return whether a line outside the paragraphs is boilerplate of a web page.

    >>> is_boilerplate("Sign up for our newsletter"), is_boilerplate("関連記事")
    (True, True)
    >>> is_boilerplate("Share this burden, both ministers said, or lose the alliance.")
    False
    """
    line = line.strip()
    if not 0 < len(line) <= _MAX_LENGTH or not _PATTERNS.match(line):
        return False
    return not (_AMBIGUOUS.match(line) and _SENTENCE.search(line))


_MAX_OTHER_TEXT = 60
"""Maximum length of the text next to the date in a dateline, such as the name of a newspaper."""


def states_date(line: str, day: datetime.date) -> bool:
    """Return whether a line is a dateline of this day: the date, little other text, not a sentence.

    >>> states_date("Kyoto Herald - Friday, May 6, 2005", datetime.date(2005, 5, 6))
    True
    >>> states_date("On May 6, 2005, the two governments signed.", datetime.date(2005, 5, 6))
    False
    """
    for start, end, date in dates_in(line):
        if date == PartialDate(day.year, day.month, day.day):
            other = line[:start] + line[end:]
            ends_sentence = line.rstrip()[-1:] in (".", "。", "!", "?", "！", "？")
            return len(other.strip()) <= _MAX_OTHER_TEXT and not (ends_sentence and other.strip(" .。"))
    return False
