"""Where everything of a labeling job lies in S3 (docs/architecture.md, spec: data-formats §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from groundwork.job.s3_uri import S3Uri


@dataclass(frozen=True, slots=True)
class DropPaths:
    """The folder a labeling job is dropped into."""

    bucket: str
    folder: str

    @property
    def request(self) -> S3Uri:
        """`job.json`, the CreateLabelingJob request."""
        return S3Uri(self.bucket, f"{self.folder}/job.json")

    @property
    def errors(self) -> S3Uri:
        """`error.json`, why the drop can't become a job."""
        return S3Uri(self.bucket, f"{self.folder}/error.json")

    @property
    def stop_marker(self) -> S3Uri:
        """An object whose appearance stops the job."""
        return S3Uri(self.bucket, f"{self.folder}/stop")


def file_time(moment: datetime) -> str:
    """Name a file after a moment, UTC: `2026-03-02_09:14:55`, colons and all (spec: workflows §1.6)."""
    return moment.strftime("%Y-%m-%d_%H:%M:%S")


@dataclass(frozen=True, slots=True)
class JobPaths:
    """Everything below a labeling job's output root."""

    root: S3Uri

    def _at(self, key: str) -> S3Uri:
        return self.root.child(key)

    @property
    def output_manifest(self) -> S3Uri:
        """The augmented output manifest."""
        return self._at("manifests/output/output.manifest")

    def intermediate_manifest(self, iteration: int) -> S3Uri:
        """Locate the output manifest as it was when an iteration ended."""
        return self._at(f"manifests/intermediate/{iteration}/output.manifest")

    def intermediate_annotations(self, iteration: int) -> S3Uri:
        """Locate the labels that an iteration's data objects were given."""
        return self._at(f"annotations/intermediate/{iteration}/annotations.json")

    @property
    def annotations(self) -> S3Uri:
        """`outputConfig` of a post-annotation request."""
        return self._at("annotations")

    def worker_response(self, iteration: int, object_id: int, moment: datetime) -> S3Uri:
        """Locate all answers to one data object."""
        return self._at(f"annotations/worker-response/iteration-{iteration}/{object_id}/{file_time(moment)}.json")

    def consolidation_request(self, iteration: int, moment: datetime) -> S3Uri:
        """Locate the payload of one post-annotation call."""
        return self._consolidated("consolidation-request", iteration, moment)

    def large_answer(self, iteration: int, moment: datetime, object_id: int, worker_id: str) -> S3Uri:
        """Locate an answer that is too large for its request file."""
        folder = self.consolidation_request(iteration, moment)
        return S3Uri(folder.bucket, f"{folder.key.removesuffix('.json')}/{object_id}/{worker_id}.json")

    def consolidation_response(self, iteration: int, moment: datetime) -> S3Uri:
        """Locate what consolidation answered."""
        return self._consolidated("consolidation-response", iteration, moment)

    def consolidated_file(self, object_id: int, moment: datetime, extension: str) -> S3Uri:
        """Locate a file that a data object's label points to (spec: data-formats §7)."""
        time = moment.strftime("%Y-%m-%dT%H:%M:%S.%f")
        return self._at(f"annotations/consolidated-annotation/output/{object_id}_{time}{extension}")

    @property
    def quality(self) -> S3Uri:
        """The quality figures, beside the output manifest."""
        return self._at("manifests/output/quality.json")

    @property
    def quality_report(self) -> S3Uri:
        """The same figures as a page for people."""
        return self._at("manifests/output/report.html")

    def export(self, name: str, file: str) -> S3Uri:
        """Locate one file of an export, beside the output manifest."""
        return self._at(f"manifests/output/{name}/{file}")

    def _consolidated(self, kind: str, iteration: int, moment: datetime) -> S3Uri:
        return self._at(f"annotations/consolidated-annotation/{kind}/iteration-{iteration}/{file_time(moment)}.json")

    @property
    def state_prefix(self) -> S3Uri:
        """Everything of ours below the root."""
        return self._at(".groundwork/")

    @property
    def job(self) -> S3Uri:
        """The resolved labeling job."""
        return self._at(".groundwork/labeling-job.json")

    @property
    def shards(self) -> S3Uri:
        """Object ids and byte ranges of the shards."""
        return self._at(".groundwork/shards.json")

    def task_input(self, shard: int) -> S3Uri:
        """Locate the task inputs of a shard, one line a data object."""
        return self._at(f".groundwork/task-input/{shard:06d}.ndjson")

    def task_input_index(self, shard: int) -> S3Uri:
        """Locate the index of a shard's task inputs; it is there when they are complete."""
        return self._at(f".groundwork/task-input/{shard:06d}.json")

    def task_input_checkpoint(self, shard: int) -> S3Uri:
        """Locate the responses of a customer's pre-annotation Lambda so far."""
        return self._at(f".groundwork/task-input/{shard:06d}.checkpoint.ndjson")

    def selected(self, batch: int) -> S3Uri:
        """Locate the data objects of a batch that was selected for people, where a model labels too."""
        return self._at(f".groundwork/selected/{batch:05d}.json")

    def learning_round(self, number: int) -> S3Uri:
        """Locate what a round of active learning decided; it is there when the round is complete."""
        return self._at(f".groundwork/learning/{number:05d}.json")

    @property
    def learning_rounds_prefix(self) -> S3Uri:
        """All rounds of active learning."""
        return self._at(".groundwork/learning/")

    def learning_history(self, number: int) -> S3Uri:
        """Locate what a round of active learning hands to the next."""
        return self._at(f".groundwork/learning-history/{number:05d}.json")

    def decided(self, number: int, shard: int) -> S3Uri:
        """Locate what a round predicted of a shard's data objects, surely enough to label them."""
        return self._at(f".groundwork/decided/{number:05d}/{shard:06d}.ndjson")

    @property
    def features_prefix(self) -> S3Uri:
        """What a model sees of the data objects."""
        return self._at(".groundwork/features/")

    def features(self, shard: int) -> S3Uri:
        """Locate the features of a shard's data objects."""
        return self._at(f".groundwork/features/{shard:06d}.npz")

    def features_checkpoint(self, shard: int) -> S3Uri:
        """Locate the features of a shard so far."""
        return self._at(f".groundwork/features-so-far/{shard:06d}.npz")

    @property
    def representation(self) -> S3Uri:
        """The features of all data objects in the form that the embedded trainer learns from."""
        return self._at(".groundwork/representation.npz")

    def auto_annotations(self, number: int, shard: int) -> S3Uri:
        """Locate a shard's data objects that a round labeled by the model (spec: workflows §3.8)."""
        return self._at(f"activelearning/{number}/{shard:06d}/auto_annotator_output.txt")

    def learning_figures(self, number: int) -> S3Uri:
        """Locate the figures of a round of active learning, for people."""
        return self._at(f"activelearning/{number}/figures.json")

    def model(self, number: int, job_name: str) -> S3Uri:
        """Locate the model artefact of a round (spec: workflows §3.8)."""
        return self._at(f"training/{number}/model/{job_name}/output/model.tar.gz")

    @property
    def opened_prefix(self) -> S3Uri:
        """Records of when data objects entered the window."""
        return self._at(".groundwork/opened/")

    def opened(self, entry: int, count: int) -> S3Uri:
        """Locate the record of entries that entered the window together."""
        return self._at(f".groundwork/opened/{entry:08d}-{count}.json")

    @property
    def answers_prefix(self) -> S3Uri:
        """Every submitted answer."""
        return self._at(".groundwork/answers/")

    def answer(self, object_id: int, worker_id: str) -> S3Uri:
        """Locate one worker's answer."""
        return self._at(f".groundwork/answers/{object_id}/{worker_id}.json")

    @property
    def declines_prefix(self) -> S3Uri:
        """Every decline."""
        return self._at(".groundwork/declines/")

    def decline(self, object_id: int, worker_id: str) -> S3Uri:
        """Locate one worker's decline."""
        return self._at(f".groundwork/declines/{object_id}/{worker_id}.json")

    def draft(self, object_id: int, worker_id: str) -> S3Uri:
        """Locate one worker's unfinished work."""
        return self._at(f".groundwork/drafts/{object_id}/{worker_id}.json")

    def plan(self, plan: str) -> S3Uri:
        """Locate the batches of one consolidation round."""
        return self._at(f".groundwork/plans/{plan}.json")

    @property
    def plans_prefix(self) -> S3Uri:
        """All consolidation rounds."""
        return self._at(".groundwork/plans/")

    def collected(self, shard: int, plan: str, batch: int) -> S3Uri:
        """Locate the compacted answers of a batch."""
        return self._at(f".groundwork/collected/{shard:06d}/{plan}-{batch:05d}.ndjson")

    @property
    def votes_prefix(self) -> S3Uri:
        """What `estimate` reads."""
        return self._at(".groundwork/votes/")

    def votes(self, plan: str, batch: int) -> S3Uri:
        """Locate the votes of a batch."""
        return self._at(f".groundwork/votes/{plan}-{batch:05d}.json")

    @property
    def worker_quality(self) -> S3Uri:
        """The estimated model of the workers."""
        return self._at(".groundwork/worker-quality.json")

    @property
    def earlier_quality(self) -> S3Uri:
        """What earlier jobs showed of the work team, as it was when this one began to estimate."""
        return self._at(".groundwork/earlier-quality.json")

    @property
    def excluded_workers(self) -> S3Uri:
        """Workers whose answers are left out."""
        return self._at(".groundwork/excluded-workers.json")

    @property
    def labels_prefix(self) -> S3Uri:
        """Every label file."""
        return self._at(".groundwork/labels/")

    def labels(self, shard: int, plan: str, batch: int) -> S3Uri:
        """Locate the labels of a batch."""
        return self._at(f".groundwork/labels/{shard:06d}/{plan}-{batch:05d}.ndjson")
