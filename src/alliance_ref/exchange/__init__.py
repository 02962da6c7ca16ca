"""Writers of glossaries, one format a module, all pure: concepts in, text out."""
