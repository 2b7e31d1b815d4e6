"""Codes of printed forms: short, read aloud or copied by hand without a mistake that goes unnoticed.

Of signs that look alike only one is used (О and 0, З and 3, Б and 6, В and 8, Ч and 4), and Latin twins of Russian
letters mean the same, so a code may be typed in either layout. The number of signs is prime: the last sign of a code
checks the others so that any one wrong sign and any two neighbours that changed places are noticed.
"""

SIGNS = "023456789АДЕКЛМНРСТУФХЯ"
LENGTH = 6
CODES = len(SIGNS) ** (LENGTH - 1)


def paper_code(number: int) -> str:
    """The code of a number from 0 to `CODES` - 1."""
    if not 0 <= number < CODES:
        raise ValueError(number)
    signs = ""
    for _ in range(LENGTH - 1):
        number, place = divmod(number, len(SIGNS))
        signs += SIGNS[place]
    return signs + _check(signs)


def read_paper_code(typed: str) -> str | None:
    """The code that was meant, None for what cannot be one: a sign is missing, too many or wrong."""
    signs = "".join(_TWINS.get(sign, sign) for sign in typed.upper() if sign.isalnum() or sign in _TWINS)
    if len(signs) != LENGTH or any(sign not in SIGNS for sign in signs) or _check(signs[:-1]) != signs[-1]:
        return None
    return signs


def shown_code(code: str) -> str:
    """«К7Р-4МД»."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def _check(signs: str) -> str:
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, 2))
    return SIGNS[-total % len(SIGNS)]


_LATIN = dict(zip("ABCEHKMOPTXY", "А8СЕНКМ0РТХУ", strict=True))
_FOR_DIGITS = dict(zip("ОЗБВЧSZIL|1", "03684527777", strict=True))  # «1» is not used and stands for 7
_TWINS = _LATIN | _FOR_DIGITS | {"Ё": "Е"}
