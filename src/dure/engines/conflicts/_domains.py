"""Which bodies an e-mail address speaks for."""

# Second levels under which countries register names (RFC 1591 leaves them to each country).
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org", "re"})
_LABELS_OF_COUNTRY = 2


def bodies_of(domain: str) -> tuple[str, ...]:
    """Return the domain of a mail address and those above it that are registered names.

    >>> bodies_of("eng.ox.ac.uk"), bodies_of("ground.ai")
    (('eng.ox.ac.uk', 'ox.ac.uk'), ('ground.ai',))
    """
    labels = [label for label in domain.strip().lower().split(".") if label]
    is_country = len(labels) > 1 and len(labels[-1]) == _LABELS_OF_COUNTRY
    fewest = 3 if is_country and labels[-2] in _SECOND_LEVELS else 2
    if len(labels) < fewest:
        return ()
    return tuple(".".join(labels[at:]) for at in range(len(labels) - fewest + 1))
