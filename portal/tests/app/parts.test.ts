// @vitest-environment node
import { describe, expect, test, vi } from "vitest";
import { ApiError, NetworkError } from "../../src/app/api/errors";
import { PortalApi } from "../../src/app/api/portal-api";
import { ConfigError, loadConfig, parseConfig, passwordPolicy } from "../../src/app/config";
import { envelope, readFrameMessage } from "../../src/app/frame-protocol";
import { readRoute, taskAddress } from "../../src/app/page/route";
import { Cognito, CognitoError } from "../../src/app/session/cognito";
import { signInSentence } from "../../src/app/session/sign-in-error";
import { passwordProblem } from "../../src/app/sign-in/password-rules";
import { Deadline } from "../../src/app/task/deadline";
import { clock, words } from "../../src/app/task/duration";
import { FrameChannel } from "../../src/app/task/frame-channel";
import { LocalWork, removeOldDrafts } from "../../src/app/task/local-work";
import { commandOf } from "../../src/app/task/shortcuts";
import { TimeSpent } from "../../src/app/task/time-spent";
import { MemoryStorage } from "./runner-bench";

const CONFIG = {
  region: "eu-central-1",
  userPoolId: "eu-central-1_AbCdEf123",
  userPoolClientId: "4h57kexample",
  cognitoEndpoint: "https://cognito-idp.eu-central-1.amazonaws.com/",
  apiUrl: "https://api.example.org/",
};

describe("the configuration", () => {
  test("loses the slash at the end of its addresses", () => {
    expect(parseConfig(CONFIG)).toMatchObject({ apiUrl: "https://api.example.org" });
  });

  test.each([
    [{ ...CONFIG, apiUrl: "api.example.org" }, '"apiUrl" must be a full web address'],
    [{ ...CONFIG, apiUrl: "ftp://api.example.org" }, '"apiUrl" must begin with https://'],
    [{ ...CONFIG, userPoolClientId: 7 }, '"userPoolClientId" must be a text'],
    [["list"], "one JSON object"],
  ])("names what is wrong", (document, message) => {
    expect(() => parseConfig(document)).toThrow(message);
  });

  test("that is missing, or no JSON, is a clear error", async () => {
    const answer = (body: string, status: number) => async () => new Response(body, { status });
    await expect(loadConfig(answer("", 403))).rejects.toThrow("HTTP 403");
    await expect(loadConfig(answer("<html>", 200))).rejects.toThrow(ConfigError);
  });
});

describe("a message of the frame", () => {
  const whole = { groundwork: 1, nonce: "n1" };

  test.each([
    [{ ...whole, type: "submit", answer: { a: 1 } }, { type: "submit", answer: { a: 1 } }],
    [{ groundwork: 1, nonce: "", type: "hello" }, { type: "hello" }],
    [{ ...whole, type: "key", key: "K", alt: true }, { type: "key", key: "K", ctrl: false, shift: false, alt: true }],
  ])("is read", (data, message) => {
    expect(readFrameMessage(data, "n1")).toEqual(message);
  });

  test.each([
    [{ ...whole, nonce: "n2", type: "submit", answer: {} }],
    [{ nonce: "n1", type: "submit", answer: {} }],
    [{ ...whole, type: "submit", answer: [1] }],
    [{ ...whole, type: "submit" }],
    [{ ...whole, type: "key", key: "x".repeat(100) }],
    [{ ...whole, type: "failed-resource", url: 7 }],
    [{ ...whole, type: "start" }],
    ["submit"],
    [null],
  ])("that is not whole is dropped: %j", (data) => {
    expect(readFrameMessage(data, "n1")).toBeNull();
  });

  test("counts only from the window of a known frame", () => {
    const received = vi.fn();
    const channel = new FrameChannel(received, () => "n1");
    const [own, foreign] = [{ postMessage: vi.fn() }, {}] as unknown as [Window, Window];
    channel.connect("frame-1", () => own);
    const data = { ...whole, type: "ready" };
    channel.onMessage({ source: foreign, data } as unknown as MessageEvent);
    channel.onMessage({ source: null, data } as unknown as MessageEvent);
    expect(received).not.toHaveBeenCalled();
    channel.onMessage({ source: own, data } as unknown as MessageEvent);
    expect(received).toHaveBeenCalledWith("frame-1", { type: "ready" });
    channel.post("frame-1", { type: "collect" });
    expect(own.postMessage).toHaveBeenCalledWith(envelope("n1", { type: "collect" }), "*");
    channel.keep([]);
    channel.onMessage({ source: own, data } as unknown as MessageEvent);
    expect(received).toHaveBeenCalledOnce();
  });
});

