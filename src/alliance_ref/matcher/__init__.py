"""Find many names in long texts."""
