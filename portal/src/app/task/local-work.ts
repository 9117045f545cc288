import type { Answer } from "../frame-protocol";

/** A draft kept in the browser. */
export interface LocalDraft {
  readonly draft: Answer;
  readonly timeSpentInSeconds: number;
  /** Epoch seconds. */
  readonly savedAt: number;
}

const PREFIX = "groundwork.";
const KEEP_SECONDS = 7 * 86_400;

/**
 * What the browser remembers of a worker's work in one job: the draft of each task and which task is in hand, so that
 * a reload or a crash loses nothing, and whether the instructions were read. Kept per worker: several people may share
 * a computer.
 */
export class LocalWork {
  constructor(
    private readonly storage: Storage,
    private readonly workerId: string,
    private readonly job: string,
  ) {}

  get hand(): number | null {
    const entry = Number(this.storage.getItem(this.handKey) ?? Number.NaN);
    return Number.isInteger(entry) ? entry : null;
  }

  set hand(entry: number | null) {
    if (entry === null) {
      this.storage.removeItem(this.handKey);
    } else {
      this.write(this.handKey, String(entry));
    }
  }

  /** Whether the worker has read the full instructions that open with the first task. */
  get instructionsRead(): boolean {
    return this.storage.getItem(this.readKey) !== null;
  }

  /** The instructions open with no further task of this job. */
  rememberInstructions(): void {
    this.write(this.readKey, "1");
  }

  draft(entry: number): LocalDraft | null {
    try {
      return JSON.parse(this.storage.getItem(this.draftKey(entry)) ?? "null") as LocalDraft | null;
    } catch {
      return null;
    }
  }

  saveDraft(entry: number, draft: LocalDraft): void {
    this.write(this.draftKey(entry), JSON.stringify(draft));
  }

  forget(entry: number): void {
    this.storage.removeItem(this.draftKey(entry));
    if (this.hand === entry) {
      this.hand = null;
    }
  }

  private write(key: string, text: string): void {
    try {
      this.storage.setItem(key, text);
    } catch {
      // The browser's quota is used up, by a large mask for instance: the server's copy of the draft has to do.
      this.storage.removeItem(key);
    }
  }

  private get handKey(): string {
    return `${PREFIX}hand.${this.workerId}.${this.job}`;
  }

  private get readKey(): string {
    return `${PREFIX}read.${this.workerId}.${this.job}`;
  }

  private draftKey(entry: number): string {
    return `${PREFIX}draft.${this.workerId}.${this.job}.${entry}`;
  }
}

/** Remove drafts that nobody came back for within a week. */
export function removeOldDrafts(storage: Storage, now: number): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  for (const key of keys.filter((name) => name.startsWith(`${PREFIX}draft.`))) {
    let savedAt = 0;
    try {
      savedAt = (JSON.parse(storage.getItem(key) ?? "{}") as LocalDraft).savedAt ?? 0;
    } catch {
      savedAt = 0;
    }
    if (savedAt < now - KEEP_SECONDS) {
      storage.removeItem(key);
    }
  }
}
