// @vitest-environment node
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Desk, PASSWORD, Workbench } from "./browser";
import { RESET_CODE } from "./fake-cognito";

const MAILS = ["My parcel is late.", "The jacket lost its colour.", "Your rival is cheaper.", "Where is my order?"];

vi.setConfig({ testTimeout: 30_000 });

let bench: Workbench;
let desk: Desk;

beforeAll(async () => {
  bench = await Workbench.open();
}, 60_000);
afterAll(() => bench?.close());
afterEach(async () => {
  const { complaints } = desk;
  await desk.close();
  expect(complaints).toEqual([]);
});

async function openDesk(): Promise<Desk> {
  desk = await Desk.open(bench);
  return desk;
}

describe("signing in", () => {
  test("a first sign-in asks for a password of one's own and says what it needs", async () => {
    const { page, api } = await openDesk();
    const user = api.cognito.users.get("mail-team-1@example.org")!;
    user.temporary = true;
    await desk.signIn();
    await page.getByLabel("New password", { exact: true }).fill("short");
    await page.getByLabel("New password again").fill("short");
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await desk.says(/still needs at least 8 characters/);
    expect(await desk.seriousFindings()).toEqual([]);
    await page.getByLabel("New password", { exact: true }).fill("Autumn-harbour-9");
    await page.getByLabel("New password again").fill("Autumn-harbour-9");
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await page.getByRole("heading", { name: "Your jobs" }).waitFor();
    expect(user.password).toBe("Autumn-harbour-9");
  });

  test("a wrong password and a disabled account are told apart", async () => {
    const { api } = await openDesk();
    await desk.signIn("wrong");
    await desk.says("The user name or the password is wrong.");
    expect(await desk.seriousFindings()).toEqual([]);
    api.cognito.users.get("mail-team-1@example.org")!.disabled = true;
    await desk.fillSignIn(PASSWORD);
    await desk.says(/This account is disabled/);
  });

  test("a forgotten password is set anew with the code from the message", async () => {
    const { page, api } = await openDesk();
    await page.goto(api.portalUrl);
    await page.getByRole("button", { name: "Password forgotten?" }).click();
    await page.getByLabel("User name or e-mail address").fill("mail-team-1@example.org");
    await page.getByRole("button", { name: "Send code" }).click();
    await page.getByLabel("Code from the message").fill(RESET_CODE);
    await page.getByLabel("New password", { exact: true }).fill("Autumn-harbour-9");
    await page.getByLabel("New password again").fill("Autumn-harbour-9");
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await page.getByRole("heading", { name: "Your jobs" }).waitFor();
  });

  test("signing out revokes the session and a reload stays signed out", async () => {
    const { page, api } = await openDesk();
    await desk.signIn();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Worker portal" }).waitFor();
    await expect.poll(() => api.cognito.revoked).toHaveLength(1);
    await page.reload();
    await page.getByLabel("Password", { exact: true }).waitFor();
  });

  test("a broken configuration gets a page that names the key", async () => {
    const { page, api } = await openDesk();
    await page.route("**/config.json", (route) => route.fulfill({ json: { region: "eu-central-1" } }));
    await page.goto(api.portalUrl);
    await desk.says(/"userPoolId" must be a text/);
    expect(await desk.seriousFindings()).toEqual([]);
  });
});

describe("the list of jobs", () => {
  test("without jobs it says what that means", async () => {
    await openDesk();
    await desk.signIn();
    await desk.says("No work right now");
    expect(await desk.seriousFindings()).toEqual([]);
  });

  test("a job shows its title, progress and time limit", async () => {
    const { page } = await openDesk();
    const { queue } = desk.addJob(MAILS);
    queue.tasks[0]!.state = "answered";
    await desk.signIn();
    await page.getByRole("heading", { name: "Topics of customer mail" }).waitFor();
    await desk.says("1 of 4 done");
    await desk.says("Time limit: 30 minutes a task");
    expect(await desk.seriousFindings()).toEqual([]);
  });

  test("a stopped job can't be started", async () => {
    const { page } = await openDesk();
    desk.addJob(MAILS).queue.status = "Stopping";
    await desk.signIn();
    await desk.says("Stopped: takes no more answers.");
    expect(await page.getByRole("button", { name: "Start working" }).count()).toBe(0);
  });
});

