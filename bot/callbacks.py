"""One class for each thing that a button does. Packed data holds ids and words of the rules, at most 64 bytes.

A button that depends on a state carries what it saw (the question's key, the meeting's revision), so that an old
button is known to be old. A prefix never changes and is never taken again: buttons stay in chats for years.
"""

from bot.acts.meetings import *  # noqa: F403
from bot.acts.pairs import *  # noqa: F403
from bot.acts.people import *  # noqa: F403
from bot.acts.plans import *  # noqa: F403
from bot.acts.questionnaires import *  # noqa: F403