describe("the API client", () => {
  const tokens = () => ({ idToken: vi.fn(async () => "token"), reject: vi.fn() });
  const answers = (...replies: [number, unknown][]) => {
    const send = vi.fn<typeof fetch>();
    replies.forEach(([status, body]) => send.mockResolvedValueOnce(Response.json(body, { status })));
    return send;
  };

  test("asks for a new token once after a 401", async () => {
    const [source, send] = [tokens(), answers([401, { message: "Unauthorized" }], [200, { jobs: [] }])];
    await new PortalApi("https://api.example.org", source, send).jobs();
    expect(source.reject).toHaveBeenCalledWith("token");
    expect(send.mock.calls[1]![1]!.headers).toMatchObject({ authorization: "Bearer token" });
  });

  test("gives the server's code and sentence, or one of its own", async () => {
    const send = answers([409, { code: "lease_expired", message: "Too late." }], [502, "<html>"]);
    const api = new PortalApi("https://api.example.org", tokens(), send);
    await expect(api.jobs()).rejects.toMatchObject({ status: 409, code: "lease_expired", message: "Too late." });
    await expect(api.jobs()).rejects.toThrow(ApiError);
  });

  test("a connection that fails is a network error", async () => {
    const send = vi.fn<typeof fetch>().mockRejectedValue(new TypeError("Failed to fetch"));
    await expect(new PortalApi("https://api.example.org", tokens(), send).jobs()).rejects.toThrow(NetworkError);
  });

  test("a page's path is below the API's address, whatever path that has itself", async () => {
    const task = { entry: 0, token: "t", pageUrl: "/pages/mail/0/t" };
    const send = answers([200, { task, after: "" }]);
    const reply = await new PortalApi("http://127.0.0.1:4566/api", tokens(), send).job("mail").take({ show: true });
    expect(reply.task!.pageUrl).toBe("http://127.0.0.1:4566/api/pages/mail/0/t");
  });

  test("a job's name is escaped in the address", async () => {
    const send = answers([200, { task: null, reason: "done" }]);
    await new PortalApi("https://api.example.org", tokens(), send).job("a/b").take({ show: true });
    expect(send.mock.calls[0]![0]).toBe("https://api.example.org/jobs/a%2Fb/tasks");
  });
});

describe("Cognito", () => {
  test("is called by target and content type, and its errors keep their names", async () => {
    const error = { __type: "com.amazonaws#NotAuthorizedException", message: "User is disabled." };
    const send = vi.fn<typeof fetch>(async () => Response.json(error, { status: 400 }));
    const cognito = new Cognito("https://cognito.example.org", "client", send);
    const refusal: unknown = await cognito.signIn("a", "b").catch((reason: unknown) => reason);
    expect(refusal).toMatchObject({ code: "NotAuthorizedException" });
    expect(signInSentence(refusal)).toContain("disabled");
    expect(send.mock.calls[0]![1]!.headers).toEqual({
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
    });
  });

  test.each([
    ["NotAuthorizedException", "Incorrect username or password.", "user name or the password is wrong"],
    ["NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.", "temporary"],
    ["NotAuthorizedException", "Password attempts exceeded", "Too many wrong attempts"],
    ["InvalidPasswordException", "Password did not conform with policy: Password not long enough", "not long enough"],
    ["LimitExceededException", "Attempt limit exceeded", "Wait a few minutes"],
  ])("%s (%s) becomes a sentence for workers", (code, message, sentence) => {
    expect(signInSentence(new CognitoError(code, message))).toContain(sentence);
  });
});

test("a new password must keep to the pool's own rules and be repeated", () => {
  const policy = passwordPolicy(
    parseConfig({
      ...CONFIG,
      passwordPolicy: { minimumLength: 12, requireSymbols: false },
    }),
  );
  expect(passwordProblem(policy, "Harbour9", "Harbour9")).toContain("at least 12 characters");
  expect(passwordProblem(policy, "harbourlights", "harbourlights")).toContain("a capital letter, a digit");
  expect(passwordProblem(policy, "Harbourlights9", "Harbourlights8")).toBe("The two passwords differ.");
  expect(passwordProblem(policy, "Harbourlights9", "Harbourlights9")).toBeNull();
});

