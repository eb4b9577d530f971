"""Many documents to one file: records, a journal that survives a kill, what it all costs.

    documents ──left──▶ those not done yet ──work──▶ records (JSON lines) ──journal──▶ OUT.partial ──▶ OUT

What was written and checkpointed is passed over by the next run; what was paid for is in the store.
"""

from .journal import Journal, Progressed
from .meter import Budget, Meter, Spent
from .outputs import is_table, read_lines, require, write_lines
from .records import Record, record_of
from .retrying import failed_in, only, replace_failures
from .running import Bulk, ChangedInputs, Done, Item, Work, name_of, worked_on

__all__ = [
    "Budget", "Bulk", "ChangedInputs", "Done", "Item", "Journal", "Meter", "Progressed", "Record", "Spent", "Work",
    "failed_in", "is_table", "name_of", "only", "read_lines", "record_of", "replace_failures", "require", "worked_on",
    "write_lines",
]  # fmt: skip
