"""A large file on its way, for the test of routes."""


def things(cast, world):
    return {"uploads:": cast.large_upload().pk}
