import { expect, test } from "vitest";
import { useBrowser } from "./harness/open-task";

const open = useBrowser();

test("hello comes first and without a nonce, ready after every element is rendered", async () => {
  const task = await open("<crowd-form><crowd-input name='a'></crowd-input></crowd-form>");
  expect(await task.messages("hello")).toEqual([{ groundwork: 1, nonce: "", type: "hello" }]);
  expect(await task.messages("ready")).toEqual([{ groundwork: 1, nonce: "n0nce", type: "ready" }]);
});

test("all-crowd-elements-ready fires once, when shadow parts can be queried", async () => {
  const task = await open(`<script>let times = 0; document.addEventListener("all-crowd-elements-ready", () => {
    document.title = ++times + " " + !!document.querySelector("crowd-classifier").shadowRoot.querySelector(".category-picker-wrapper"); });</script>
    <crowd-form><crowd-classifier name="t" categories="['a']"></crowd-classifier></crowd-form>`);
  expect(await task.frame.title()).toBe("1 true");
});

test("a draft comes back into every kind of control, and the answer equals it", async () => {
  const draft = {
    area: "x\ny",
    box: { dark: true, wet: false },
    day: "2026-02-03",
    fit: 4,
    live: { on: true },
    many: ["a"],
    ok: { n: true, y: false },
    pic: { label: "jug", workerComment: "because" },
    r1: { on: false },
    r2: { on: true },
    text: "typed",
  };
  const task = await open(
    `<crowd-form><crowd-input name="text" value="preset"></crowd-input><crowd-text-area name="area"></crowd-text-area>
    <crowd-checkbox name="box" value="dark">D</crowd-checkbox><crowd-checkbox name="box" value="wet" checked>W</crowd-checkbox>
    <crowd-toggle-button name="live"></crowd-toggle-button><crowd-slider name="fit" max="5"></crowd-slider>
    <crowd-radio-group><crowd-radio-button name="r1" checked>1</crowd-radio-button><crowd-radio-button name="r2">2</crowd-radio-button></crowd-radio-group>
    <input type="date" name="day"><input type="radio" name="ok" value="y" checked><input type="radio" name="ok" value="n">
    <select name="many" multiple><option>a<option selected>b</select>
    <crowd-image-classifier name="pic" src="/image/blue.png" categories="['cup','jug']"><worker-comment></worker-comment></crowd-image-classifier></crowd-form>`,
    { draft },
  );
  expect(await task.collect()).toEqual(draft);
});

test("a draft leaves helpers alone whose value an answer does not hold", async () => {
  const task = await open(
    '<crowd-form><crowd-input name="_" value="mine"></crowd-input><input type="hidden" name="_" value="_"></crowd-form>',
    { draft: { _: "_" } },
  );
  expect(await task.frame.evaluate(() => (document.querySelector("crowd-input") as unknown as { value: string }).value)).toBe("mine");
});

test("after a change a draft is sent by itself, and activity is told", async () => {
  const task = await open("<crowd-form><crowd-input name='a' label='A'></crowd-input></crowd-form>");
  await task.frame.getByLabel("A").fill("half");
  expect((await task.message("draft"))["answer"]).toEqual({ a: "half" });
  expect((await task.message("activity"))["nonce"]).toBe("n0nce");
});

test("shortcuts with Alt and an Escape nobody uses go to the portal, plain keys do not", async () => {
  const task = await open("<crowd-form><crowd-input name='a' label='A'></crowd-input></crowd-form>");
  await task.frame.getByLabel("A").press("x");
  await task.page.keyboard.press("Alt+Shift+KeyS");
  await task.page.keyboard.press("Escape");
  await expect.poll(async () => (await task.messages("key")).map((each) => each["key"])).toContain("Escape");
  const keys = (await task.messages("key")).filter((each) => !["Alt", "Shift"].includes(String(each["key"])));
  expect(keys).toMatchObject([
    { key: "S", alt: true, shift: true, ctrl: false },
    { key: "Escape", alt: false, shift: false, ctrl: false },
  ]);
});

test("a question mark goes to the portal, but not out of a text field", async () => {
  const task = await open(`<crowd-form><crowd-input name="a" label="A"></crowd-input>
    <crowd-image-classifier name="pic" header="Which?" src="/image/blue.png" categories='["cup","jug"]'></crowd-image-classifier></crowd-form>`);
  await task.frame.getByRole("textbox", { name: "A" }).press("?");
  expect(await task.collect()).toMatchObject({ a: "?" });
  expect((await task.messages("key")).filter((each) => each["key"] === "?")).toEqual([]);
  await task.frame.getByRole("radio", { name: "cup" }).focus();
  await task.page.keyboard.press("?");
  expect(await task.message("key")).toMatchObject({ key: "?", alt: false, ctrl: false });
});

test("messages that are not from the portal's window or lack the nonce are ignored", async () => {
  const task = await open("<crowd-form><crowd-input name='a' label='A'></crowd-input></crowd-form>");
  await task.frame.evaluate(() => window.postMessage({ groundwork: 1, nonce: "n0nce", type: "collect" }, "*"));
  await task.say({ type: "collect", nonce: "guess" });
  await task.collect();
  expect(await task.messages("draft")).toHaveLength(1);
});

test("in a preview the answer shows below the form and nothing is sent", async () => {
  const task = await open("<crowd-form><input name='a' value='1'></crowd-form>", { preview: true });
  await task.frame.getByRole("button", { name: "Submit" }).click();
  await expect.poll(() => task.frame.locator("#answers-box").textContent()).toContain('"a": "1"');
  expect(await task.messages("submit")).toEqual([]);
});

test("a full document with AWS's own script tag and a page without a form work; nobody asks the foreign host", async () => {
  const blocked: (string | undefined)[] = [];
  const first = await open("<p>no form at all</p>");
  first.page.on("request", (request) => {
    if (request.url().includes("crowd.aws")) {
      blocked.push(undefined);
    }
  });
  first.page.on("requestfailed", (request) => blocked.push(request.failure()?.errorText));
  const task = await open(`<!-- ours --><html lang="en"><head><title>T</title>
    <script src="https://assets.crowd.aws/crowd-html-elements.js"></script></head>
    <body><crowd-input name="a"></crowd-input></body></html>`);
  expect(await task.messages("ready")).toHaveLength(1);
  expect(await task.frame.locator("crowd-input input").count()).toBe(1);
  expect(blocked).toEqual([undefined, "csp"]);
});

test("a second copy of the bundle changes nothing", async () => {
  const task = await open('<crowd-form><input name="a" value="1"></crowd-form><script src="/elements.js"></script>');
  expect(await task.submit()).toEqual({ a: "1" });
  expect(task.errors).toEqual([]);
  expect(await task.messages("hello")).toHaveLength(1);
});

test("opened on its own, without a portal, the elements work", async () => {
  const task = await open("<crowd-form><crowd-input name='a' label='A'></crowd-input></crowd-form>");
  await task.page.goto(new URL("/open", task.page.url()).href);
  await task.page.getByLabel("A").fill("alone");
  await task.page.getByRole("button", { name: "Submit" }).click();
  await expect.poll(() => task.page.locator("#answers-box").textContent()).toContain('"a": "alone"');
});
