"""What fails now and may go well later."""


class TryAgain(Exception):
    """Others were in the way too often; nothing is wrong, and nothing half-done was kept."""
