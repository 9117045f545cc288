import type { Task } from "../api/shapes";
import type { ToFrame } from "../frame-protocol";
import { INITIAL_STATE, type Notice, type NoticeAction, type Phase, type Slot, type TaskState } from "./task-state";

/** The window of a frame, seen from the task page's logic. */
export interface Frames {
  post(key: string, message: ToFrame): void;
}

/** The state of the task page and the only place that changes it. */
export class TaskBoard {
  state: TaskState = INITIAL_STATE;
  private opened = 0;

  constructor(
    private readonly frames: Frames,
    private readonly onChange: (state: TaskState) => void,
  ) {}

  change(patch: Partial<TaskState>): void {
    this.state = { ...this.state, ...patch };
    this.onChange(this.state);
  }

  phase(phase: Phase): void {
    this.change({ phase });
  }

  is(...names: Phase["name"][]): boolean {
    return names.includes(this.state.phase.name);
  }

  announce(text: string, urgent = false): void {
    this.change({ announcement: { text, urgent } });
  }

  notice(tone: Notice["tone"], text: string, ...actions: NoticeAction[]): void {
    this.change({ notice: { tone, text, actions } });
  }

  /** A new frame for a task. */
  open(task: Task): Slot {
    this.opened += 1;
    return { key: `frame-${this.opened}`, task, pageUrl: task.pageUrl, ready: false, broken: false };
  }

  slot(key: string): Slot | null {
    const { current, next } = this.state;
    return [current, next].find((slot) => slot?.key === key) ?? null;
  }

  /** Change a slot, wherever it stands. */
  update(key: string, patch: Partial<Slot>): void {
    const { current, next } = this.state;
    if (current?.key === key) {
      this.change({ current: { ...current, ...patch } });
    } else if (next?.key === key) {
      this.change({ next: { ...next, ...patch } });
    }
  }

  post(message: ToFrame): void {
    if (this.state.current !== null) {
      this.frames.post(this.state.current.key, message);
    }
  }

  postTo(key: string, message: ToFrame): void {
    if (this.slot(key) !== null) {
      this.frames.post(key, message);
    }
  }
}
