"""What starts, stops and fails labeling jobs from outside the machine."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk.aws_events import EventPattern, Match, Rule
from aws_cdk.aws_events_targets import LambdaFunction
from aws_cdk.aws_sqs import IQueue
from constructs import Construct

from stacks.constructs.stage_function import StageFunction

EVENT_SOURCE = "groundwork"
STOP_EVENT = "Stop Labeling Job"
DROP_KEYS = ("*/job.json", "*/*.manifest", "*/*.jsonl", "*/labels.json")
"""A wildcard of EventBridge goes across slashes: the function looks at the exact depth."""
STOP_KEYS = ("*/stop",)
RETRIES = 24
"""Deliveries tried again, with growing waits, before an event becomes a dead letter."""


class EventRules(Construct):
    """Rules on the default event bus. An event that can't be delivered becomes a dead letter."""

    def __init__(self, scope: Construct, construct_id: str, *, jobs_bucket_name: str, dead_letters: IQueue) -> None:
        super().__init__(scope, construct_id)
        self._bucket = jobs_bucket_name
        self._dead_letters = dead_letters

    def on_drop(self, function: StageFunction) -> None:
        """Call the function when a part of a job is dropped."""
        self._rule("Drop", "A part of a labeling job was dropped", self._created(DROP_KEYS), function)

    def on_stop(self, function: StageFunction) -> None:
        """Call the function when somebody wants a job stopped: by a marker in S3 or by an event."""
        self._rule("StopMarker", "A stop marker was dropped", self._created(STOP_KEYS), function)
        event = EventPattern(source=[EVENT_SOURCE], detail_type=[STOP_EVENT])
        self._rule("StopEvent", "Somebody asks to stop a labeling job", event, function)

    def on_lost_execution(self, machine_arn: str, function: StageFunction) -> None:
        """Call the function when an execution ended in a way that no state can catch."""
        ended = EventPattern(
            source=["aws.states"],
            detail_type=["Step Functions Execution Status Change"],
            detail={"stateMachineArn": [machine_arn], "status": ["FAILED", "TIMED_OUT", "ABORTED"]},
        )
        self._rule("LostExecution", "An execution ended without completing its labeling job", ended, function)

    def _created(self, keys: Sequence[str]) -> EventPattern:
        return EventPattern(
            source=["aws.s3"],
            detail_type=["Object Created"],
            detail={"bucket": {"name": [self._bucket]}, "object": {"key": Match.any_of(*map(Match.wildcard, keys))}},
        )

    def _rule(self, name: str, description: str, pattern: EventPattern, function: StageFunction) -> None:
        target = LambdaFunction(
            function.function,
            dead_letter_queue=self._dead_letters,
            max_event_age=Duration.hours(24),
            retry_attempts=RETRIES,
        )
        Rule(self, name, description=description, event_pattern=pattern, targets=[target])
