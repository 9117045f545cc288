"""What the cost of a labeling job rests on besides counted calls. Printed with the result."""

from __future__ import annotations

WORKERS = 3
"""Workers at the same time, who are also the workers of each data object."""
SECONDS_AN_ANSWER = 20.0
"""From one answer of a worker to the next. The longer, the more rounds of ten minutes a job has."""
CALL_SECONDS = {"dynamodb": 0.006, "s3": 0.025, "logs": 0.015, "cognito-idp": 0.03, "other": 0.03}
"""How long a Lambda waits for one call, one after the other: typical inside a Region."""
LAMBDA_SECONDS = 0.015
"""Own work of one invocation, warm."""
COLD_SECONDS = 1.5
"""Start of an execution environment, which is billed: one for every function, three for the portal's."""
PLATFORM_LOG_BYTES = 700
"""Lambda's own log events of one invocation in JSON: start and report."""
PORTAL_MEMORY = 1_024
"""MB, as in `stacks/portal.py`."""
LIST_SECONDS = 1_800.0
"""How often a worker comes back to the list of jobs."""
SHOWN_TASK_REQUESTS = 1
"""Browser requests of an answer that reach no function: the CORS preflight of its address."""
