"""A phone as it is kept, E.164, however it was typed; and as people read it."""

import re

import phonenumbers

HOME = "RU"


def phone_number(typed: str) -> str | None:
    """«8 (912) 345-67-89» is +79123456789; None when no such number can exist."""
    try:
        parsed = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(number: str) -> str:
    """«+7 900 123-45-67» for E.164; anything else as it is."""
    if mobile := _RUSSIAN_MOBILE.fullmatch(number):  # nearly all of them, fifty on a page
        return "+7 {} {}-{}-{}".format(*mobile.groups())
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


_RUSSIAN_MOBILE = re.compile(r"\+7(9\d\d)(\d{3})(\d\d)(\d\d)", re.ASCII)
