"""One process leads at a time, and another does when it ends."""

import asyncio
from pathlib import Path

from bot.shards.leader import Leadership
from store.files.claims import FileClaim
from tests.waiting import until


class Duties:
    """Notes what a leader is asked to do."""

    def __init__(self, *, fails: int = 0) -> None:
        self.done: list[str] = []
        self.begun = asyncio.Event()
        self._fails = fails

    async def begin(self) -> None:
        if self._fails:
            self._fails -= 1
            raise RuntimeError("not now")
        self.done.append("begin")
        self.begun.set()

    def end(self) -> None:
        self.done.append("end")


def _leadership(file: Path, duties: Duties) -> Leadership:
    return Leadership(FileClaim(file), begin=duties.begin, end=duties.end, seconds_between_looks=0.01)


async def test_the_first_leads_and_the_second_follows_it(tmp_path: Path) -> None:
    first, second = Duties(), Duties()
    one, other = _leadership(tmp_path / "leader", first), _leadership(tmp_path / "leader", second)
    await one.start()
    await other.start()
    assert (one.is_leader, other.is_leader) == (True, False)
    one.end()
    await asyncio.sleep(0.05)
    assert not other.is_leader, "the lock is kept until it is given back"
    await one.release()
    async with asyncio.timeout(10):
        await second.begun.wait()
    assert first.done == ["begin", "end"]
    other.end()
    await other.release()


async def test_who_could_not_begin_tries_again(tmp_path: Path) -> None:
    duties, holder = Duties(fails=2), FileClaim(tmp_path / "leader")
    assert holder.take()
    leadership = _leadership(tmp_path / "leader", duties)
    await leadership.start()
    holder.release()
    async with asyncio.timeout(10):
        await duties.begun.wait()
    leadership.end()
    await leadership.release()


async def test_who_lost_the_lock_ends(tmp_path: Path) -> None:
    duties = Duties()

    class Lost(FileClaim):
        is_lost = False

        def take(self) -> bool:
            return not self.is_lost and super().take()

    claim = Lost(tmp_path / "leader")
    leadership = Leadership(claim, begin=duties.begin, end=duties.end, seconds_between_looks=0.01)
    await leadership.start()
    claim.is_lost = True
    await until(lambda: not leadership.is_leader)
    assert duties.done == ["begin", "end"]
    leadership.end()
    await leadership.release()


async def test_where_there_can_be_no_lock_the_process_leads(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    duties = Duties()
    leadership = _leadership(tmp_path / "taken" / "leader", duties)
    await leadership.start()
    assert leadership.is_leader
    leadership.end()
    await leadership.release()
