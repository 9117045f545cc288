import re
from argparse import Namespace

from local.deployment import Deployment
from local.workers import PASSWORD_LENGTH, SYMBOLS, invite_or_join, list_workers, new_password


def arguments(team: str, *, renew: bool = False) -> Namespace:
    return Namespace(name="ines", team=team, email=None, renew=renew)


def test_a_password_satisfies_every_rule_a_pool_can_set() -> None:
    for _ in range(200):
        password = new_password()
        assert len(password) == PASSWORD_LENGTH
        assert all(re.search(kind, password) for kind in ("[a-z]", "[A-Z]", "[0-9]", f"[{re.escape(SYMBOLS)}]"))


def test_no_two_passwords_are_the_same() -> None:
    assert len({new_password() for _ in range(200)}) == 200


def test_a_new_worker_is_told_the_password_and_where_the_portal_is(deployment: Deployment) -> None:
    password, portal = invite_or_join(deployment, arguments("harbor"))

    assert "temporary password" in password
    assert portal == "portal: https://portal.example.org"


def test_a_known_worker_joins_one_more_team_and_keeps_the_password(deployment: Deployment) -> None:
    invite_or_join(deployment, arguments("harbor"))

    (line,) = invite_or_join(deployment, arguments("pier"))

    assert line == "worker ines is known and in team pier now; the password stays"
    ((name, _, teams),) = list_workers(deployment)
    assert (name, sorted(teams)) == ("ines", ["harbor", "pier"])


def test_a_known_worker_gets_a_new_password_when_asked_for(deployment: Deployment) -> None:
    invite_or_join(deployment, arguments("harbor"))

    assert "temporary password" in invite_or_join(deployment, arguments("harbor", renew=True))[0]
