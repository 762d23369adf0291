"""The periodic jobs of the day."""
