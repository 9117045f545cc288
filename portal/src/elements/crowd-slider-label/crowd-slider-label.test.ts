import { expect, test } from "vitest";
import { expectAccessible, useBrowser } from "../../../tests/elements/harness/open-task";

const open = useBrowser();

test("a label stands at its value of the slider", async () => {
  const task = await open(`<crowd-form><crowd-slider name="fit" min="0" max="10">
    <crowd-slider-label position="0">low</crowd-slider-label><crowd-slider-label position="5">middle</crowd-slider-label>
    </crowd-slider></crowd-form>`);
  const middle = async (selector: string): Promise<number> => {
    const box = await task.frame.locator(selector).boundingBox();
    return (box?.x ?? NaN) + (box?.width ?? NaN) / 2;
  };
  expect(Math.abs((await middle("crowd-slider-label >> nth=1")) - (await middle("crowd-slider")))).toBeLessThan(2);
  expect(await middle("crowd-slider-label >> nth=0")).toBeLessThan(60);
  await expectAccessible(task);
});
