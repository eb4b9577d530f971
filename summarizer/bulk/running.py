"""A run over many documents: what is done is passed over, the rest is worked on, and every record is written once."""

from __future__ import annotations

import hashlib
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass

from ..errors import DuplicateDocument, SummarizerError
from ..models.document import Document
from ..models.outcome import Failure
from ..pipeline import result_of, under_way
from ..telemetry.stages import stage
from .journal import Journal, Seen
from .meter import Spent, counted
from .records import Record, Result, record_of

Item = Document | SummarizerError
Work = Callable[[Document], Awaitable[Result]]


@dataclass(frozen=True, slots=True)
class Done:
    """An input that was worked on; `record` is None when the budget was spent before it was begun.

    Attributes:
        number: of the item in the input, from 0.
        name: what it is called in the hash over the inputs.
        failure: the failure that the record tells of.
    """

    number: int
    name: str
    record: Record | None = None
    spent: Spent | None = None
    failure: Failure | None = None


class Bulk:
    """A run that is begun or goes on.

    Args:
        journal: where records go.
        ordered: whether records stand in the order of the inputs.
        share_spent: how much of the budget is spent; from 1 on, nothing new is begun. None where there is no budget.

    Attributes:
        duplicates: inputs left out because an earlier one has the same text.
        passed: items that an earlier process of the run has done.
        stopped: whether the budget ended it before the inputs did.
    """

    def __init__(self, journal: Journal, ordered: bool = True, share_spent: Callable[[], float] | None = None):
        self._journal = journal
        self._ordered = ordered
        self._share_spent = share_spent
        self._seen = Seen()
        self._names: dict[int, str] = {}
        self.duplicates = self.passed = 0
        self.stopped = False

    def left(self, items: Iterable[Item]) -> Iterator[tuple[int, Item]]:
        """The items that are still to be done, with their numbers, after those that an earlier process did.

        Raises:
            ChangedInputs: the inputs are not those of the earlier process.
        """
        inputs, beyond = self._journal.at.inputs, dict(self._journal.at.beyond)
        number = -1
        for number, item in enumerate(self._unique(items)):
            if number < inputs:
                self._pass_over(number, item)
            elif str(number) in beyond:
                self._names[number] = beyond.pop(str(number))
                self._require(self._names[number] == name_of(item))
                self.passed += 1
            elif self._is_spent:
                self.stopped = True
                return
            else:
                yield number, item
        self._require(number + 1 >= inputs and not beyond)

    @property
    def began(self) -> float:
        """Unix time at which the run was begun first."""
        return self._journal.at.began

    @property
    def affordable(self) -> float:
        """How many more items the budget is likely to allow, by what earlier ones have cost; 0 where none has yet."""
        if self._share_spent is None:
            return math.inf
        at, share = self._journal.at, self._share_spent()
        paid = min(at.results + at.failures, at.spent.replies)  # others were kept from before, and cost nothing
        return paid * max(0.0, 1 - share) / share if share else 0.0

    @property
    def _is_spent(self) -> bool:
        return self._share_spent is not None and self._share_spent() >= 1

    def _pass_over(self, number: int, item: Item) -> None:
        """Take an item as done."""
        at = self._journal.at
        self._seen.add(name_of(item))
        self.passed += 1
        self._require(number + 1 < at.inputs or self._seen.value == at.seen)

    async def locally(self, items: Iterable[Item], work: Work, jobs: int) -> AsyncIterator[Done]:
        """Each item that is left as it is done and written, in this process.

        Args:
            items: all of the input, from the beginning.
            work: what is made of a document.
            jobs: documents under way at once.

        Raises:
            ChangedInputs: the inputs are not those of the earlier process.
        """

        async def one(numbered: tuple[int, Item]) -> Done:
            number, item = numbered
            return Done(number, name_of(item)) if self._is_spent else await worked_on(number, item, work)

        async for done in under_way(self.left(items), one, jobs, self._ordered):
            if self.keep(done):
                yield done

    def keep(self, done: Done) -> bool:
        """Write the record of an item; False when it has none, or when it comes before its turn and has to wait for it.

        Where an order is kept, what follows an item that was not begun is left to the next run.
        """
        if done.record is None:
            self.stopped = True
        if done.record is None or (self._ordered and done.number != self._journal.at.inputs):
            return False
        with stage("write"):
            self._journal.record(done.record, done.spent or Spent())
        self._names[done.number] = done.name
        at = self._journal.at
        while at.inputs in self._names:
            self._seen.add(self._names.pop(at.inputs))
            at.inputs += 1
        at.seen = self._seen.value
        if self._journal.is_due:
            self.save()
        return True

    def save(self) -> None:
        """Make sure of what is written."""
        self._journal.at.beyond = {str(number): name for number, name in sorted(self._names.items())}
        self._journal.save()

    def _unique(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            if isinstance(item, DuplicateDocument):
                self.duplicates += 1
            else:
                yield item

    @staticmethod
    def _require(same: bool) -> None:
        if not same:
            raise ChangedInputs


async def worked_on(number: int, item: Item, work: Work) -> Done:
    """An item with its record and what that has cost."""
    with counted() as spent:
        result = await result_of(item, work)
    failure = result if isinstance(result, Failure) else None
    return Done(number, name_of(item), record_of(result), spent, failure)


class ChangedInputs(Exception):
    """The inputs are not those that an earlier process of the run has read."""


def name_of(item: Item) -> str:
    """A short hash of an item: of id and text, or of the error."""
    said = f"{item.id}\0{item.sha256}" if isinstance(item, Document) else f"{item.document}\0{item.message}"
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:16]
