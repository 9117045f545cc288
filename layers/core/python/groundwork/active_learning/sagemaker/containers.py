"""Containers of SageMaker's built-in algorithms: one repository an algorithm, one account a Region.

Source: "Docker Registry Paths" of the SageMaker developer guide.
"""

from __future__ import annotations

from groundwork.job.labeling_job import Algorithm

REPOSITORIES: dict[Algorithm, str] = {
    "image-classification": "image-classification",
    "text-classification": "blazingtext",
    "object-detection": "object-detection",
    "semantic-segmentation": "semantic-segmentation",
}
"""Image classification by MXNet, texts by BlazingText in supervised mode."""
TAG = "1"

ACCOUNTS = {
    "af-south-1": "455444449433",
    "ap-east-1": "286214385809",
    "ap-northeast-1": "501404015308",
    "ap-northeast-2": "306986355934",
    "ap-northeast-3": "364406365360",
    "ap-south-1": "991648021394",
    "ap-southeast-1": "475088953585",
    "ap-southeast-2": "544295431143",
    "ca-central-1": "469771592824",
    "cn-north-1": "390948362332",
    "cn-northwest-1": "387376663083",
    "eu-central-1": "813361260812",
    "eu-north-1": "669576153137",
    "eu-south-1": "257386234256",
    "eu-west-1": "685385470294",
    "eu-west-2": "644912444149",
    "eu-west-3": "749696950732",
    "me-south-1": "249704162688",
    "sa-east-1": "855470959533",
    "us-east-1": "811284229777",
    "us-east-2": "825641698319",
    "us-gov-west-1": "226302683700",
    "us-west-1": "632365934929",
    "us-west-2": "433757028032",
}


class NoContainerError(ValueError):
    """The Region has no built-in algorithm that we know of."""


def built_in_image(algorithm: Algorithm, region: str) -> str:
    """Form the registry path of a built-in algorithm.

    Raises
    ------
    NoContainerError
        With what a request can do instead.
    """
    if region not in ACCOUNTS:
        raise NoContainerError(
            f"SageMaker's built-in algorithms have no known registry in {region}; name a container in "
            "Groundwork.AutomatedLabeling.TrainingImage"
        )
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"{ACCOUNTS[region]}.dkr.ecr.{region}.{domain}/{REPOSITORIES[algorithm]}:{TAG}"
