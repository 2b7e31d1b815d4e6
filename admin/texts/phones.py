"""Phones as people write them."""

from mentoring.phones import shown_phone


def phone(number: str) -> str:
    """«+7 900 123-45-67» for E.164; anything else as it is."""
    return shown_phone(number)
