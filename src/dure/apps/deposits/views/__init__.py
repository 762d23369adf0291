"""The doors of deposits."""
