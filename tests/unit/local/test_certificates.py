from pathlib import Path

import pytest
from cryptography import x509

from local.certificates import ensure_certificates
from local.settings import CloudSettings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> CloudSettings:
    made = CloudSettings(directory=tmp_path_factory.mktemp("cloud"), tls=True)
    ensure_certificates(made)
    return made


def load(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_the_certificate_covers_every_kind_of_host(settings: CloudSettings) -> None:
    names = load(settings.certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName).value

    assert {"localhost", "*.execute-api.localhost", "*.cloudfront.localhost", "*.s3.localhost"} <= set(
        names.get_values_for_type(x509.DNSName)
    )
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]


def test_the_authority_signed_the_certificate(settings: CloudSettings) -> None:
    load(settings.certificate).verify_directly_issued_by(load(settings.authority))


def test_the_certificate_itself_can_sign_nothing(settings: CloudSettings) -> None:
    constraints = load(settings.certificate).extensions.get_extension_for_class(x509.BasicConstraints).value

    assert constraints.ca is False


def test_only_the_owner_reads_the_key(settings: CloudSettings) -> None:
    assert settings.certificate_key.stat().st_mode & 0o077 == 0


def test_a_valid_set_is_kept(settings: CloudSettings) -> None:
    before = settings.certificate.read_bytes()

    ensure_certificates(settings)

    assert settings.certificate.read_bytes() == before
