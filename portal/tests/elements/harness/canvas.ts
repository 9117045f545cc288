import type { OpenTask } from "./open-task";

/** A place in pixels of the stored image. */
type Place = readonly [x: number, y: number];

/** The image of an annotation widget, worked on by mouse, finger and keys as a person would. */
export class Canvas {
  constructor(
    private readonly task: OpenTask,
    private readonly widget: string,
    /** Size of the stored image. */
    private readonly size: Place = [120, 80],
  ) {}

  /** Wait until the image is there. */
  async ready(): Promise<this> {
    await this.task.frame.locator(`${this.widget} .stage.there`).waitFor();
    return this;
  }

  /** The rectangle of the displayed image on the screen. */
  rect(part = "canvas.upper-canvas"): Promise<{ x: number; y: number; width: number; height: number }> {
    return this.task.frame.evaluate(
      ([widget, selector]) => {
        const box = document.querySelector(widget)?.shadowRoot?.querySelector(selector)?.getBoundingClientRect();
        return { x: box?.x ?? 0, y: box?.y ?? 0, width: box?.width ?? 0, height: box?.height ?? 0 };
      },
      [this.widget, part] as const,
    );
  }

  /** Where a pixel position of the image is on the screen. */
  async at([x, y]: Place): Promise<[number, number]> {
    const rect = await this.rect();
    return [rect.x + (x / this.size[0]) * rect.width, rect.y + (y / this.size[1]) * rect.height];
  }

  /** Move the mouse there. */
  async hover(place: Place): Promise<void> {
    await this.task.page.mouse.move(...(await this.at(place)));
  }

  /** Click there. */
  async click(...places: readonly Place[]): Promise<void> {
    for (const place of places) {
      await this.task.page.mouse.click(...(await this.at(place)));
    }
  }

  /** Drag from one place over others to the last. */
  async drag(from: Place, ...over: readonly Place[]): Promise<void> {
    const { mouse } = this.task.page;
    await this.hover(from);
    await mouse.down();
    for (const place of over) {
      await mouse.move(...(await this.at(place)), { steps: 4 });
    }
    await mouse.up();
  }

  /** Press keys one after the other; `5*ArrowLeft` is a key five times. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const each of keys) {
      const [times, key = times] = each.split("*");
      for (let i = 0; i < (each.includes("*") ? Number(times) : 1); i++) {
        await this.task.page.keyboard.press(key ?? each);
      }
    }
  }

  /** Move fingers over the screen at once, each along its own places. */
  async touch(...fingers: readonly (readonly Place[])[]): Promise<void> {
    const session = await this.task.page.context().newCDPSession(this.task.page);
    const steps = Math.max(...fingers.map((places) => places.length));
    const tracks = await Promise.all(fingers.map((places) => Promise.all(places.map((place) => this.at(place)))));
    for (let step = 0; step < steps; step++) {
      const touchPoints = tracks.map((track, id) => {
        const [x, y] = track[Math.min(step, track.length - 1)] ?? [0, 0];
        return { x, y, id };
      });
      await session.send("Input.dispatchTouchEvent", { type: step === 0 ? "touchStart" : "touchMove", touchPoints });
    }
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await session.detach();
  }

  /** The widget's value as scripts of the page see it. */
  value(): Promise<Record<string, unknown>> {
    return this.task.frame.evaluate(
      (widget) => (document.querySelector(widget) as unknown as { value: Record<string, unknown> }).value,
      this.widget,
    );
  }
}