test("an address names the list, a job or a held task", () => {
  expect(readRoute("")).toEqual({ name: "jobs" });
  expect(readRoute(taskAddress("mail 2026/1"))).toEqual({ name: "task", job: "mail 2026/1", entry: null });
  expect(readRoute(taskAddress("mail", 12))).toEqual({ name: "task", job: "mail", entry: 12 });
  expect(readRoute("#/jobs/%E0%A4%A")).toEqual({ name: "jobs" });
});

test("shortcuts need Alt and Shift, so that no typed character is one", () => {
  const stroke = { key: "K", ctrl: false, shift: true, alt: true };
  expect(commandOf(stroke)).toBe("skip");
  expect(commandOf({ ...stroke, alt: false })).toBeNull();
  expect(commandOf({ ...stroke, shift: false })).toBeNull();
  expect(commandOf({ ...stroke, ctrl: true })).toBeNull();
  expect(commandOf({ ...stroke, key: "?", alt: false })).toBe("help");
});

test("a deadline says each thing once, and nothing that was past at the start", () => {
  const deadline = new Deadline(1000, 900, 0);
  expect([0, 909, 910, 911, 940, 941, 995, 1000].map((now) => deadline.check(now))).toEqual([
    null, null, "tenth", null, "minute", null, "last-save", "expired",
  ]);
  expect(new Deadline(1000, 900, 950).check(960)).toBeNull();
});

test("time counts while the page is visible and something happened within the last minute", () => {
  const time = new TimeSpent(10, 0);
  expect(time.seconds(90_000)).toBe(70);
  time.activity(100_000);
  time.setVisible(false, 110_000);
  time.activity(120_000);
  time.setVisible(true, 130_000);
  expect(time.seconds(140_000)).toBe(90);
});

test("durations are written for people", () => {
  expect([0, 59.2, 245, 3845, 200_000].map(clock)).toEqual(["0:00", "1:00", "4:05", "1:04:05", "2 d 7 h"]);
  expect([0, 1, 300, 5400, 2_592_000].map(words)).toEqual([
    "0 seconds", "1 second", "5 minutes", "1 hour 30 minutes", "30 days",
  ]);
});

describe("work kept in the browser", () => {
  test("belongs to one worker and one job", () => {
    const storage = new MemoryStorage();
    new LocalWork(storage, "worker-1", "mail").hand = 3;
    expect(new LocalWork(storage, "worker-1", "mail").hand).toBe(3);
    expect(new LocalWork(storage, "worker-2", "mail").hand).toBeNull();
    expect(new LocalWork(storage, "worker-1", "signs").hand).toBeNull();
  });

  test("knows of read instructions for that worker and job alone", () => {
    const storage = new MemoryStorage();
    new LocalWork(storage, "worker-1", "mail").rememberInstructions();
    const read = ["mail", "signs"].map((job) => new LocalWork(storage, "worker-1", job).instructionsRead);
    expect([...read, new LocalWork(storage, "worker-2", "mail").instructionsRead]).toEqual([true, false, false]);
  });

  test("that does not fit leaves no old draft in its place", () => {
    const storage = new MemoryStorage();
    const work = new LocalWork(storage, "worker-1", "mail");
    work.saveDraft(3, { draft: { version: "old" }, timeSpentInSeconds: 1, savedAt: 1 });
    vi.spyOn(storage, "setItem").mockImplementation(() => {
      throw new Error("QuotaExceededError");
    });
    work.saveDraft(3, { draft: { version: "new" }, timeSpentInSeconds: 2, savedAt: 2 });
    expect(work.draft(3)).toBeNull();
  });

  test("is removed after a week", () => {
    const storage = new MemoryStorage();
    const work = new LocalWork(storage, "worker-1", "mail");
    work.saveDraft(1, { draft: {}, timeSpentInSeconds: 0, savedAt: 1000 });
    work.saveDraft(2, { draft: {}, timeSpentInSeconds: 0, savedAt: 600_000 });
    removeOldDrafts(storage, 700_000);
    expect([work.draft(1), work.draft(2)?.savedAt]).toEqual([null, 600_000]);
  });
});
