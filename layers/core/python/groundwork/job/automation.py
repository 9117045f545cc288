"""A checked request's automated data labeling, with everything resolved (spec: workflows §3.1)."""

from __future__ import annotations

from groundwork.job.automation_defaults import DEFAULTS, default_trainer, is_own_algorithm
from groundwork.job.drop_context import DropContext
from groundwork.job.feature_extractor import ObjectKind, chosen_extractor
from groundwork.job.labeling_job import Algorithm, AutomatedLabeling, TrainingNetwork, TrainingSettings
from groundwork.job.request import AutomatedLabelingSettings, LabelingJobAlgorithmsConfig, LabelingJobRequest
from groundwork.job.request_view import RequestView
from groundwork.task_types.task_type import TaskType


def resolve_automation(
    request: LabelingJobRequest, view: RequestView, task_type: TaskType, context: DropContext
) -> AutomatedLabeling | None:
    """Translate `LabelingJobAlgorithmsConfig` and `Groundwork.AutomatedLabeling`; None when people label everything.

    Parameters
    ----------
    request
        A request in which `automation_rules` finds nothing wrong.
    view
        The same request.
    context
        The deployment, whose setting `featureExtractors` stands where the request says nothing.
    """
    config, algorithm = request.labeling_job_algorithms_config, task_type.automated_labeling
    if config is None or algorithm is None:
        return None
    own = request.groundwork.automated_labeling or AutomatedLabelingSettings()
    trainer = own.trainer or default_trainer(view, algorithm)
    return AutomatedLabeling(
        algorithm=algorithm,
        trainer=trainer,
        target=own.target or DEFAULTS[algorithm].target,
        feature_extractor=chosen_extractor(ObjectKind.of(task_type), own.feature_extractor, context.feature_extractors)
        if trainer == "embedded"
        else None,
        sagemaker=_training(config, own, algorithm) if trainer == "sagemaker" else None,
    )


def _training(
    config: LabelingJobAlgorithmsConfig, own: AutomatedLabelingSettings, algorithm: Algorithm
) -> TrainingSettings:
    defaults, resources = DEFAULTS[algorithm], config.labeling_job_resource_config
    network = resources.vpc_config if resources else None
    arn = config.labeling_job_algorithm_specification_arn
    return TrainingSettings(
        image=own.training_image,
        algorithm_name=arn if is_own_algorithm(arn) and own.training_image is None else None,
        hyper_parameters=own.hyper_parameters or {},
        training_instance_type=own.training_instance_type or defaults.training_instance_type,
        transform_instance_type=own.transform_instance_type or defaults.transform_instance_type,
        volume_kms_key=(resources.volume_kms_key_id if resources else None) or None,
        network=TrainingNetwork(security_groups=network.security_group_ids, subnets=network.subnets)
        if network
        else None,
        initial_model_arn=config.initial_active_learning_model_arn,
    )
