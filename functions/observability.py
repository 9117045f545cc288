"""Logger and metrics of every function.

Metrics go to stdout in the embedded metric format, in one namespace. A job's figures have one dimension,
its name; a deployment's have none, because each set of dimensions is billed as a metric of its own.
"""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit, single_metric

NAMESPACE = "Groundwork"
ENDS = {"Completed": "JobsSucceeded", "Failed": "JobsFailed", "Stopped": "JobsStopped"}

logger = Logger(use_rfc3339=True)
metrics = Metrics(namespace=NAMESPACE)


def job_metric(name: str, value: float, job_name: str, unit: MetricUnit = MetricUnit.Count) -> None:
    """Write one figure of a labeling job."""
    with single_metric(name=name, unit=unit, value=value, namespace=NAMESPACE) as metric:
        metric.add_dimension(name="LabelingJobName", value=job_name)


def deployment_metric(name: str, value: float = 1, unit: MetricUnit = MetricUnit.Count, **dimensions: Any) -> None:
    """Write one figure of the whole deployment, or of a work team or task type."""
    with single_metric(
        name=name, unit=unit, value=value, namespace=NAMESPACE, default_dimensions=dimensions or None
    ) as metric:
        for dimension, text in dimensions.items():
            metric.add_dimension(name=dimension, value=text)


def count_end(task_type: str, status: str) -> None:
    """Count a labeling job that has ended; nothing for one that goes on."""
    if status in ENDS:
        deployment_metric(ENDS[status])
        deployment_metric(ENDS[status], TaskType=task_type)
