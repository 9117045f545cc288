import { expect, test } from "vitest";
import { useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("an icon of the bundle shows at once, and nothing else is loaded", async () => {
  const task = await open(`<iron-icon icon="thumb-up"></iron-icon><iron-icon icon="icons:search"></iron-icon>`);
  await task.frame.locator("iron-icon svg path").nth(1).waitFor({ state: "attached" });
  expect(task.server.requests).not.toContain("/icons.js");
});

test("any other icon of the set shows too, from a script that is loaded once", async () => {
  const task = await open(`<iron-icon icon="pets"></iron-icon><iron-icon icon="icons:flight-land"></iron-icon>
    <crowd-icon-button icon="accessibility"></crowd-icon-button>`);
  await task.frame.locator("iron-icon svg path").nth(1).waitFor({ state: "attached" });
  await task.frame.locator("crowd-icon-button svg path, crowd-icon-button svg circle").first().waitFor({ state: "attached" });
  expect(task.server.requests.filter((path) => path === "/icons.js")).toHaveLength(1);
});

test("an unknown icon shows nothing and is named once in the console", async () => {
  const task = await open("<p>empty</p>");
  const warnings: string[] = [];
  task.page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  await task.frame.evaluate(() => {
    document.body.innerHTML = `<iron-icon icon="unicorn"></iron-icon><iron-icon icon="unicorn"></iron-icon>`;
  });
  await expect.poll(() => warnings).toHaveLength(1);
  expect(warnings[0]).toContain('"unicorn"');
  expect(await task.frame.locator("iron-icon svg").count()).toBe(0);
});
