"""A registered original, for the test of routes."""


def things(cast, world):
    return {"origins:": cast.original().pk}
