"""Cells of the measured tables that hold figures, signs and code only are the same in every language.

They change with every run of the benchmarks. Left untranslated, a new run needs no new translation, and none
is left over from the run before.
"""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform

PAGES = "benchmarks/"


class FiguresStay(SphinxTransform):
    """Marks such cells, before Sphinx collects or replaces what is to be translated."""

    default_priority = 5

    def apply(self, **kwargs: object) -> None:
        """Look at every cell of a measured page."""
        if not self.env.docname.startswith(PAGES):
            return
        for entry in self.document.findall(nodes.entry):
            for paragraph in entry.findall(nodes.paragraph):
                if not has_words(paragraph):
                    paragraph["translatable"] = False


def has_words(node: nodes.Element) -> bool:
    """Whether there is a letter outside of code."""
    texts = (text for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.literal))
    return any(re.search(r"[^\W\d_]", text) for text in texts)
