"""The pages of fairs."""
