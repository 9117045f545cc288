"""Who is asking: the worker of a request, as the authorizer and the user pool know them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from groundwork.consolidation.worker_response import WorkerIdentity
from groundwork.job.names import worker_id

from functions import wiring
from functions.portal_api.refusal import RefusalError


@dataclass(frozen=True, slots=True)
class Worker:
    """A signed-in worker; `teams` are those they belong to now, not when they signed in."""

    id: str
    name: str
    teams: frozenset[str]
    identity: WorkerIdentity


def worker_of(claims: dict[str, Any]) -> Worker:
    """Read the worker off the token's claims and the user pool.

    Raises
    ------
    RefusalError
        The account is disabled.
    """
    env = wiring.environment()
    membership = wiring.directory().membership(claims["cognito:username"], time.time())
    if not membership.enabled:
        raise RefusalError(403, "disabled", "Your account is disabled. Please ask whoever invited you.")
    return Worker(
        id=worker_id(env.region, env.user_pool_id, claims["sub"]),
        name=claims.get("name") or claims.get("email") or claims["cognito:username"],
        teams=membership.teams,
        identity=WorkerIdentity(identity_provider_type="Cognito", issuer=claims["iss"], sub=claims["sub"]),
    )
