"""Run a job over many chunks."""
