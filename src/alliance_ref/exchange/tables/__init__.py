"""Tables: delimited text and Excel."""
