"""Translation QA: check a translation against a glossary and report the findings."""

from alliance_ref.qa.check import check_translation, check_units
from alliance_ref.qa.contradictions import self_check
from alliance_ref.qa.options import CheckOptions
from alliance_ref.qa.rules import RULES, finding_message

__all__ = ["RULES", "CheckOptions", "check_translation", "check_units", "finding_message", "self_check"]
