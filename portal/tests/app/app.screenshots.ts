// @vitest-environment node
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { Desk, Workbench } from "./browser";
import { FakeQueue } from "./fake-queue";

/** Pictures of every view of the portal, for human eyes. */
const FOLDER = join(import.meta.dirname, "../../dist/screenshots");
const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
];
const MAILS = ["My parcel was due on Monday, and nobody can tell me where it is.", "The jacket lost its colour."];

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.open();
  await mkdir(FOLDER, { recursive: true });
}, 60_000);
afterAll(() => bench?.close());

describe.each(SIZES)("views at $width × $height", (size) => {
  test("every view is photographed", { timeout: 60_000 }, async () => {
    const desk = await Desk.open(bench, size);
    const { api, page } = desk;
    const shoot = (name: string): Promise<unknown> =>
      page.screenshot({ path: join(FOLDER, `app-${name}-${size.width}.png`), animations: "disabled" });
    const user = api.cognito.users.get("mail-team-1@example.org")!;

    await page.goto(api.portalUrl);
    await desk.fillSignIn("wrong");
    await desk.says("is wrong");
    await shoot("sign-in");
    user.temporary = true;
    await desk.fillSignIn();
    await page.getByLabel("New password", { exact: true }).fill("Autumn");
    await shoot("first-password");
    user.temporary = false;
    await page.getByRole("button", { name: "Back" }).click();
    await desk.fillSignIn();
    await desk.says("No work right now");
    await shoot("no-jobs");

    const { queue } = desk.addJob(MAILS, 300);
    const street = new FakeQueue(Array.from({ length: 200 }, (_, index) => `Object ${index}`), 3600);
    street.tasks.slice(0, 61).forEach((task) => (task.state = "answered"));
    street.tasks[70]!.state = "stopped";
    street.tasks[70]!.draft = {};
    street.tasks[70]!.stoppedAt = Date.now() / 1000 - 720;
    street.tasks[70]!.leaseUntil = Date.now() / 1000 + 2880;
    api.addJob("street-signs", "Which sign does the picture show?", street);
    const closed = new FakeQueue(["one"]);
    closed.status = "Stopping";
    api.addJob("reviews", "Tone of product reviews", closed);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByRole("button", { name: "Start working" }).first().waitFor();
    await shoot("jobs");

    await page.getByRole("button", { name: "Start working" }).first().click();
    await desk.taskShows();
    await shoot("task");
    await page.keyboard.press("Alt+Shift+H");
    await shoot("shortcuts");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Report a problem" }).click();
    await shoot("report");
    await page.keyboard.press("Escape");
    api.cut = (call) => call.endsWith("/answer");
    await desk.choose("1 Delivery");
    await desk.submit();
    await desk.says(/could not be sent/);
    await shoot("not-sent");
    api.cut = () => false;
    api.cognito.endSessions();
    await page.getByRole("button", { name: "Send now" }).click();
    await page.getByRole("dialog", { name: "Sign in again" }).waitFor();
    await shoot("sign-in-again");
    await page.getByRole("dialog").getByLabel("Password", { exact: true }).fill(user.password);
    await page.keyboard.press("Enter");
    await desk.taskShows("jacket");
    queue.taskTimeLimitInSeconds = 3;
    await page.getByRole("button", { name: "Skip" }).click();
    await desk.choose("2 Quality");
    await page.getByRole("heading", { name: "Time is up" }).waitFor();
    await shoot("time-is-up");
    queue.tasks.forEach((task) => (task.state = "answered"));
    queue.othersAtWork = true;
    await page.getByRole("button", { name: "Next task" }).click();
    await page.getByRole("heading", { name: "Waiting for a task" }).waitFor();
    await shoot("waiting");
    queue.othersAtWork = false;
    await page.getByRole("button", { name: "Look again now" }).click();
    await page.getByRole("heading", { name: "All done" }).waitFor();
    await shoot("done");
    await desk.close();

    const unset = await Desk.open(bench, size);
    await unset.page.emulateMedia({ colorScheme: "dark" });
    await unset.page.goto(unset.api.portalUrl);
    await unset.page.getByLabel("Password", { exact: true }).waitFor();
    await unset.page.screenshot({ path: join(FOLDER, `app-sign-in-dark-${size.width}.png`) });
    unset.addJob(MAILS);
    await unset.startWorking();
    await unset.page.screenshot({ path: join(FOLDER, `app-task-dark-${size.width}.png`) });
    await unset.page.route("**/config.json", (route) => route.fulfill({ body: "<html>" }));
    await unset.page.reload();
    await unset.says("config.json is not JSON");
    await unset.page.screenshot({ path: join(FOLDER, `app-not-set-up-${size.width}.png`) });
    await unset.close();
  });
});
