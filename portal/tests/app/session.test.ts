// @vitest-environment node
import { beforeEach, describe, expect, test, vi } from "vitest";
import { NetworkError } from "../../src/app/api/errors";
import { type AuthReply, type Cognito, CognitoError } from "../../src/app/session/cognito";
import { Session, WrongWorkerError } from "../../src/app/session/session";
import { SessionStore } from "../../src/app/session/stored-session";
import { idToken } from "./fake-cognito";
import { MemoryStorage } from "./runner-bench";

const START = 1_790_000_000;
let now = START;
let storage: MemoryStorage;

function tokens(sub = "worker-1", serial = 1): AuthReply {
  const IdToken = idToken({ sub, name: "Mail team 1" }, serial, now);
  return { AuthenticationResult: { IdToken, AccessToken: "access", RefreshToken: "refresh-1", ExpiresIn: 3600 } };
}

function makeSession() {
  const cognito = {
    signIn: vi.fn(async (): Promise<AuthReply> => tokens()),
    renew: vi.fn(async (): Promise<AuthReply> => tokens("worker-1", 2)),
    setFirstPassword: vi.fn(async (): Promise<AuthReply> => tokens()),
    revoke: vi.fn(async () => {}),
  };
  const session = new Session(cognito as unknown as Cognito, new SessionStore(storage), () => {}, () => now);
  return { cognito, session };
}

beforeEach(() => {
  now = START;
  storage = new MemoryStorage();
});

describe("a session", () => {
  test("survives a reload and stays in this tab's storage", async () => {
    await makeSession().session.signIn("mail-team-1@example.org", "secret");
    const { session } = makeSession();
    expect(session.state).toMatchObject({ name: "signed-in", worker: { sub: "worker-1" } });
  });

  test("renews its token five minutes before it expires, once for many requests", async () => {
    const { session, cognito } = makeSession();
    await session.signIn("mail-team-1@example.org", "secret");
    const first = await session.idToken();
    now += 3000;
    expect(await session.idToken()).toBe(first);
    now += 301;
    const [a, b] = await Promise.all([session.idToken(), session.idToken()]);
    expect(a).toBe(b);
    expect(a).not.toBe(first);
    expect(cognito.renew).toHaveBeenCalledOnce();
  });

  test("renews a token the server refuses", async () => {
    const { session, cognito } = makeSession();
    await session.signIn("mail-team-1@example.org", "secret");
    session.reject(await session.idToken());
    await session.idToken();
    expect(cognito.renew).toHaveBeenCalledOnce();
  });

  test("that can't be renewed holds requests until the same worker signs in again", async () => {
    const { session, cognito } = makeSession();
    await session.signIn("mail-team-1@example.org", "secret");
    cognito.renew.mockRejectedValueOnce(new CognitoError("NotAuthorizedException", "Refresh Token has expired"));
    now += 3400;
    const request = session.idToken();
    await vi.waitFor(() => expect(session.state.name).toBe("expired"));
    cognito.signIn.mockResolvedValueOnce(tokens("worker-2"));
    await expect(session.signIn("other@example.org", "secret")).rejects.toThrow(WrongWorkerError);
    expect(session.state.name).toBe("expired");
    await session.signIn("mail-team-1@example.org", "secret");
    expect(await request).toContain(".");
  });

  test("is not ended by a network or a busy service that fails a renewal", async () => {
    const { session, cognito } = makeSession();
    await session.signIn("mail-team-1@example.org", "secret");
    now += 3400;
    for (const error of [new NetworkError("down"), new CognitoError("TooManyRequestsException", "slow down")]) {
      cognito.renew.mockRejectedValueOnce(error);
      await expect(session.idToken()).rejects.toThrow(NetworkError);
    }
    expect(session.state.name).toBe("signed-in");
  });

  test("ends after an hour without activity, with a warning five minutes before", async () => {
    const { session } = makeSession();
    await session.signIn("mail-team-1@example.org", "secret");
    now += 3299;
    session.tick();
    expect(session.state).toMatchObject({ name: "signed-in", endsAt: null });
    now += 2;
    session.tick();
    expect(session.state).toMatchObject({ name: "signed-in", endsAt: START + 3600 });
    session.activity();
    expect(session.state).toMatchObject({ endsAt: null });
    now += 3601;
    session.tick();
    expect(session.state.name).toBe("expired");
  });

  test("ends after twelve hours whatever happens", async () => {
    const { session } = makeSession();
    await session.signIn("mail-team-1@example.org", "secret");
    for (let minute = 0; minute < 12 * 60 - 1; minute += 1) {
      now += 60;
      session.activity();
      session.tick();
    }
    expect(session.state).toMatchObject({ name: "signed-in", endsAt: START + 12 * 3600 });
    expect(session.extendable).toBe(false);
    now += 61;
    session.tick();
    expect(session.state.name).toBe("expired");
  });

  test("takes the server's clock from the token when this computer's is wrong", async () => {
    const { session, cognito } = makeSession();
    cognito.signIn.mockImplementationOnce(async () => {
      now += 900;
      const reply = tokens();
      now -= 900;
      return reply;
    });
    await session.signIn("mail-team-1@example.org", "secret");
    expect(session.now()).toBe(START + 900);
  });

  test("signing out revokes, forgets, and gives up the requests that waited", async () => {
    const { session, cognito } = makeSession();
    await session.signIn("mail-team-1@example.org", "secret");
    now += 4000;
    session.tick();
    const request = session.idToken();
    await session.signOut();
    await expect(request).rejects.toThrow(NetworkError);
    expect(storage.length).toBe(0);
    expect(session.state.name).toBe("signed-out");
    expect(cognito.revoke).toHaveBeenCalledTimes(1);
  });

  test("a challenge the portal does not know is named", async () => {
    const { session, cognito } = makeSession();
    cognito.signIn.mockResolvedValueOnce({ ChallengeName: "SMS_MFA" });
    await expect(session.signIn("mail-team-1@example.org", "secret")).rejects.toThrow(/SMS_MFA/);
  });
});
