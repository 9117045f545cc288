import { NetworkError } from "../api/errors";
import type { TokenSource } from "../api/portal-api";
import { type AuthReply, type AuthenticationResult, type ChallengeReply, Cognito, CognitoError } from "./cognito";
import { type Claims, readClaims } from "./id-token";
import type { SessionStore, StoredSession } from "./stored-session";

export type SessionState =
  | { readonly name: "signed-out" }
  | { readonly name: "signed-in"; readonly worker: Claims; readonly endsAt: number | null }
  /** The session ended while the worker was in the portal: the same worker must sign in again. */
  | { readonly name: "expired"; readonly worker: Claims; readonly username: string };

/** The worker must choose a first password of their own. */
export interface NewPasswordChallenge {
  /** As the worker typed it. */
  readonly username: string;
  /** As the user pool wants it in the answer to the challenge. */
  readonly userId: string;
  readonly session: string | undefined;
  /** Attributes the user pool requires and does not know yet, e.g. `userAttributes.name`. */
  readonly required: readonly string[];
}

/** Another worker signed in where the session of the first one was to go on. */
export class WrongWorkerError extends Error {
  override readonly name = "WrongWorkerError";
}

const ABSOLUTE_SECONDS = 12 * 3600;
const IDLE_SECONDS = 3600;
const WARNING_SECONDS = 300;
const RENEW_BEFORE_SECONDS = 300;
const ACTIVITY_SECONDS = 10;
const BUSY = new Set(["TooManyRequestsException", "LimitExceededException"]);
const CREDIBLE_OFFSET_SECONDS = 5;

/**
 * The worker's sign-in: 12 hours at most, one hour without activity (specification: workforces 6.4, task-types 7.3).
 *
 * When it ends, requests wait in `idToken()` until the worker has signed in again; nothing on the page is lost.
 */
export class Session implements TokenSource {
  state: SessionState = { name: "signed-out" };
  private stored: StoredSession | null;
  private renewal: Promise<void> | null = null;
  private refused = "";
  private waiting: { readonly go: () => void; readonly giveUp: (reason: Error) => void }[] = [];

  constructor(
    private readonly cognito: Cognito,
    private readonly store: SessionStore,
    private readonly onChange: () => void,
    private readonly localNow: () => number = () => Date.now() / 1000,
  ) {
    this.stored = store.read();
    this.tick();
  }

  /** Epoch seconds by the server's clock. */
  now(): number {
    return this.localNow() + (this.stored?.clockOffset ?? 0);
  }

  async signIn(username: string, password: string): Promise<NewPasswordChallenge | null> {
    return this.accept(username, await this.cognito.signIn(username, password));
  }

  async setFirstPassword(
    challenge: NewPasswordChallenge,
    password: string,
    attributes: Readonly<Record<string, string>>,
  ): Promise<NewPasswordChallenge | null> {
    const { username, userId, session } = challenge;
    return this.accept(username, await this.cognito.setFirstPassword(userId, password, session, attributes));
  }

  async idToken(): Promise<string> {
    for (;;) {
      this.tick();
      const stored = this.stored;
      if (this.state.name !== "signed-in" || stored === null) {
        await new Promise<void>((go, giveUp) => this.waiting.push({ go, giveUp }));
        continue;
      }
      const fresh = readClaims(stored.idToken).expiresAt - this.now() > RENEW_BEFORE_SECONDS;
      if (fresh && stored.idToken !== this.refused) {
        return stored.idToken;
      }
      await this.renew(stored);
    }
  }

  reject(token: string): void {
    this.refused = token;
  }

  /** The worker did something: the idle time starts again. */
  activity(): void {
    if (this.state.name !== "signed-in" || this.stored === null) {
      return;
    }
    if (this.state.endsAt !== null || this.now() - this.stored.lastActivityAt > ACTIVITY_SECONDS) {
      this.keep({ ...this.stored, lastActivityAt: this.now() });
      this.tick();
    }
  }

