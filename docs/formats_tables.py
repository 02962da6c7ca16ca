"""Update the tables of docs/formats-tables.md from the formats: python docs/formats_tables.py."""

from pathlib import Path

from alliance_ref.exchange.capabilities import FIELDS
from alliance_ref.exchange.formats import GLOSSARY_FORMATS
from alliance_ref.exchange.tables.headers import column_descriptions

BEGIN, END = "% made by docs/formats_tables.py:", "% end"


def format_table() -> str:
    """A Markdown table: a row a format with its suffixes and whether it can be read back."""
    lines = ["| format | `format=` | suffixes | read back |", "|---|---|---|---|"]
    for item in GLOSSARY_FORMATS:
        suffixes = " ".join(f"`{suffix}`" for suffix in item.suffixes)
        lines.append(f"| {item.title} | `{item.id}` | {suffixes} | {'yes' if item.reads else 'no'} |")
    return "\n".join(lines)


def holding_table() -> str:
    """A Markdown table: a row a field, a column a format, ● where the format holds the field."""
    held = [item.supported_fields for item in GLOSSARY_FORMATS]
    lines = [
        "| | " + " | ".join(f"`{item.id}`" for item in GLOSSARY_FORMATS) + " |",
        "|---|" + ":-:|" * len(GLOSSARY_FORMATS),
    ]
    for field in FIELDS:
        marks = ("●" if field in holds else "" for holds in held)
        lines.append(f"| {field} | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def column_table() -> str:
    """A Markdown table: the columns of CSV, TSV and Excel, what they hold, what else they may be called."""
    lines = ["| column | holds | also read as |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {_cell(text)} | {_cell(others)} |" for name, text, others in column_descriptions()
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def with_tables(page: str) -> str:
    """*page* with each table between its two marks made anew; the mark names the table.

    Raises:
        ValueError: if a mark has no end.
    """
    parts = page.split(BEGIN)
    made = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("\n")
        _, end, rest = rest.partition(END)
        if not end:
            raise ValueError(f"no {END} behind {name.strip()}")
        table = _TABLES[name.strip()]()
        made.append(f"{BEGIN}{name}\n\n{table}\n\n{END}{rest}")
    return "".join(made)


_TABLES = {"formats": format_table, "holding": holding_table, "columns": column_table}


if __name__ == "__main__":
    page = Path(__file__).with_name("formats-tables.md")
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
