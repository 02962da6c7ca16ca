"""Read and write XML."""
