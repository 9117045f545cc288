"""Where a round of the SageMaker trainer keeps its files (spec: workflows §3.8; docs/architecture.md)."""

from __future__ import annotations

from dataclasses import dataclass

from groundwork.job.labeling_job import LabelingJob
from groundwork.job.s3_uri import S3Uri


@dataclass(frozen=True, slots=True)
class TrainingPaths:
    """Everything of one round; `root` is the job's output root."""

    root: S3Uri
    number: int

    @classmethod
    def of(cls, job: LabelingJob, number: int) -> TrainingPaths:
        """Locate a round of a job."""
        return cls(job.output, number)

    def training_input(self, channel: str) -> S3Uri:
        """Locate the augmented manifest of a channel."""
        return self.root.child(f"training/{self.number}/input/{channel}.ndjson")

    @property
    def models(self) -> S3Uri:
        """Prefix under which SageMaker writes `<training job>/output/model.tar.gz`."""
        return self.root.child(f"training/{self.number}/model")

    def inference_input(self, part: str) -> S3Uri:
        """Locate the input of one transform job: a list of images, or the prefix of files of texts."""
        return self.root.child(f"inference/{self.number}/input/{part}")

    def inference_output(self, part: str) -> S3Uri:
        """Prefix under which SageMaker writes a `.out` file for each input file."""
        return self.root.child(f"inference/{self.number}/output/{part}")

    def predicted_mask(self, object_id: int) -> S3Uri:
        """Locate a mask that the model drew, whether or not it becomes a label."""
        return self.root.child(f"inference/{self.number}/masks/{object_id}.png")

    @property
    def jobs(self) -> S3Uri:
        """Names of the round's jobs at SageMaker."""
        return self.root.child(f".groundwork/training-jobs/{self.number:05d}.json")

    @property
    def jobs_prefix(self) -> S3Uri:
        """Those of all rounds."""
        return self.root.child(".groundwork/training-jobs/")

    def asked(self, shard: int) -> S3Uri:
        """Locate the data objects of a shard that the model is asked about."""
        return self.root.child(f".groundwork/inference/{self.number:05d}/{shard:06d}.json")

    def predictions(self, shard: int) -> S3Uri:
        """Locate what the model said of a shard's data objects."""
        return self.root.child(f".groundwork/predictions/{self.number:05d}/{shard:06d}.ndjson")

    @property
    def predictions_prefix(self) -> S3Uri:
        """All predictions of the round."""
        return self.root.child(f".groundwork/predictions/{self.number:05d}/")
