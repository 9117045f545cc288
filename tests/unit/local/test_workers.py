import re

from local.workers import PASSWORD_LENGTH, SYMBOLS, new_password


def test_a_password_satisfies_every_rule_a_pool_can_set() -> None:
    for _ in range(200):
        password = new_password()
        assert len(password) == PASSWORD_LENGTH
        assert all(re.search(kind, password) for kind in ("[a-z]", "[A-Z]", "[0-9]", f"[{re.escape(SYMBOLS)}]"))


def test_no_two_passwords_are_the_same() -> None:
    assert len({new_password() for _ in range(200)}) == 200
