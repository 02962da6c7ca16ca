"""Puts the tables of docs/formats-tables.md up to date: python docs/formats_tables.py."""

from pathlib import Path

from alliance_ref.exchange.holding import with_tables

if __name__ == "__main__":
    page = Path(__file__).with_name("formats-tables.md")
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
