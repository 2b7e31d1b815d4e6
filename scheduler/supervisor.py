"""The product's processes as one: started together, stopped together (ADR 0011)."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from scheduler import lifeline

SECONDS_TO_STOP = 25.0  # less than systemd's and Docker's thirty

Announce = Callable[[bytes], Awaitable[None]]
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A process of the product. ``name`` is how people are told that it ended."""

    name: str
    command: Sequence[str]


async def supervise(
    parts: Sequence[Part], preparation: Part, announce: Announce, tell: Tell, *, patience: float = SECONDS_TO_STOP
) -> int:
    """Runs until asked to stop or until a part ends; the exit code.

    The parts start at once and import while ``preparation`` works; its end lets all begin, and what it printed
    goes to ``announce``. 0: asked to stop, and everything ended in time. Otherwise the failed process's code, or 1.
    """
    asked = _Asked()
    children = [await _start(part) for part in parts]
    first = await _start(preparation, asyncio.subprocess.PIPE)
    work = asyncio.create_task(_work(first, children, announce, tell))
    await _first_of(work, asyncio.create_task(asked.to_stop.wait()))
    asked_to_stop = work.cancel()
    in_time = await _stop([first, *children], asked, patience, tell)
    if asked_to_stop:
        return 0 if in_time else 1
    return work.result()


class _Asked:
    """SIGTERM or Ctrl-C asks to stop; a second one, to stop at once."""

    def __init__(self) -> None:
        self.to_stop = asyncio.Event()
        self.to_hurry = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._again)

    def _again(self) -> None:
        (self.to_hurry if self.to_stop.is_set() else self.to_stop).set()


@dataclass(frozen=True, slots=True)
class _Child:
    part: Part
    process: asyncio.subprocess.Process
    line: int  # our end of its lifeline

    @property
    def running(self) -> bool:
        return self.process.returncode is None

    def begin(self) -> None:
        with suppress(BrokenPipeError):  # it has just died, which is noticed elsewhere
            os.write(self.line, lifeline.BEGIN)

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


async def _start(part: Part, stdout: int | None = None) -> _Child:
    """In a session of its own: Ctrl-C in the terminal reaches only us, so the stop has one order."""
    theirs, ours = os.pipe()
    process = await asyncio.create_subprocess_exec(
        *part.command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stdout,
        start_new_session=True,
        pass_fds=(theirs,),
        env=os.environ | {lifeline.VARIABLE: str(theirs)},
    )
    os.close(theirs)
    return _Child(part, process, ours)


async def _work(first: _Child, children: list[_Child], announce: Announce, tell: Tell) -> int:
    death = asyncio.create_task(_death(children, tell))
    ready = asyncio.create_task(first.process.communicate())
    await _first_of(death, ready)
    if death.done():
        return death.result()
    if first.process.returncode:
        return _code(first)
    death.cancel()
    for child in children:
        child.begin()
    return await _announce_and_watch(children, announce(ready.result()[0]), tell)


async def _announce_and_watch(children: list[_Child], announcing: Awaitable[None], tell: Tell) -> int:
    told, death = asyncio.ensure_future(announcing), asyncio.create_task(_death(children, tell))
    await _first_of(told, death)
    if told.done():
        told.result()
    return await death


async def _death(children: list[_Child], tell: Tell) -> int:
    if not children:
        await asyncio.Event().wait()  # nobody to lose yet
    await _first_of(*(asyncio.create_task(child.process.wait()) for child in children))
    dead = next(child for child in children if not child.running)
    tell(
        f"Остановилась часть «{dead.part.name}» (код {dead.process.returncode}), поэтому останавливаю всё. "
        "Причина — в строках выше."
    )
    return _code(dead)


async def _stop(children: list[_Child], asked: _Asked, patience: float, tell: Tell) -> bool:
    """True when each ended by itself. The lifelines are closed last: their end is a SIGTERM as well."""
    running = [child for child in children if child.running]
    for child in running:
        child.send(signal.SIGTERM)
    ended = asyncio.gather(*(child.process.wait() for child in running))
    with suppress(TimeoutError):
        await asyncio.wait_for(_first_of(ended, asyncio.create_task(asked.to_hurry.wait())), patience)
    late = [child for child in running if child.running]
    for child in late:
        tell(f"Часть «{child.part.name}» не остановилась сама и прервана.")
        child.send(signal.SIGKILL)
    await asyncio.gather(*(child.process.wait() for child in running))
    for child in children:
        os.close(child.line)
    return not late


def _code(child: _Child) -> int:
    """A process killed by a signal has a negative code, and one that ended well had no reason to end."""
    return max(child.process.returncode or 0, 0) or 1


async def _first_of(*waiting: "asyncio.Future[Any]") -> None:
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
