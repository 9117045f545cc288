"""Where a local cloud lives and how clients reach it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ACCOUNT = "000000000000"
REGION = "us-east-1"
DEFAULT_PORT = 4566


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudSettings:
    """One local cloud: a port, a data folder, and whether it enforces IAM and speaks TLS.

    `directory` holds everything that survives a restart; deleting it while the cloud is down is a fresh start.
    """

    directory: Path
    port: int = DEFAULT_PORT
    auth: bool = False
    tls: bool = False

    @property
    def scheme(self) -> str:
        """`http`, or `https` under TLS."""
        return "https" if self.tls else "http"

    @property
    def endpoint(self) -> str:
        """Address of every AWS service of this cloud.

        An IP address and not `localhost`: botocore then addresses buckets by path, which needs no name resolution.
        """
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def host_address(self, host: str) -> str:
        """Address of a named host of this cloud, for example `<api id>.execute-api`."""
        return f"{self.scheme}://{host}.localhost:{self.port}"

    @property
    def state(self) -> Path:
        """MiniStack's saved services."""
        return self.directory / "state"

    @property
    def objects(self) -> Path:
        """S3 objects, written through."""
        return self.directory / "s3"

    @property
    def layers(self) -> Path:
        """Unpacked Lambda layers."""
        return self.directory / "layers"

    @property
    def temporary(self) -> Path:
        """Code of running Lambdas; emptied at each start."""
        return self.directory / "tmp"

    @property
    def pid_file(self) -> Path:
        """Holds the server's process id; the running server keeps it locked."""
        return self.directory / "server.pid"

    @property
    def log_file(self) -> Path:
        """Output of the server and, through it, of MiniStack."""
        return self.directory / "server.log"

    @property
    def deployed_marker(self) -> Path:
        """What was deployed to this cloud; lies beside its data so that both vanish together."""
        return self.directory / "deployed.json"

    @property
    def authority(self) -> Path:
        """Certificate of the authority that signed the server's certificate."""
        return self.directory / "tls" / "authority.pem"

    @property
    def trust(self) -> Path:
        """The machine's trusted authorities and ours, for clients that replace their list by one file."""
        return self.directory / "tls" / "trust.pem"

    @property
    def certificate(self) -> Path:
        """The server's certificate."""
        return self.directory / "tls" / "server.pem"

    @property
    def certificate_key(self) -> Path:
        """Private key of the server's certificate."""
        return self.directory / "tls" / "server.key"

    def client_environment(self) -> dict[str, str]:
        """Environment variables that point any AWS client (boto3, CDK, AWS CLI) at this cloud.

        The access key `test` is the account's root user in MiniStack, with `AUTH` as well: root keys pass
        without a policy. Every other caller, and each Lambda's role, is held to its policies.
        """
        environment = {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ENDPOINT_URL_S3": self.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "CDK_DEFAULT_ACCOUNT": ACCOUNT,
            "CDK_DEFAULT_REGION": REGION,
        }
        if self.tls:
            environment |= {
                "AWS_CA_BUNDLE": str(self.trust),
                "SSL_CERT_FILE": str(self.trust),
                "REQUESTS_CA_BUNDLE": str(self.trust),
                "NODE_EXTRA_CA_CERTS": str(self.authority),
            }
        return environment

    def command_environment(self) -> dict[str, str]:
        """Environment for a command that works on this cloud: ours, with every other AWS setting taken out."""
        return without_aws(os.environ) | self.client_environment()

    def connect(self) -> None:
        """Point this process's AWS clients at this cloud."""
        environment = self.command_environment()
        os.environ.clear()
        os.environ.update(environment)

    def server_environment(self) -> dict[str, str]:
        """Environment of the server process, which its Lambdas inherit."""
        environment = self.client_environment() | {
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": "127.0.0.1",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.state),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.objects),
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "MINISTACK_REGION": REGION,
            "GROUNDWORK_LAYERS": str(self.layers),
            "TMPDIR": str(self.temporary),
            "GROUNDWORK_PID_FILE": str(self.pid_file),
            "AUTH": "true" if self.auth else "false",
        }
        if self.tls:
            environment |= {
                "USE_SSL": "1",
                "MINISTACK_SSL_CERT": str(self.certificate),
                "MINISTACK_SSL_KEY": str(self.certificate_key),
            }
        return environment


def without_aws(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without profiles, keys and endpoints of other clouds."""
    return {name: value for name, value in environment.items() if not name.startswith("AWS_")}


def default_settings() -> CloudSettings:
    """Return the settings of `make up`: `LOCAL_PORT`, `LOCAL_DIRECTORY` and `LOCAL_SECURE=1` change them."""
    secure = os.environ.get("LOCAL_SECURE", "") == "1"
    return CloudSettings(
        directory=Path(os.environ.get("LOCAL_DIRECTORY", ROOT / ".local" / "cloud")).resolve(),
        port=_port(os.environ.get("LOCAL_PORT", str(DEFAULT_PORT))),
        auth=secure,
        tls=secure,
    )


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SystemExit(f"LOCAL_PORT is {text!r}; expected a port number from 1 to 65535")
    return int(text)
