import type { Json } from "../internal/relaxed-json";
import { CodePoints } from "../internal/text/code-points";
import { areSame, type Entity, readEntities, writeEntities } from "./entities";
import { History } from "./history";

type Entities = readonly Entity[];

/** The worker's spans of one text, with what the template began with. */
export class EntityWork {
  private loaded: { readonly text: string; readonly given: Json | undefined } | null = null;
  private offsets = new CodePoints("");
  private initial: Entities = [];
  private history = new History<Entities>([]);

  /** The spans as they stand, in the order of the text. */
  get entities(): Entities {
    return this.history.now;
  }

  get canUndo(): boolean {
    return this.history.canUndo;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  /** Begin anew if the text or the `initial-value` is another one; false when neither is. */
  load(text: string, given: Json | undefined): boolean {
    if (this.loaded?.text === text && this.loaded.given === given) {
      return false;
    }
    this.loaded = { text, given };
    this.offsets = new CodePoints(text);
    this.initial = readEntities(given, this.offsets);
    this.reset();
    return true;
  }

  /** Back to what the template gave. */
  reset(): void {
    this.history = new History(this.initial);
  }

  /** Take what was saved; false when that changes nothing. */
  restore(saved: Json | undefined): boolean {
    const entities = saved === undefined ? this.entities : readEntities(saved, this.offsets);
    if (areSame(entities, this.entities)) {
      return false;
    }
    this.history = new History(entities);
    return true;
  }

  /** Change the spans; false when they are the same ones. */
  change(next: Entities): boolean {
    return this.history.push(next);
  }

  /** Go back one change; false when there is none. */
  undo(): boolean {
    return this.history.undo();
  }

  /** Take back an undo; false when there is none. */
  redo(): boolean {
    return this.history.redo();
  }

  /** The answer object; it tells of a change only where an `initial-value` was given. */
  answer(): Record<string, Json> {
    const entities = writeEntities(this.entities, this.offsets);
    const given = this.loaded?.given;
    return given === undefined || given === null
      ? { entities }
      : { entities, initialValueModified: !areSame(this.entities, this.initial) };
  }
}
