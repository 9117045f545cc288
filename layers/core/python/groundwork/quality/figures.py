"""The quality figures of a labeling job, added up object by object; memory follows the number of workers and labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from groundwork.job.labeling_job import LabelingJob
from groundwork.quality.confidence_histogram import ConfidenceHistogram
from groundwork.quality.estimated_worker import EstimatedWorker
from groundwork.quality.gold_tally import GoldTally
from groundwork.quality.hardest import LONGEST_TEXT, Hardest, HardObject
from groundwork.quality.iteration_tally import IterationTally
from groundwork.quality.judged import JudgedAnswer, JudgedObject, pairwise
from groundwork.quality.label_tally import LabelTally
from groundwork.quality.mean import Mean, rounded
from groundwork.quality.measure import AgreementMeasure, Json
from groundwork.quality.timeline import Timeline
from groundwork.quality.worker_tally import WorkerTally, truth_of

NO_MEASURE = "nobody can tell how alike two answers of this task type are"
ONE_ANSWER = "no data object has two answers that can be compared"
NOT_NOMINAL = "alpha is for answers that are one label each"
NO_CHOICE = "all answers name the same label, so that agreement by chance is certain"
ONE_WORKER = "one worker was asked for each data object, which gives no confidence"
NO_CONFIDENCE = "the labels carry no confidence"


@dataclass(slots=True)
class Figures:
    """`measure` is the task type's; without one only answers, times and progress are told."""

    job: LabelingJob
    measure: AgreementMeasure | None
    workers: defaultdict[str, WorkerTally] = field(default_factory=lambda: defaultdict(WorkerTally))
    labels: LabelTally = field(default_factory=LabelTally)
    iterations: defaultdict[int, IterationTally] = field(default_factory=lambda: defaultdict(IterationTally))
    agreement: Mean = field(default_factory=Mean)
    seconds: Mean = field(default_factory=Mean)
    confidence: ConfidenceHistogram = field(default_factory=ConfidenceHistogram)
    gold: GoldTally = field(default_factory=GoldTally)
    hardest: Hardest = field(default_factory=Hardest)
    timeline: Timeline = field(default_factory=Timeline)
    objects: int = 0
    compared: int = 0
    estimated: Mapping[str, EstimatedWorker] = field(default_factory=dict)
    """What the stored estimate tells of the workers, where answers and labels alone tell no quality."""

    def add(self, item: JudgedObject) -> None:
        """Count one answered data object; each may be given once."""
        self.compared += item.compared
        self.objects += 1
        agreement = self._compare(item)
        self.iterations[item.iteration].add(item, agreement)
        self.timeline.add(item.ready_at)
        if not item.is_gold:
            self.hardest.add(item, agreement)
        if item.confidence is not None and not item.is_gold:
            self.confidence.add(item.confidence)
        for answer in item.answers:
            tally = self.workers[answer.worker_id]
            tally.answers += 1
            if answer.seconds is not None:
                tally.seconds.add(answer.seconds)
                self.seconds.add(answer.seconds)

    def _compare(self, item: JudgedObject) -> float | None:
        """Compare the answers with each other and with the label; returns their mean agreement."""
        measure = self.measure
        if measure is None:
            return None
        self.labels.add(item, measure)
        usable = item.usable
        pairs = pairwise(usable, measure)
        for (one, other), similarity in pairs.items():
            self.workers[one].with_others.add(similarity)
            self.workers[other].with_others.add(similarity)
        if item.is_gold:
            self._compare_with_gold(item, measure)
        elif item.label is not None:
            for answer in usable:
                self.workers[answer.worker_id].with_label.add(measure.similarity(answer.value, item.label))
            if measure.nominal and self.job.workers_per_object > 1:
                truth = truth_of(item.label, item.confidence, {answer.value for answer in usable})
                self._judge_workers(usable, truth)
        if not pairs:
            return None
        agreement = sum(pairs.values()) / len(pairs)
        self.agreement.add(agreement)
        return agreement

    def _compare_with_gold(self, item: JudgedObject, measure: AgreementMeasure) -> None:
        self.gold.add(item, measure)
        if item.gold is None:
            return
        for answer in item.usable:
            self.workers[answer.worker_id].gold.add(measure.similarity(answer.value, item.gold))
        if measure.nominal:
            self._judge_workers(item.usable, {item.gold: 1.0})

    def _judge_workers(self, answers: list[JudgedAnswer], truth: Mapping[int, float]) -> None:
        for answer in answers:
            self.workers[answer.worker_id].add_truth(answer.value, truth)

    def document(self) -> dict[str, Json]:
        """Describe all of it (docs/quality.md)."""
        shares = self.labels.shares()
        return {
            "answers": self._answers(),
            "agreement": self._agreement(),
            "labels": self.labels.document(self.job.labels or ()) if self.measure else [],
            "confidence": self._confidence(),
            "gold": self.gold.document(),
            "workers": [self._worker(worker, self.workers[worker], shares) for worker in sorted(self.workers)],
            "iterations": [self.iterations[number].document(number) for number in sorted(self.iterations)],
            "progress": self.timeline.points(),
            "hardest": [self._hard(hard) for hard in self.hardest.listed()],
        }

    def _answers(self) -> dict[str, Json]:
        parts = self.iterations.values()
        count, missing = sum(part.answers for part in parts), sum(part.missing for part in parts)
        most = sum(part.objects for part in parts) * self.job.workers_per_object
        saved = {"most": most, "saved": most - count - missing} if self.job.adaptive else {}
        return {"count": count, "missing": missing, **saved, "meanSeconds": rounded(self.seconds.value)}

    def _agreement(self) -> dict[str, Json]:
        measure, mean = self.measure, self.agreement.value
        found: dict[str, Json] = {
            "measure": measure.name if measure else None,
            "mean": rounded(mean),
            "objects": self.agreement.count,
            "alpha": None,
        }
        if self.compared < self.objects:
            found["sample"] = {"objects": self.compared, "of": self.objects}
        if measure is None or mean is None:
            return {**found, "reason": NO_MEASURE if measure is None else ONE_ANSWER}
        if not measure.nominal:
            return {**found, "reason": NOT_NOMINAL}
        alpha = self.labels.alpha.overall()
        return {**found, "alpha": rounded(alpha), **({"reason": NO_CHOICE} if alpha is None else {})}

    def _confidence(self) -> dict[str, Json]:
        if self.confidence.mean.count:
            return self.confidence.document()
        reason = ONE_WORKER if self.job.workers_per_object == 1 else NO_CONFIDENCE
        return {"mean": None, "histogram": [], "reason": reason}

    def _worker(self, worker: str, tally: WorkerTally, shares: Mapping[int, float]) -> dict[str, Json]:
        return {
            "workerId": worker,
            "answers": tally.answers,
            "meanSeconds": rounded(tally.seconds.value),
            "agreementWithLabel": rounded(tally.with_label.value),
            "agreementWithOthers": rounded(tally.with_others.value),
            "gold": {"answers": tally.gold.count, "right": rounded(tally.gold.total)},
            "quality": self._estimated(worker) or tally.quality(shares),
        }

    def _estimated(self, worker: str) -> dict[str, Json] | None:
        found = self.estimated.get(worker)
        return None if found is None else found.document()

    def _hard(self, hard: HardObject) -> dict[str, Json]:
        item, measure = hard.item, self.measure
        given = Counter(label for answer in item.usable for label in (measure.labels(answer.value) if measure else ()))
        return {
            "objectId": item.object_id,
            "dataObject": {key: text[:LONGEST_TEXT] for key, text in item.data_object.items()},
            "labels": list(self._named(measure.labels(item.label) if measure and item.label is not None else ()))
            if item.compared
            else None,
            "confidence": item.confidence,
            "agreement": rounded(hard.agreement),
            "given": {name: given[index] for name, index in self._named(given).items()},
        }

    def _named(self, indices: Iterable[int]) -> dict[str, int]:
        """Index by name of label, in the order of the label file."""
        return {(self.job.labels or ())[index]: index for index in sorted(indices)}
