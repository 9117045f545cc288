/** The server could not be reached, or did not answer in time: the same request may work later. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";
}

/** The server answered with an error; `message` is a sentence for the worker. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What a 409 answer says about the task. */
export const CONFLICTS = ["lease_expired", "not_leased", "already_submitted", "object_closed", "job_stopped"] as const;
export type Conflict = (typeof CONFLICTS)[number];

/** The conflict an error stands for, or null when it is something else. */
export function conflictOf(error: unknown): Conflict | null {
  if (!(error instanceof ApiError) || error.status !== 409) {
    return null;
  }
  return CONFLICTS.find((code) => code === error.code) ?? null;
}

/** Whether trying the same request again, later, can help. */
export function isTemporary(error: unknown): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && (error.status === 429 || error.status >= 500));
}

/** A sentence for the worker, whatever went wrong. */
export function sentenceFor(error: unknown): string {
  if (error instanceof ApiError && error.message !== "") {
    return error.message;
  }
  if (error instanceof NetworkError) {
    return "The server can't be reached. Check your connection.";
  }
  return "Something went wrong in the portal.";
}
