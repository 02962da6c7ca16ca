"""The table of codes that all checks share: E and W (data), G (glossaries), T (translations).

A `Rule` describes one code in English and Japanese. Its messages are templates, one per reason. A check
passes the reason and the values, and the finding has the message in both languages.
"""

from collections.abc import Mapping

import attrs

from alliance_ref.records.findings import Finding, Level
from alliance_ref.records.values import Bilingual, Lang


def _by_reason(messages: Bilingual | Mapping[str, Bilingual]) -> Mapping[str, Bilingual]:
    return {"": messages} if isinstance(messages, Bilingual) else messages


@attrs.frozen
class Rule:
    """One code: its level, a name for programs, its meaning, its messages by reason, and what to do.

    >>> rule = Rule(
    ...     "W901", "warning", "old-name", Bilingual("an old name", "古い名称"),
    ...     Bilingual("{name} is old; use: {names}", "{name} は古い。使うべき名称: {names}"),
    ... )
    >>> finding = rule.finding("mod", name="JDA", names=("MOD", "Ministry"))
    >>> print(finding)
    W901 mod: JDA is old; use: MOD, Ministry
    >>> finding.message_in("ja")
    'JDA は古い。使うべき名称: MOD、Ministry'
    """

    code: str
    level: Level
    name: str
    meaning: Bilingual
    messages: Mapping[str, Bilingual] = attrs.field(converter=_by_reason, eq=False)
    help: Bilingual | None = None

    def finding(self, where: str, reason: str = "", /, **values: object) -> Finding:
        """Return a finding of this rule; a rule with one message needs no *reason*."""
        messages = self.render(reason, **values)
        return Finding(self.code, self.level, where, messages, reason or self.name, values)

    def render(self, reason: str, /, **values: object) -> Bilingual:
        """Return the message of *reason* with its *values*, in both languages."""
        template = self.messages[reason]
        return Bilingual(
            template.en.format(**{name: _shown(value, "en") for name, value in values.items()}),
            template.ja.format(**{name: _shown(value, "ja") for name, value in values.items()}),
        )


def _shown(value: object, lang: Lang) -> object:
    if isinstance(value, tuple):
        return ("、" if lang == "ja" else ", ").join(map(str, value))
    if isinstance(value, Bilingual):
        return value.ja if lang == "ja" else value.en
    return value


def rule_table(*rules: Rule) -> Mapping[str, Rule]:
    """Return the rules by code, in the order given."""
    return {rule.code: rule for rule in rules}
