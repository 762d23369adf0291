"""The pages of international exchange."""
