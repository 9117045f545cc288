import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("it floats on the corner of its target and follows it", async () => {
  const task = await open(`<crowd-form><div id="box" style="margin-left: 100px; width: 200px; height: 100px">box</div>
    <crowd-badge for="box" label="new"></crowd-badge></crowd-form>`);
  const offset = (): Promise<number> =>
    task.frame.evaluate(() => {
      const target = (document.getElementById("box") as Element).getBoundingClientRect();
      const badge = document.querySelector("crowd-badge")?.shadowRoot?.querySelector(".badge") as Element;
      const mark = badge.getBoundingClientRect();
      return Math.hypot(mark.left + mark.width / 2 - target.right, mark.top + mark.height / 2 - target.top);
    });
  await expect.poll(offset).toBeLessThan(2);
  await task.frame.evaluate(() => ((document.getElementById("box") as HTMLElement).style.marginLeft = "300px"));
  await expect.poll(offset).toBeLessThan(2);
  await expectAccessible(task);
});
