"""Tables: delimited text and Excel workbooks, shared by glossaries and bitexts."""
