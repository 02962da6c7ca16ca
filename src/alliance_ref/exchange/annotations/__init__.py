"""Writers of annotated passages."""
