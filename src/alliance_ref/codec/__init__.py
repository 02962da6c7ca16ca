"""From data files to records and back: the only room that knows how the data is written down."""
