"""Pages for interpreters: the offline lookup page."""

from alliance_ref.preparation.booth import booth_page, write_booth_page

__all__ = ["booth_page", "write_booth_page"]
