"""A labeling job in the account, driven as the state machine drives it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from groundwork.active_learning.feature_extraction.extractor import OneByOne
from groundwork.active_learning.feature_extraction.feature_shard import extract_shard
from groundwork.active_learning.feature_extraction.text_features import TextFeatures
from groundwork.active_learning.label_shard import label_shard
from groundwork.active_learning.learn import Decide, learn
from groundwork.active_learning.learning_round import Learning
from groundwork.aws.labeling_machine import LabelingMachine
from groundwork.aws.state_events import StateEvents
from groundwork.aws.wake_schedule import WakeSchedule
from groundwork.consolidation.apply import apply
from groundwork.consolidation.collect import collect, read_batch
from groundwork.consolidation.estimate import estimate
from groundwork.consolidation.worker_response import StoredAnswer
from groundwork.job.job_at_hand import JobAtHand
from groundwork.job.labeling_job import LabelingJob, ManifestVersion
from groundwork.job.record import JobRecord
from groundwork.job.s3_uri import S3Uri
from groundwork.job.status import LabelingJobStatus
from groundwork.manifest_output.finish import finish, publish_progress
from groundwork.pre_annotation.annotate import annotate_shard
from groundwork.prepare_job.prepare import Prepared, line_rules, prepare
from groundwork.select_batch.select import Selection, select
from groundwork.select_batch.stopping import condition_reached
from groundwork.task_dispatch.desk import Desk, Hand
from groundwork.task_dispatch.dispatch import Dispatched, dispatch
from groundwork.task_dispatch.progress import slide, wake_if_due
from groundwork.task_dispatch.redundancy import redundancy
from groundwork.task_dispatch.slots import QueuedObject, Slot
from groundwork.task_dispatch.window import Window
from groundwork.task_types import registry

from tests.aws.account import IN, Account, Clock, FakeEvents, FakeMachine, FakeSchedule

BUCKETS = frozenset({IN})
ROLE = "arn:aws:iam::123456789012:role/groundwork-output"
Choose = Callable[[QueuedObject, str], dict[str, Any] | None]
"""What a worker answers to a data object; None declines it."""


@dataclass
class Labeling:
    """One labeling job; `pre` and `post` stand for the customer's Lambdas, `decide` for the model."""

    account: Account
    clock: Clock
    job: LabelingJob
    machine: FakeMachine = field(default_factory=FakeMachine)
    schedule: FakeSchedule = field(default_factory=FakeSchedule)
    events: FakeEvents = field(default_factory=FakeEvents)
    pre: Callable[[dict[str, Any]], Any] | None = None
    post: Callable[[dict[str, Any]], Any] | None = None
    decide: Decide | None = None
    tokens: int = 0
    loop: int = 0

    @classmethod
    def begin(cls, account: Account, clock: Clock, job: LabelingJob, lines: Iterable[bytes], **fakes: Any) -> Labeling:
        """Upload the manifest and record the job, as ingestion does."""
        uri = S3Uri(IN, f"{job.key}/objects.manifest")
        account.put(uri.bucket, uri.key, b"".join(line + b"\n" for line in lines))
        manifest = ManifestVersion(uri=str(uri), etag=account.store.head(uri).etag)
        created = datetime.fromtimestamp(clock(), UTC)
        job = job.model_copy(update={"manifest": manifest, "created_at": created})
        labeling = cls(account, clock, job, **fakes)
        account.store.write(labeling.at().paths.job, job.model_dump_json().encode())
        assert account.jobs.create(JobRecord.of(job, job.name))
        return labeling

    def at(self) -> JobAtHand:
        """Take the job up anew, as each function does."""
        return JobAtHand(
            job=self.job,
            record=self.account.jobs.find(self.job.key) or JobRecord.of(self.job, self.job.name),
            task_type=registry.get(self.job.task_type),
            store=self.account.store,
            queue=self.account.queue(self.job.key),
            jobs=self.account.jobs,
            log=self.account.log(self.job.name),
            now=self.clock,
        )

    def window(self) -> Window:
        """Read the counters."""
        return self.at().queue.window()

    def prepare(self, *, rebuild: bool = False) -> Prepared:
        """State PrepareJob."""
        prepared = prepare(self.at(), BUCKETS, rebuild_queue=rebuild)
        assert not prepared.problems
        self.loop = 0
        return prepared

    def dispatch(self) -> Dispatched:
        """State TaskDispatch."""
        self.tokens += 1
        return dispatch(
            self.at(),
            cast("LabelingMachine", self.machine),
            cast("WakeSchedule", self.schedule),
            f"token-{self.tokens}",
        )

    def select(self) -> Selection:
        """State SelectBatch."""
        selection = select(self.at(), self.loop, ROLE, sleep=lambda _: None)
        self.loop = selection.loop
        return selection

    def turn(self) -> bool:
        """Go round the machine's loop once, until it waits for people; False when the job is over."""
        selection = self.select()
        if selection.plan is not None:
            self.consolidate(selection)
        if selection.finished:
            self.finish()
            return False
        if selection.plan is not None:
            publish_progress(self.at())
        if selection.learning is not None:
            self.learn(selection.learning)
        for shard in selection.shards:
            self.annotate(shard)
        self.dispatch()
        return True

    def annotate(self, shard: int) -> None:
        """State PreAnnotation."""
        at = self.at()
        assert annotate_shard(at, shard, line_rules(at, BUCKETS), self.pre, self.clock() + 600).done

    def consolidate(self, selection: Selection) -> None:
        """States ConsolidationCollect, ConsolidationEstimate and ConsolidationApply."""
        at = self.at()
        assert selection.plan is not None
        for item in selection.batches:
            collect(at, read_batch(at, selection.plan, item["batch"]))
        estimate(at)
        for item in selection.batches:
            own = item.get("payload")
            response = self.post({**selection.request, **own}) if self.post and own else None
            batch = read_batch(at, selection.plan, item["batch"])
            apply(at, batch, response, by_function=own is not None)

    def learn(self, learning: Learning) -> None:
        """States ActiveLearningFeatures, ActiveLearningFit, ActiveLearningLabel and ManifestOutput."""
        assert self.decide is not None
        for shard in learning.features if self.at().job.task_type.startswith("Text") else ():
            assert extract_shard(self.at(), shard, lambda: OneByOne("texts", TextFeatures()), self.clock() + 600).done
        for shard in learn(self.at(), learning.round, self.decide).labeled_shards:
            label_shard(self.at(), learning.round, shard)
        publish_progress(self.at())

    def finish(self) -> None:
        """State ManifestOutput, in the last round."""
        stopped = self.at().record.status == LabelingJobStatus.STOPPING or condition_reached(self.window())
        status = LabelingJobStatus.STOPPED if stopped else LabelingJobStatus.COMPLETED
        finish(self.at(), status, cast("StateEvents", self.events), cast("WakeSchedule", self.schedule))

    def start(self) -> None:
        """Begin the job, so that people have tasks."""
        self.prepare()
        assert self.turn()

    def desk(self) -> Desk:
        """Open the desk, as the portal does."""
        at, count = self.at(), iter(range(1_000_000))

        def new_token() -> str:
            self.tokens += 1
            return f"secret-{self.tokens}-{next(count)}"

        def on_ready(item: QueuedObject) -> None:
            _, window = slide(at.job, at.queue, at.store, at.now)
            wake_if_due(window, cast("LabelingMachine", self.machine), at.now())

        return Desk(
            job=at.job,
            queue=at.queue,
            store=at.store,
            now=at.now,
            new_token=new_token,
            scatter=lambda entries: entries,
            on_ready=on_ready,
            redundancy=redundancy(at),
        )

    def submit(self, worker: str, hand: Hand, answer: dict[str, Any]) -> None:
        """Submit a task as the portal does."""

        def document(slot: Slot) -> dict[str, Any]:
            return StoredAnswer(
                worker_id=worker,
                answer_content=answer,
                acceptance_time=datetime.fromtimestamp(slot.accepted_at or 0, UTC),
                submission_time=datetime.fromtimestamp(slot.submitted_at or 0, UTC),
                time_spent_in_seconds=2.5,
            ).to_json()

        self.desk().submit(worker, hand.item.entry, hand.token, document)

    def work(self, workers: Iterable[str], choose: Choose, most: int = 1_000_000) -> int:
        """Let each worker do tasks while they get any, in turns; tells how many were done."""
        done, at_work = 0, list(workers)
        while at_work and done < most:
            for worker in list(at_work):
                hand = self.desk().next_task(worker, "", show=True)
                if hand is None:
                    at_work.remove(worker)
                    continue
                self.clock.forward(1)
                answer = choose(hand.item, worker)
                if answer is None:
                    self.desk().decline(worker, hand.item.entry, hand.token, "too dark")
                else:
                    self.submit(worker, hand, answer)
                done += 1
                if done >= most:
                    break
        return done

    def run(self, workers: Iterable[str], choose: Choose) -> None:
        """Work and turn the machine until the job is over."""
        workers = list(workers)
        for _ in range(200):
            self.work(workers, choose)
            if not self.turn():
                return
        raise AssertionError("the job does not end")

    def output(self) -> list[dict[str, Any]]:
        """Read the output manifest."""
        return [json.loads(line) for line in self.account.store.read(self.at().paths.output_manifest).splitlines()]

    def items(self) -> list[QueuedObject]:
        """Read every queued object."""
        return list(self.at().queue.entries(0, self.window().queued))

    def execution(self, number: int) -> None:
        """Begin another execution of the machine."""
        self.account.jobs.change(self.job.key, self.clock(), execution=number)


def pictures(count: int, first: int = 0) -> list[bytes]:
    """Manifest lines of pictures."""
    return [b'{"source-ref":"s3://harbor-in/pier/%03d.jpg"}' % number for number in range(first, first + count)]


def label(text: str) -> dict[str, Any]:
    """An answer that chooses a label."""
    return {"kind": {"label": text}}
