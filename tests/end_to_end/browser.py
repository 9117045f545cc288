"""A worker's browser at the portal of the tests' cloud, in Chromium."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, ConsoleMessage, Frame, FrameLocator, Locator, Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_RUN = "() => axe.run(document, {iframes: false}).then(({violations}) => violations)"
SERIOUS = frozenset({"serious", "critical"})
PASSWORD = "Spring-meadow-7"
REMEMBERED = "() => Object.keys(localStorage).some(key => key.includes('.read.'))"
WAIT_MILLISECONDS = 30_000


@contextmanager
def chromium(certificate: Path) -> Iterator[Browser]:
    """Start a browser that trusts one server certificate, and no other unknown one."""
    expect.set_options(timeout=WAIT_MILLISECONDS)
    with sync_playwright() as playwright:
        trust = f"--ignore-certificate-errors-spki-list={_public_key_hash(certificate)}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, trust])
        try:
            yield browser
        finally:
            browser.close()


class Desk:
    """One worker's window at the portal.

    `complaints` collects what must not happen on the way: errors of scripts, and whatever a policy blocked.
    """

    def __init__(self, browser: Browser, portal: str) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 800})
        self._context.set_default_timeout(WAIT_MILLISECONDS)
        self.page: Page = self._context.new_page()
        self.complaints: list[str] = []
        self._portal = portal
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._listen)

    def close(self) -> None:
        """Close the window."""
        self._context.close()

    def sign_in(self, name: str, temporary: str) -> None:
        """Sign in with a temporary password and take the forced change of it."""
        self.page.goto(self._portal)
        self.page.get_by_label("User name or e-mail address").fill(name)
        self.page.get_by_label("Password", exact=True).fill(temporary)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_label("New password", exact=True).fill(PASSWORD)
        self.page.get_by_label("New password again").fill(PASSWORD)
        self.page.get_by_role("button", name="Set password and sign in").click()
        self.page.get_by_role("heading", name="Your jobs").wait_for()

    def start_working(self, title: str) -> None:
        """Open a job from the list; a job that was just dropped gets there by looking again."""
        start = self.card(title).get_by_role("button", name="Start working")
        for _ in range(30):
            if start.is_visible():
                break
            self.page.get_by_role("button", name="Refresh").click()
            self.page.wait_for_timeout(500)
        start.click()

    def read_instructions(self) -> None:
        """Close the full instructions that open before the first task of a job, and wait until the portal remembers."""
        self.task.get_by_role("button", name="Start").click()
        self.page.wait_for_function(REMEMBERED)

    def card(self, title: str) -> Locator:
        """Give a job's card in the list."""
        return self.page.locator("portal-job-card").filter(has_text=title)

    @property
    def task(self) -> FrameLocator:
        """The page of the task on show."""
        return self.page.frame_locator("iframe.current")

    @property
    def task_frame(self) -> Frame:
        """The frame of the task on show, to run scripts in."""
        handle = self.page.locator("iframe.current").element_handle()
        frame = handle.content_frame() if handle else None
        assert frame is not None
        return frame

    def image_name(self) -> str:
        """Wait for the image of the task on show to be visible, and read its name off its address."""
        image = self.task.locator("groundwork-image img")
        expect(image).to_be_visible()
        assert image.evaluate("image => image.naturalWidth") > 0
        return str(image.get_attribute("src")).split("?")[0].rsplit("/", 1)[1]

    def submitted(self, count: int) -> None:
        """Wait until so many answers were taken."""
        self.page.get_by_text(f"{count} submitted").wait_for()

    def all_done(self) -> None:
        """Wait until nothing is left."""
        self.page.get_by_role("heading", name="All done").wait_for()

    def serious_findings(self, place: Page | Frame) -> list[str]:
        """Let axe look at the portal's page or the task's frame; what it finds serious or worse."""
        # Evaluated over the browser's protocol: no policy of a page lets a test's script in.
        place.evaluate(AXE.read_text())
        findings: list[dict[str, Any]] = place.evaluate(AXE_RUN)
        return [
            f"{finding['id']}: {json.dumps([node['html'] for node in finding['nodes']])}"
            for finding in findings
            if finding["impact"] in SERIOUS
        ]

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(message.text)


def _public_key_hash(certificate: Path) -> str:
    key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    return base64.b64encode(
        hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    ).decode()
