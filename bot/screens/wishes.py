"""What one of a pair asks of the curator, as a letter: a pause, an end, another pair after the trial."""

from enum import StrEnum

from bot import callbacks as act
from bot.keyboards import button, keyboard, menu_row, row
from bot.screen import Screen
from bot.texts import buttons
from bot.texts import pairs as words
from bot.texts.wording import fill
from mentoring.rules.pairs import PairState
from mentoring.use_cases.pair_views import PairView


class Wish(StrEnum):
    """What one of a pair asks of the curator."""

    PAUSE = "pause"
    END = "end"
    PART = "part"  # on trial: they do not suit each other


def choose_wish(seen: PairView) -> Screen:
    """What is not the two's to decide goes to the curator as a letter."""
    pause = button(buttons.NEED_PAUSE, act.AskWish(pair_id=seen.pair_id, wish=Wish.PAUSE))
    end = button(buttons.WANT_TO_END, act.AskWish(pair_id=seen.pair_id, wish=Wish.END))
    back = button(buttons.BACK, act.ShowPair(pair_id=seen.pair_id))
    paused = seen.state is PairState.PAUSED
    rows = (row(None if paused else pause), row(end), row(button(buttons.WRITE_TO_CURATOR, act.WriteToCurator())))
    return Screen(fill(words.CHOOSE_WISH, names=seen.full_names), keyboard(*rows, row(back)))


def ask_wish(pair_id: int, wish: Wish) -> Screen:
    send = button(buttons.SEND_WITHOUT_WORDS, act.SendWish(pair_id=pair_id, wish=wish))
    back = button(buttons.BACK, act.ShowPair(pair_id=pair_id))
    return Screen(words.ASK_WISH[wish], keyboard(row(send), row(back)))


def wish_letter(seen: PairView, wish: Wish, said: str = "") -> str:
    """Plain text, as the curator reads it."""
    return f"{words.WISHES[wish].format(names=seen.full_names)}\n\n{said}".strip()


def wish_sent() -> Screen:
    return Screen(words.WISH_SENT, keyboard(menu_row()))
