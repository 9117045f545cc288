import { readClaims } from "./id-token";

/** What a signed-in worker's tab remembers until it is closed. Times are epoch seconds by the server's clock. */
export interface StoredSession {
  readonly idToken: string;
  readonly refreshToken: string;
  readonly username: string;
  readonly signedInAt: number;
  readonly lastActivityAt: number;
  /** Server clock minus this computer's clock, in seconds. */
  readonly clockOffset: number;
}

const KEY = "groundwork.session";

/** Keeps the session in `sessionStorage`, so that a reload does not sign the worker out. */
export class SessionStore {
  constructor(private readonly storage: Storage) {}

  read(): StoredSession | null {
    try {
      const stored = JSON.parse(this.storage.getItem(KEY) ?? "null") as StoredSession | null;
      if (stored !== null) {
        readClaims(stored.idToken);
      }
      return stored;
    } catch {
      this.clear();
      return null;
    }
  }

  write(session: StoredSession): void {
    this.storage.setItem(KEY, JSON.stringify(session));
  }

  clear(): void {
    this.storage.removeItem(KEY);
  }
}
