"""A figure of the start page, for the test of routes."""


def things(cast, world):
    return {"figure": "unmatched"}
