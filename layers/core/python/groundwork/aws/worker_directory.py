"""Cognito: who a worker is and which work teams they belong to, as of now.

A token says what was true when it was issued; a disabled worker keeps it for an hour. So membership is read
again, at most once a minute for a worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

CACHE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether the account is enabled, and its work teams."""

    enabled: bool
    teams: frozenset[str]


class WorkerDirectory:
    """The private workforce: one Cognito user pool, work teams are its groups."""

    def __init__(self, client: CognitoIdentityProviderClient, pool_id: str) -> None:
        self._client = client
        self._pool_id = pool_id
        self._cache: dict[str, tuple[float, Membership]] = {}

    def membership(self, username: str, now: float) -> Membership:
        """Read a worker's membership, at most a minute old."""
        known = self._cache.get(username)
        if known and now - known[0] < CACHE_SECONDS:
            return known[1]
        membership = self._read(username)
        self._cache[username] = (now, membership)
        return membership

    def _read(self, username: str) -> Membership:
        try:
            user = self._client.admin_get_user(UserPoolId=self._pool_id, Username=username)
            groups = self._client.admin_list_groups_for_user(UserPoolId=self._pool_id, Username=username)["Groups"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "UserNotFoundException":
                return Membership(enabled=False, teams=frozenset())
            raise
        return Membership(user.get("Enabled", True), frozenset(group["GroupName"] for group in groups))
