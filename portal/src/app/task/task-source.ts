import { ApiError, conflictOf } from "../api/errors";
import type { JobTasks } from "../api/portal-api";
import type { Task, TaskReply } from "../api/shapes";

export type NoTask = Extract<TaskReply, { readonly task: null }>;

/**
 * Where the tasks of one job come from: asks the server for the next task and reserves one ahead, so that submitting
 * never means waiting.
 */
export class TaskSource {
  private cursor: unknown = undefined;

  constructor(private readonly tasks: JobTasks) {}

  /** Take a task and start its clock. */
  take(): Promise<Task | NoTask> {
    return this.ask(true);
  }

  /**
   * Ask for a held or formerly leased task; the server gives another one when that is no longer to be had, and null
   * when there is none at all.
   */
  async takeBack(entry: number): Promise<Task | null> {
    const reply = await this.tasks.take({ entry, show: true });
    return reply.task;
  }

  /** Reserve the next task without starting its clock; null when there is none, or no server. */
  async reserve(): Promise<Task | null> {
    const reply = await this.ask(false).catch(() => null);
    return reply !== null && "entry" in reply ? reply : null;
  }

  /** Start the clock of a reserved task; null when the reservation has lapsed meanwhile. */
  async show(task: Task): Promise<Task | null> {
    try {
      const { leaseUntil } = await this.tasks.show(task);
      return { ...task, leaseUntil };
    } catch (error) {
      if (conflictOf(error) !== null || (error instanceof ApiError && error.status === 404)) {
        return null;
      }
      throw error;
    }
  }

  private async ask(show: boolean): Promise<Task | NoTask> {
    const reply = await this.tasks.take(this.cursor === undefined ? { show } : { show, after: this.cursor });
    if (reply.task === null) {
      return reply;
    }
    this.cursor = reply.after ?? undefined;
    return reply.task;
  }
}
