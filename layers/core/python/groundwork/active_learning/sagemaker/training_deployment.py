"""What every function must know to start training; light enough for each of them to import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingDeployment:
    """What a deployment gives to training: the beginning of all names, the Region, and the role that instances have."""

    prefix: str
    region: str
    role_arn: str
