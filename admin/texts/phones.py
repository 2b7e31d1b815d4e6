"""Phones as people write them."""

import phonenumbers


def phone(number: str) -> str:
    """«+7 900 123-45-67» for E.164; anything else as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
