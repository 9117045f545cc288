import type { Conflict } from "../api/errors";
import { words } from "./duration";

/** The server takes 5.5 MB in all; a little is for the envelope around the answer. */
export const ANSWER_LIMIT_BYTES = 5_499_000;

/** Sentences of the task page, for workers: what happened and what happens now. */
export const SENTENCES = {
  submitted: "Submitted.",
  skipped: "Task skipped. You get it again only when nothing else is left.",
  declined: "Task declined. You will not get it again.",
  reported: "Problem reported. You will not get this task again.",
  notTaken: "The task you had in hand is no longer yours; here is another one.",
  notSent: "Your answer is kept but could not be sent: the server can't be reached.",
  changed: "Your earlier answer was not sent. Submit again when you are ready.",
  notStopped: "The task could not be stopped: the server can't be reached. Your draft is kept in this browser.",
  draftRefused: "The server did not take your draft; it is kept in this browser.",
  broken: "Part of this task does not load, even at a second try. If you can't work without it, report a problem.",
  slow: "The page of this task does not open. Load it again, or report a problem.",
  waiting: "Other workers hold the last tasks. If one comes back, it opens here by itself.",
  done: "There is nothing left for you in this job.",
  stopped: "This job takes no more answers.",
} as const;

export function tooLarge(bytes: number): string {
  const [found, limit] = [bytes, ANSWER_LIMIT_BYTES].map((size) => (size / 1_000_000).toFixed(1));
  return `This answer is ${found} MB large, and at most ${limit} MB can be sent. Simplify it and submit again.`;
}

export function timeLeft(seconds: number): string {
  return `${words(seconds)} left for this task.`;
}

/** Why a task is not this worker's any more, as title and message. */
export function lossOf(conflict: Conflict | "time_is_up"): { readonly title: string; readonly message: string } {
  switch (conflict) {
    case "time_is_up":
    case "lease_expired":
      return {
        title: "Time is up",
        message:
          "The time limit of this task has passed before it was submitted. What you entered is kept as a draft: if the " +
          "task is still open, you find it in the list of jobs.",
      };
    case "object_closed":
      return {
        title: "This task is closed",
        message: "Enough answers have come in meanwhile, so yours is no longer needed. You can download a copy of it.",
      };
    case "already_submitted":
      return {
        title: "Already submitted",
        message: "You have submitted this task in another window. That answer counts.",
      };
    case "job_stopped":
      return { title: "The job has stopped", message: SENTENCES.stopped };
    case "not_leased":
      return {
        title: "This task was given away",
        message: "The task is no longer yours, and it can't be taken back. You can download a copy of your answer.",
      };
  }
}
