"""Judging a translation against a glossary: the checks, their codes, and reports of what they find."""

from alliance_ref.qa.check import check_translation, check_units
from alliance_ref.qa.messages import finding_message
from alliance_ref.qa.rules import RULES, Rule

__all__ = ["RULES", "Rule", "check_translation", "check_units", "finding_message"]
