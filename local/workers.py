"""Invite, disable and list the workers of the private workforce.

Called as `python -m local.workers invite NAME --team TEAM [--email ADDRESS]`, `disable NAME`, `enable NAME`, `list`.
"""

from __future__ import annotations

import argparse
import secrets
import string
from typing import Any

import boto3

from local.connection import connect
from local.deployment import Deployment

PASSWORD_LENGTH = 14
SYMBOLS = "!@#%+="


def new_password() -> str:
    """Make a password that any Cognito policy accepts: each kind of character, random order."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, SYMBOLS)
    characters = [secrets.choice(kind) for kind in kinds]
    characters += [secrets.choice("".join(kinds)) for _ in range(PASSWORD_LENGTH - len(kinds))]
    secrets.SystemRandom().shuffle(characters)
    return "".join(characters)


def invite(deployment: Deployment, name: str, team: str, *, email: str | None = None, renew: bool = False) -> str:
    """Create a worker with a temporary password and put them into a work team, which is made if it is new.

    Parameters
    ----------
    email
        Where Cognito sends the invitation; without one nothing is sent and the password is only returned.
    renew
        Give a worker who exists already a new temporary password instead of failing.

    Returns
    -------
    str
        The temporary password, to be changed at the first sign-in.
    """
    cognito = boto3.client("cognito-idp")
    password = new_password()
    arguments: dict[str, Any] = {"MessageAction": "SUPPRESS"}
    if email:
        attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
        arguments = {"UserAttributes": attributes, "DesiredDeliveryMediums": ["EMAIL"]}
    try:
        cognito.admin_create_user(
            UserPoolId=deployment.user_pool, Username=name, TemporaryPassword=password, **arguments
        )
    except cognito.exceptions.UsernameExistsException:
        if not renew:
            raise SystemExit(f"a worker named {name!r} exists already") from None
        cognito.admin_set_user_password(
            UserPoolId=deployment.user_pool, Username=name, Password=password, Permanent=False
        )
    join_team(deployment, name, team)
    return password


def join_team(deployment: Deployment, name: str, team: str) -> None:
    """Put a worker into a work team, which is made if it is new; they stay in their other teams."""
    ensure_team(deployment, team)
    boto3.client("cognito-idp").admin_add_user_to_group(UserPoolId=deployment.user_pool, Username=name, GroupName=team)


def is_known(deployment: Deployment, name: str) -> bool:
    """Whether a worker has that name."""
    cognito = boto3.client("cognito-idp")
    try:
        cognito.admin_get_user(UserPoolId=deployment.user_pool, Username=name)
    except cognito.exceptions.UserNotFoundException:
        return False
    return True


def ensure_team(deployment: Deployment, team: str) -> None:
    """Make a work team, which is a group of the user pool, unless it exists."""
    cognito = boto3.client("cognito-idp")
    try:
        cognito.create_group(UserPoolId=deployment.user_pool, GroupName=team)
    except cognito.exceptions.GroupExistsException:
        return


def disable(deployment: Deployment, name: str) -> None:
    """Take a worker's access away; answers given so far stay."""
    cognito = boto3.client("cognito-idp")
    cognito.admin_disable_user(UserPoolId=deployment.user_pool, Username=name)
    cognito.admin_user_global_sign_out(UserPoolId=deployment.user_pool, Username=name)


def enable(deployment: Deployment, name: str) -> None:
    """Let a disabled worker in again."""
    boto3.client("cognito-idp").admin_enable_user(UserPoolId=deployment.user_pool, Username=name)


def list_workers(deployment: Deployment) -> list[tuple[str, str, list[str]]]:
    """Return name, state and work teams of every worker."""
    cognito = boto3.client("cognito-idp")
    found = []
    for page in cognito.get_paginator("list_users").paginate(UserPoolId=deployment.user_pool):
        for user in page["Users"]:
            groups = cognito.admin_list_groups_for_user(UserPoolId=deployment.user_pool, Username=user["Username"])
            state = user.get("UserStatus", "") if user.get("Enabled", True) else "DISABLED"
            found.append((user["Username"], state, [group["GroupName"] for group in groups["Groups"]]))
    return found


def invite_or_join(deployment: Deployment, arguments: argparse.Namespace) -> list[str]:
    """Invite a new worker, put a known one into the team; gives the lines that say what happened."""
    name, team = arguments.name, arguments.team
    if is_known(deployment, name) and not arguments.renew:
        join_team(deployment, name, team)
        return [f"worker {name} is known and in team {team} now; the password stays"]
    password = invite(deployment, name, team, email=arguments.email, renew=arguments.renew)
    return [f"worker {name} of team {team}, temporary password: {password}", f"portal: {deployment['PortalUrl']}"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.workers", description="The private workforce")
    commands = parser.add_subparsers(dest="command", required=True)
    inviting = commands.add_parser("invite", help="create a worker with a temporary password")
    inviting.add_argument("name")
    inviting.add_argument("--team", required=True, help="work team; made if it is new")
    inviting.add_argument("--email", help="let Cognito send the invitation there")
    inviting.add_argument("--renew", action="store_true", help="new temporary password for an existing worker")
    for command, meaning in (("disable", "take a worker's access away"), ("enable", "give it back")):
        commands.add_parser(command, help=meaning).add_argument("name")
    commands.add_parser("list", help="all workers")
    return parser.parse_args()


def main() -> None:
    """Run one command."""
    arguments = _arguments()
    deployment = connect()
    if arguments.command == "invite":
        for line in invite_or_join(deployment, arguments):
            print(line)
    elif arguments.command == "list":
        for name, state, teams in list_workers(deployment):
            print(f"{name:24} {state:24} {', '.join(teams)}")
    else:
        {"disable": disable, "enable": enable}[arguments.command](deployment, arguments.name)
        print(f"worker {arguments.name}: {arguments.command}d")


if __name__ == "__main__":
    main()
