"""Convert between data files and records; no other package depends on the format of the files."""
