"""Judging a translation against a glossary: the checks, their codes, and reports of what they find."""

from alliance_ref.judging.checking import check_translation, check_units
from alliance_ref.judging.codes import RULES, Rule
from alliance_ref.judging.messages import finding_message

__all__ = ["RULES", "Rule", "check_translation", "check_units", "finding_message"]