  /** Look at the clock: end the session, or say that it ends soon. */
  tick(): void {
    if (this.stored === null || this.state.name === "expired") {
      return;
    }
    const endsAt = Math.min(
      this.stored.signedInAt + ABSOLUTE_SECONDS,
      this.stored.lastActivityAt + IDLE_SECONDS,
    );
    if (endsAt <= this.now()) {
      this.expire();
      return;
    }
    const soon = endsAt - this.now() <= WARNING_SECONDS ? endsAt : null;
    if (this.state.name !== "signed-in" || this.state.endsAt !== soon) {
      this.change({ name: "signed-in", worker: readClaims(this.stored.idToken), endsAt: soon });
    }
  }

  /** Whether activity can still put off the end, or only a new sign-in. */
  get extendable(): boolean {
    return this.stored !== null && this.stored.signedInAt + ABSOLUTE_SECONDS - this.now() > WARNING_SECONDS;
  }

  async signOut(): Promise<void> {
    const refreshToken = this.stored?.refreshToken;
    this.stored = null;
    this.store.clear();
    this.change({ name: "signed-out" });
    this.waiting.splice(0).forEach(({ giveUp }) => giveUp(new NetworkError("signed out")));
    if (refreshToken !== undefined) {
      // The tab has forgotten its tokens already; a refused or lost revocation leaves nothing to do.
      await this.cognito.revoke(refreshToken).catch(() => undefined);
    }
  }

  private accept(username: string, reply: AuthReply): NewPasswordChallenge | null {
    if (!("AuthenticationResult" in reply) || !reply.AuthenticationResult) {
      return challengeOf(username, reply as ChallengeReply);
    }
    const result = reply.AuthenticationResult;
    const claims = readClaims(result.IdToken);
    if (this.state.name === "expired" && this.state.worker.sub !== claims.sub) {
      throw new WrongWorkerError("another worker signed in");
    }
    const offset = this.offset(claims);
    const now = this.localNow() + offset;
    this.keep({
      idToken: result.IdToken,
      refreshToken: result.RefreshToken ?? "",
      username,
      signedInAt: now,
      lastActivityAt: now,
      clockOffset: offset,
    });
    this.change({ name: "signed-in", worker: claims, endsAt: null });
    this.waiting.splice(0).forEach(({ go }) => go());
    return null;
  }

  private renew(stored: StoredSession): Promise<void> {
    this.renewal ??= this.requestRenewal(stored).finally(() => (this.renewal = null));
    return this.renewal;
  }

  private async requestRenewal(stored: StoredSession): Promise<void> {
    let reply: AuthReply;
    try {
      reply = await this.cognito.renew(stored.refreshToken);
    } catch (error) {
      if (error instanceof CognitoError && !BUSY.has(error.code)) {
        this.expire();
        return;
      }
      throw error instanceof NetworkError ? error : new NetworkError("the sign-in service is busy", { cause: error });
    }
    if (this.stored === null) {
      return;
    }
    if (!("AuthenticationResult" in reply) || reply.AuthenticationResult.IdToken === this.refused) {
      this.expire();
      return;
    }
    const result: AuthenticationResult = reply.AuthenticationResult;
    this.keep({
      ...this.stored,
      idToken: result.IdToken,
      refreshToken: result.RefreshToken ?? stored.refreshToken,
    });
  }

  private expire(): void {
    if (this.stored === null) {
      return;
    }
    const worker = readClaims(this.stored.idToken);
    const { username } = this.stored;
    this.stored = { ...this.stored, idToken: "", refreshToken: "" };
    this.store.clear();
    this.change({ name: "expired", worker, username });
  }

  private offset(claims: Claims): number {
    const offset = claims.issuedAt - this.localNow();
    return Math.abs(offset) < CREDIBLE_OFFSET_SECONDS ? 0 : offset;
  }

  private keep(stored: StoredSession): void {
    this.stored = stored;
    this.store.write(stored);
  }

  private change(state: SessionState): void {
    this.state = state;
    this.onChange();
  }
}

function challengeOf(username: string, reply: ChallengeReply): NewPasswordChallenge {
  if (reply.ChallengeName !== "NEW_PASSWORD_REQUIRED") {
    throw new CognitoError(
      "UnsupportedChallenge",
      `your account asks for "${reply.ChallengeName}", which this portal does not offer. Ask the manager of your team.`,
    );
  }
  const parameters = reply.ChallengeParameters ?? {};
  const required = JSON.parse(parameters["requiredAttributes"] || "[]") as string[];
  return { username, userId: parameters["USER_ID_FOR_SRP"] ?? username, session: reply.Session, required };
}
