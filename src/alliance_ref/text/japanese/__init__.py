"""Tokens and readings of Japanese text. The module `tagging` is the only one that uses fugashi."""
