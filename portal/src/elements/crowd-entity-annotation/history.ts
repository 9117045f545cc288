/** How many states can be gone back to. */
const DEPTH = 200;

/** A value with its earlier and undone states. */
export class History<T> {
  private earlier: T[] = [];
  private undone: T[] = [];

  constructor(private present: T) {}

  /** The value as it stands. */
  get now(): T {
    return this.present;
  }

  get canUndo(): boolean {
    return this.earlier.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Change the value; false when it is the same one. */
  push(next: T): boolean {
    if (next === this.present) {
      return false;
    }
    this.earlier = [...this.earlier.slice(1 - DEPTH), this.present];
    this.undone = [];
    this.present = next;
    return true;
  }

  /** Go back one state; false when there is none. */
  undo(): boolean {
    return this.step(this.earlier, this.undone);
  }

  /** Take back an undo; false when there is none. */
  redo(): boolean {
    return this.step(this.undone, this.earlier);
  }

  private step(from: T[], to: T[]): boolean {
    if (from.length === 0) {
      return false;
    }
    to.push(this.present);
    this.present = from.pop() as T;
    return true;
  }
}
