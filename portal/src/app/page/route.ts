/** Where the worker is: the list, or the task page of a job, perhaps with the held task to resume. */
export type Route = { readonly name: "jobs" } | { readonly name: "task"; readonly job: string; readonly entry: number | null };

const TASK = /^#\/jobs\/([^/]+)(?:\/(\d+))?$/;

/** Read the address's fragment; anything unknown is the list. */
export function readRoute(hash: string): Route {
  const match = TASK.exec(hash);
  if (match?.[1] === undefined) {
    return { name: "jobs" };
  }
  try {
    return { name: "task", job: decodeURIComponent(match[1]), entry: match[2] === undefined ? null : Number(match[2]) };
  } catch {
    return { name: "jobs" };
  }
}

export function jobsAddress(): string {
  return "#/";
}

export function taskAddress(job: string, entry?: number): string {
  return `#/jobs/${encodeURIComponent(job)}${entry === undefined ? "" : `/${entry}`}`;
}
