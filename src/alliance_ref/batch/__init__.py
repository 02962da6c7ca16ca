"""Run the stages of a job over many chunks, on any executor, with checkpoints on disk."""
