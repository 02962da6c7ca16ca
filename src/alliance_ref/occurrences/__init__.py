"""Where words and entries occur: concordance, attestations, timeline."""
