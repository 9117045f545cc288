"""Labeling jobs in the queue table: their records, the jobs of a team, and a worker's held tasks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from groundwork.aws.table import Table
from groundwork.job.record import JobRecord
from groundwork.task_dispatch.write_conflict import WriteConflictError

HELD_SECONDS = 35 * 86_400
"""A held task is forgotten after the longest life of a job (30 days)."""


UNFINISHED = "UNFINISHED"


@dataclass(frozen=True, slots=True)
class HeldTask:
    """A task a worker stopped at, or has a draft of; `has_draft` tells whether there is anything in the draft."""

    job_key: str
    entry: int
    object_id: int
    stopped_at: float
    lease_until: float | None
    time_spent: float
    has_draft: bool


class JobStore:
    """Records of labeling jobs."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find(self, key: str) -> JobRecord | None:
        """Read a job's record by its name in lower case."""
        item = self._table.get(f"JOB#{key}", "JOB")
        return _record(item) if item else None

    def get(self, key: str) -> JobRecord:
        """Read a job's record.

        Raises
        ------
        LookupError
            There is no such job.
        """
        record = self.find(key)
        if record is None:
            raise LookupError(f"there is no labeling job {key!r}")
        return record

    def create(self, record: JobRecord) -> bool:
        """Write the record of a new job, or of one that failed before anybody saw a task.

        Tells whether this call did it; a name is taken for good once work has begun.
        """
        item = {"pk": f"JOB#{record.key}", "sk": "JOB", "kind": "job", **record.model_dump()}
        condition = "attribute_not_exists(pk) OR (#status = :failed AND tasks_created = :no)"
        created = self._table.put_action(item, condition, {":failed": "Failed", ":no": False})
        lists = [{"pk": partition, "sk": _list_key(record), "job": record.key} for partition in _lists(record)]
        try:
            self._table.transact([{"Put": created}, *({"Put": self._table.put_action(entry)} for entry in lists)])
        except WriteConflictError:
            return False
        return True

    def change(self, key: str, moment: float, *, only_from: tuple[str, ...] = (), **values: Any) -> JobRecord | None:
        """Set attributes of a record, leaving out those that are None; None when its status is not in `only_from`."""
        values = {name: value for name, value in values.items() if value is not None} | {"modified_at": moment}
        condition = "attribute_exists(pk)"
        parameters = {f":{name}": value for name, value in values.items()}
        if only_from:
            allowed = {f":from{number}": status for number, status in enumerate(only_from)}
            condition += f" AND #status IN ({', '.join(allowed)})"
            parameters |= allowed
        change = "SET " + ", ".join(f"#{name} = :{name}" for name in values)
        try:
            return _record(self._table.update(f"JOB#{key}", "JOB", change, parameters, condition))
        except WriteConflictError:
            return None

    def of_team(self, team: str) -> list[JobRecord]:
        """List the unfinished jobs of a work team, oldest first."""
        return self._listed(f"TEAM#{team}")

    def unfinished(self) -> list[JobRecord]:
        """List the unfinished jobs of the deployment, oldest first."""
        return self._listed(UNFINISHED)

    def leave_lists(self, record: JobRecord) -> None:
        """Take a finished job off its team's list and the deployment's."""
        for partition in _lists(record):
            self._table.delete(partition, _list_key(record))

    def _listed(self, partition: str) -> list[JobRecord]:
        keys = [item["job"] for item in self._table.query(partition)]
        records = [record for key in keys if (record := self.find(key))]
        return [record for record in records if not record.finished]

    def hold(self, worker: str, task: HeldTask) -> None:
        """Remember a task for its worker."""
        self._table.put(
            {
                "pk": f"WORKER#{worker}",
                "sk": f"{task.job_key}#{task.entry:08d}",
                "ttl": int(task.stopped_at + HELD_SECONDS),
                **asdict(task),
            }
        )

    def held(self, worker: str, job_key: str | None = None) -> list[HeldTask]:
        """List what a worker has stopped at, in one job or in all."""
        least, most = (f"{job_key}#", f"{job_key}#~") if job_key else ("", None)
        return [
            HeldTask(
                item["job_key"],
                item["entry"],
                item["object_id"],
                item["stopped_at"],
                item.get("lease_until"),
                item["time_spent"],
                item["has_draft"],
            )
            for item in self._table.query(f"WORKER#{worker}", least=least, most=most)
        ]

    def let_go(self, worker: str, job_key: str, entry: int) -> None:
        """Forget a held task.

        Few tasks are held, and looking costs a fifth of a deletion.
        """
        key = f"WORKER#{worker}", f"{job_key}#{entry:08d}"
        if self._table.get(*key) is not None:
            self._table.delete(*key)


def _lists(record: JobRecord) -> tuple[str, str]:
    return f"TEAM#{record.work_team}", UNFINISHED


def _list_key(record: JobRecord) -> str:
    return f"{int(record.created_at):012d}#{record.key}"


def _record(item: dict[str, Any]) -> JobRecord:
    return JobRecord(**{name: value for name, value in item.items() if name in JobRecord.model_fields})
