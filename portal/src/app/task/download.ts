import type { Answer } from "../frame-protocol";

/** Offer the worker a copy of an answer as a JSON file. */
export function downloadAnswer(job: string, entry: number, answer: Answer): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(answer, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${job}-task-${entry}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
