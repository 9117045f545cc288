import type { Answer } from "../frame-protocol";
import { ApiError, NetworkError } from "./errors";
import type { JobList, SubmitOutcome, Task, TaskReply, TaskWish } from "./shapes";

/** Gives the ID token of a request; may wait while the worker signs in again. */
export interface TokenSource {
  idToken(): Promise<string>;
  /** The server refused this token. */
  reject(token: string): void;
}

const TIMEOUT_MS = 30_000;
const SIGN_IN_ROUNDS = 2;

/** The portal API of docs/architecture.md; every call raises ApiError or NetworkError. */
export class PortalApi {
  constructor(
    private readonly baseUrl: string,
    private readonly tokens: TokenSource,
    private readonly send: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  /** The jobs open to the worker's teams. */
  jobs(): Promise<JobList> {
    return this.call("GET", "/jobs");
  }

  /** The calls of one job's tasks. */
  job(name: string): JobTasks {
    const call: Call = (method, path, body) => this.call(method, `/jobs/${encodeURIComponent(name)}${path}`, body);
    return new JobTasks(call, this.baseUrl);
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    for (let round = 1; ; round += 1) {
      const token = await this.tokens.idToken();
      const response = await this.fetch(method, path, token, body);
      if (response.status === 401 && round < SIGN_IN_ROUNDS) {
        this.tokens.reject(token);
        continue;
      }
      return read<T>(response);
    }
  }

  private async fetch(method: string, path: string, token: string, body: unknown): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (body !== undefined) {
      headers["content-type"] = "application/json";
    }
    try {
      return await this.send(this.baseUrl + path, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        cache: "no-store",
        credentials: "omit",
      });
    } catch (error) {
      throw new NetworkError(`${method} ${path} got no answer`, { cause: error });
    }
  }
}

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** The calls on the tasks of one labeling job. */
export class JobTasks {
  constructor(
    private readonly call: Call,
    private readonly baseUrl: string,
  ) {}

  /** Take (`show: true`) or reserve (`show: false`) a task; its page's address comes back in full. */
  async take(wish: TaskWish): Promise<TaskReply> {
    const reply = await this.call<TaskReply>("POST", "/tasks", wish);
    if (reply.task === null) {
      return reply;
    }
    return { ...reply, task: { ...reply.task, pageUrl: this.baseUrl + reply.task.pageUrl } };
  }

  /** Hand in the answer and, in the same call, start the clock of the prefetched task. */
  answer(task: Task, answer: Answer, timeSpentInSeconds: number, next?: Task): Promise<SubmitOutcome> {
    const body = { token: task.token, answer, timeSpentInSeconds };
    const follow = next === undefined ? {} : { next: { entry: next.entry, token: next.token } };
    return this.call("POST", `/tasks/${task.entry}/answer`, { ...body, ...follow });
  }

  /** Start the clock of a reserved task. */
  show(task: Task): Promise<{ readonly leaseUntil: number }> {
    return this.call("POST", `/tasks/${task.entry}/show`, { token: task.token });
  }

  async decline(task: Task, reason?: string, code?: "broken_object"): Promise<void> {
    const body = { token: task.token, ...(reason ? { reason } : {}), ...(code ? { code } : {}) };
    await this.call("POST", `/tasks/${task.entry}/decline`, body);
  }

  async skip(task: Task): Promise<void> {
    await this.call("POST", `/tasks/${task.entry}/skip`, { token: task.token });
  }

  async draft(task: Task, draft: Answer, timeSpentInSeconds: number, stop: boolean): Promise<void> {
    await this.call("PUT", `/tasks/${task.entry}/draft`, { token: task.token, draft, timeSpentInSeconds, stop });
  }

  /** Fresh addresses of the data objects of a task, by S3 URI. */
  async renew(task: Task): Promise<Readonly<Record<string, string>>> {
    const body = { token: task.token };
    const reply = await this.call<{ urls?: Record<string, string> }>("POST", `/tasks/${task.entry}/renew`, body);
    return reply.urls ?? {};
  }
}

async function read<T>(response: Response): Promise<T> {
  let document: unknown;
  try {
    document = await response.json();
  } catch (error) {
    if (response.ok) {
      throw new NetworkError("the answer was cut off", { cause: error });
    }
    document = null;
  }
  if (response.ok) {
    return document as T;
  }
  const { code, message } = (document ?? {}) as { code?: unknown; message?: unknown };
  throw new ApiError(
    response.status,
    typeof code === "string" ? code : `http_${response.status}`,
    typeof message === "string" && typeof code === "string" ? message : sentence(response.status),
  );
}

function sentence(status: number): string {
  if (status === 401 || status === 403) {
    return "You are not allowed to do this. Ask the owner of the job whether you are still in the team.";
  }
  if (status === 413) {
    return "The answer is larger than the server takes.";
  }
  return status === 429 ? "Too many requests at once." : `The server answered with an error (HTTP ${status}).`;
}