describe("the task page", () => {
  test("three tasks are labeled by mouse, each loaded ahead of time", async () => {
    const { api } = await openDesk();
    const { queue } = desk.addJob(MAILS.slice(0, 3));
    await desk.startWorking();
    expect(await desk.seriousFindings()).toEqual([]);
    for (const [index, label] of ["Delivery", "Quality", "Price"].entries()) {
      await desk.taskShows(MAILS[index]);
      if (index < 2) {
        await desk.page.frameLocator("iframe.waiting").locator("#text").waitFor();
      }
      await desk.choose(label);
      await desk.submit();
    }
    await desk.says("All done");
    expect(await desk.seriousFindings()).toEqual([]);
    expect(queue.tasks.map((task) => task.answers.map(({ answer }) => answer))).toEqual([
      [{ topic: "delivery", comment: "" }],
      [{ topic: "quality", comment: "" }],
      [{ topic: "price", comment: "" }],
    ]);
    expect(api.calls.filter((call) => call.endsWith("/show"))).toEqual([]);
  });

  test("everything works by keyboard alone, and a shortcut's letters can be typed", async () => {
    const { page } = await openDesk();
    const { queue } = desk.addJob(MAILS);
    await page.goto(desk.api.portalUrl);
    await page.getByLabel("User name or e-mail address").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("mail-team-1@example.org");
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Start working" }).waitFor();
    while (!(await page.getByRole("button", { name: "Start working" }).evaluate((node) => node.matches(":focus")))) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    for (const index of [0, 1]) {
      await desk.taskShows(MAILS[index]);
      await expect.poll(() => page.evaluate(focusedFrame)).toBe("iframe");
      await page.keyboard.press(String(index + 1));
      await desk.task.locator("input:checked").waitFor();
      await page.keyboard.press("Control+Enter");
    }
    await desk.taskShows(MAILS[2]);
    await expect.poll(() => page.evaluate(focusedFrame)).toBe("iframe");
    await desk.task.getByLabel("Comment").focus();
    await page.keyboard.type("skd? SKDR");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.keyboard.press("Alt+Shift+K");
    await desk.taskShows(MAILS[3]);
    await page.keyboard.press("Alt+Shift+D");
    await page.getByRole("dialog", { name: "Decline this task?" }).waitFor();
    await page.keyboard.type("Not a language I read");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await desk.taskShows(MAILS[2]);
    expect(queue.tasks[3]!.declines).toEqual([{ reason: "Not a language I read", code: undefined }]);
    expect(queue.tasks.map((task) => task.answers.length)).toEqual([1, 1, 0, 0]);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    expect(await desk.seriousFindings()).toEqual([]);
  });

  test("a stopped task is resumed with its draft", async () => {
    const { page } = await openDesk();
    const { queue } = desk.addJob(MAILS);
    await desk.startWorking();
    await desk.choose("Quality");
    await desk.task.getByLabel("Comment").fill("the colour, too");
    await page.getByRole("button", { name: "Stop" }).click();
    await desk.says("draft kept");
    expect(await desk.seriousFindings()).toEqual([]);
    expect(queue.tasks[0]!.draft).toEqual({ topic: "quality", comment: "the colour, too" });
    await page.evaluate(() => localStorage.clear());
    await page.getByRole("button", { name: "Resume" }).click();
    await desk.taskShows(MAILS[0]);
    await expect.poll(() => desk.task.getByLabel("Comment").inputValue()).toBe("the colour, too");
    await desk.submit();
    await desk.taskShows(MAILS[1]);
    expect(queue.tasks[0]!.answers[0]!.answer).toEqual({ topic: "quality", comment: "the colour, too" });
  });

  test("a broken object is reported and the work goes on", async () => {
    const { page } = await openDesk();
    const { queue } = desk.addJob(MAILS);
    await desk.startWorking();
    await page.getByRole("button", { name: "Report a problem" }).click();
    await page.getByLabel("What is wrong? (optional)").fill("The text is cut off");
    expect(await desk.seriousFindings()).toEqual([]);
    await page.getByRole("button", { name: "Report and go on" }).click();
    await desk.taskShows(MAILS[1]);
    expect(queue.tasks[0]!.declines).toEqual([{ reason: "The text is cut off", code: "broken_object" }]);
  });

  test("when time is up the page locks, offers a copy and goes on with the next task", async () => {
    const { page } = await openDesk();
    desk.addJob(MAILS, 3);
    await desk.startWorking();
    await desk.choose("Price");
    await page.getByRole("heading", { name: "Time is up" }).waitFor();
    expect(await page.locator("iframe.current").evaluate((frame) => (frame as HTMLElement).inert)).toBe(true);
    expect(await desk.seriousFindings()).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download a copy" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("customer-mail-task-0.json");
    await page.getByRole("button", { name: "Next task" }).click();
    await desk.taskShows(MAILS[1]);
  });

  test("an answer survives a lost network and is sent once", async () => {
    const { page, api } = await openDesk();
    const { queue } = desk.addJob(MAILS);
    await desk.startWorking();
    await desk.choose("Delivery");
    api.cut = (call) => call.endsWith("/answer");
    await desk.submit();
    await page.getByRole("alert").filter({ hasText: "could not be sent" }).waitFor();
    expect(await desk.seriousFindings()).toEqual([]);
    expect(await desk.task.getByRole("button", { name: "Submit" }).isEnabled()).toBe(true);
    api.cut = () => false;
    await page.getByRole("button", { name: "Send now" }).click();
    await desk.taskShows(MAILS[1]);
    expect(queue.tasks[0]!.answers).toHaveLength(1);
  });

  test("a reload in the middle brings the same task and the draft back", async () => {
    const { page } = await openDesk();
    desk.addJob(MAILS);
    await desk.startWorking();
    await desk.choose("Price");
    await desk.task.getByLabel("Comment").fill("half a sentence");
    await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain("half a sentence");
    await page.reload();
    await desk.taskShows(MAILS[0]);
    await expect.poll(() => desk.task.getByLabel("Comment").inputValue()).toBe("half a sentence");
  });

  test("when the session ends the worker signs in again in a dialog and the answer arrives", async () => {
    const { page, api } = await openDesk();
    const { queue } = desk.addJob(MAILS);
    await desk.startWorking();
    await desk.choose("Quality");
    api.cognito.endSessions();
    await desk.submit();
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await dialog.waitFor();
    expect(await desk.seriousFindings()).toEqual([]);
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.keyboard.press("Enter");
    await desk.taskShows(MAILS[1]);
    expect(queue.tasks[0]!.answers).toHaveLength(1);
  });

  test("an expired token is renewed without a word", async () => {
    const { api } = await openDesk();
    const { queue } = desk.addJob(MAILS);
    await desk.startWorking();
    await desk.choose("Quality");
    api.cognito.endIdTokens();
    await desk.submit();
    await desk.taskShows(MAILS[1]);
    expect(queue.tasks[0]!.answers).toHaveLength(1);
  });

  test("messages of other windows, and without the nonce, are ignored", async () => {
    const { page, api } = await openDesk();
    const { queue } = desk.addJob(MAILS);
    await desk.startWorking();
    const forged = { groundwork: 1, nonce: "", type: "submit", answer: { topic: "forged" } };
    await page.evaluate((message) => window.postMessage(message, "*"), forged);
    const foreignUrl = `${api.apiUrl}/pages/customer-mail/2/foreign`;
    await page.evaluate((url) => {
      const foreign = document.createElement("iframe");
      foreign.src = url;
      document.body.append(foreign);
    }, foreignUrl);
    await expect.poll(() => page.frame({ url: foreignUrl })).not.toBeNull();
    await page.frame({ url: foreignUrl })!.evaluate((message) => window.parent.postMessage(message, "*"), forged);
    await desk.task.locator("body").evaluate((_, message) => window.parent.postMessage(message, "*"), forged);
    await desk.choose("Delivery");
    await desk.submit();
    await desk.taskShows(MAILS[1]);
    expect(queue.tasks.flatMap((task) => task.answers.map(({ answer }) => answer))).toEqual([
      { topic: "delivery", comment: "" },
    ]);
    expect(api.calls.filter((call) => call.endsWith("/answer"))).toHaveLength(1);
  });

  test("the frame can reach neither the portal's page nor its storage", async () => {
    await openDesk();
    desk.addJob(MAILS);
    await desk.startWorking();
    const reached = await desk.task.locator("body").evaluate(() => {
      const attempts = [() => window.parent.document.title, () => window.localStorage.length, () => document.cookie];
      return attempts.map((attempt) => {
        try {
          return String(attempt());
        } catch (error) {
          return (error as Error).name;
        }
      });
    });
    expect(reached).toEqual(["SecurityError", "SecurityError", "SecurityError"]);
  });
});

function focusedFrame(): string | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) {
    active = active.shadowRoot.activeElement;
  }
  return active?.localName;
}
