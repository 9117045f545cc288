from pathlib import Path

import pytest

from local.settings import CloudSettings, default_settings


def test_clients_and_lambdas_speak_to_the_same_address() -> None:
    settings = CloudSettings(directory=Path("/data"), port=4599)

    assert settings.client_environment()["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4599"
    assert settings.server_environment()["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4599"


def test_the_server_listens_on_the_loopback_interface_only() -> None:
    environment = CloudSettings(directory=Path("/data")).server_environment()

    assert (environment["BIND_HOST"], environment["IOT_MTLS_ENABLED"]) == ("127.0.0.1", "0")


def test_under_tls_every_client_gets_the_authority() -> None:
    environment = CloudSettings(directory=Path("/data"), tls=True).client_environment()

    assert environment["AWS_ENDPOINT_URL"].startswith("https://")
    assert environment["AWS_CA_BUNDLE"] == environment["SSL_CERT_FILE"] == "/data/tls/trust.pem"
    assert environment["NODE_EXTRA_CA_CERTS"] == "/data/tls/authority.pem"


def test_credentials_of_a_real_account_never_reach_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "secret")

    environment = CloudSettings(directory=Path("/data")).command_environment()

    assert "AWS_PROFILE" not in environment
    assert "AWS_SESSION_TOKEN" not in environment
    assert environment["AWS_ACCESS_KEY_ID"] == "test"


@pytest.mark.parametrize("port", ["0", "70000", "http", ""])
def test_a_port_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("LOCAL_PORT", port)

    with pytest.raises(SystemExit, match=r"LOCAL_PORT is .*; expected a port number"):
        default_settings()
