// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError, NetworkError } from "../../src/app/api/errors";
import type { SubmitOutcome, TaskReply } from "../../src/app/api/shapes";
import { Bench, LIMIT, conflict, deferred, epochSeconds, fakeTasks, pass, settle, taskOf } from "./runner-bench";

let bench: Bench;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_790_000_000_000 });
  bench = new Bench();
});
afterEach(() => {
  bench.runner.dispose();
  vi.useRealTimers();
});

describe("the next task", () => {
  test("is reserved once the current frame is ready, and swapped in by the submit itself", async () => {
    await bench.begin();
    expect(bench.tasks.take.mock.calls.map(([wish]) => wish)).toEqual([{ show: true }, { show: false, after: "after-0" }]);
    const prefetched = bench.state.next!;
    await bench.submit();
    expect(bench.tasks.answer.mock.calls[0]![3]?.entry).toBe(1);
    expect(bench.state.current).toMatchObject({ key: prefetched.key, pageUrl: prefetched.pageUrl });
    expect(bench.state.current!.task.leaseUntil).toBe(epochSeconds() + LIMIT);
    expect(bench.phases).toEqual(["working", "submitting", "working"]);
    expect(bench.tasks.show).not.toHaveBeenCalled();
  });

  test("whose reservation was still under way at the submit is shown by a call of its own", async () => {
    const reply = deferred<TaskReply>();
    bench.tasks.take.mockResolvedValueOnce({ task: taskOf(0), after: "a" }).mockReturnValueOnce(reply.promise);
    await bench.begin();
    await bench.submit();
    expect(bench.tasks.answer.mock.calls[0]![3]).toBeUndefined();
    expect(bench.state.phase.name).toBe("loading");
    reply.resolve({ task: taskOf(1, { leaseUntil: null }) });
    await settle();
    expect(bench.tasks.show).toHaveBeenCalledOnce();
    expect(bench.tasks.take).toHaveBeenCalledTimes(2);
    expect(bench.entry).toBe(1);
  });

  test("that arrives while the answer is on its way is shown, not asked for again", async () => {
    const reply = deferred<TaskReply>();
    const outcome = deferred<SubmitOutcome>();
    bench.tasks.take.mockResolvedValueOnce({ task: taskOf(0) }).mockReturnValueOnce(reply.promise);
    bench.tasks.answer.mockReturnValueOnce(outcome.promise);
    await bench.begin();
    await bench.submit();
    reply.resolve({ task: taskOf(1, { leaseUntil: null }) });
    await settle();
    outcome.resolve({ outcome: "submitted" });
    await settle();
    expect(bench.tasks.show).toHaveBeenCalledOnce();
    expect(bench.entry).toBe(1);
  });

  test("that is gone when the answer arrives is replaced by another", async () => {
    bench.tasks.answer.mockResolvedValueOnce({ outcome: "submitted", next: null });
    await bench.begin();
    await bench.submit();
    expect(bench.tasks.show).not.toHaveBeenCalled();
    expect(bench.entry).toBe(2);
  });

  test("whose reservation lapses before a skip is replaced by another", async () => {
    bench.tasks.show.mockRejectedValueOnce(conflict("not_leased"));
    await bench.begin();
    await bench.runner.skip();
    expect(bench.entry).toBe(2);
  });

  test("that can't be reserved does not disturb the current one", async () => {
    bench.tasks.take.mockResolvedValueOnce({ task: taskOf(0) }).mockRejectedValueOnce(new NetworkError("down"));
    await bench.begin();
    expect(bench.state.phase.name).toBe("working");
    expect(bench.state.next).toBeNull();
    expect(bench.state.notice).toBeNull();
  });

  test("is not taken for the one in hand when the server reserves that again", async () => {
    bench.tasks.take.mockResolvedValueOnce({ task: taskOf(0) }).mockResolvedValueOnce({ task: taskOf(0) });
    await bench.begin();
    expect(bench.state.next).toBeNull();
  });
});

describe("when nothing is left", () => {
  test("the page says done and does not ask again", async () => {
    bench = new Bench(fakeTasks(1));
    await bench.begin();
    await bench.submit();
    expect(bench.state.phase.name).toBe("done");
    const asked = bench.tasks.take.mock.calls.length;
    await pass(120);
    expect(bench.tasks.take).toHaveBeenCalledTimes(asked);
  });

  test("while others hold tasks it asks with growing pauses of at most 20 seconds, and opens what comes back", async () => {
    bench.tasks.take.mockResolvedValue({ task: null, reason: "waiting" });
    await bench.runner.start(null);
    const asked: number[] = [];
    for (let second = 1; second <= 70; second += 1) {
      const before = bench.tasks.take.mock.calls.length;
      await pass(1);
      if (bench.tasks.take.mock.calls.length > before) {
        asked.push(second);
      }
    }
    expect(asked).toEqual([3, 8, 16, 28, 48, 68]);
    bench.tasks.take.mockResolvedValueOnce({ task: taskOf(3) });
    await pass(20);
    expect(bench.entry).toBe(3);
  });

  test("a page out of sight does not take a task nobody looks at", async () => {
    bench.tasks.take.mockResolvedValueOnce({ task: null, reason: "waiting" });
    await bench.runner.start(null);
    bench.runner.setVisible(false);
    await pass(60);
    expect(bench.tasks.take).toHaveBeenCalledTimes(1);
    bench.runner.setVisible(true);
    await pass(1);
    expect(bench.entry).toBe(0);
  });

  test("a job that has stopped says so", async () => {
    bench.tasks.take.mockResolvedValueOnce({ task: null, reason: "stopped", message: "Stopped by its owner." });
    await bench.runner.start(null);
    expect(bench.state.phase).toEqual({ name: "stopped", message: "Stopped by its owner." });
  });

  test("a server that can't be reached is asked again by itself", async () => {
    bench.tasks.take.mockRejectedValueOnce(new NetworkError("down"));
    await bench.runner.start(null);
    expect(bench.state.phase.name).toBe("failed");
    await pass(2);
    expect(bench.entry).toBe(0);
  });
});

describe("submitting", () => {
  test("twice sends one answer", async () => {
    const outcome = deferred<SubmitOutcome>();
    bench.tasks.answer.mockReturnValueOnce(outcome.promise);
    await bench.begin();
    await bench.submit();
    await bench.submit();
    outcome.resolve({ outcome: "submitted", next: { entry: 1, leaseUntil: epochSeconds() + LIMIT } });
    await settle();
    expect(bench.tasks.answer).toHaveBeenCalledOnce();
  });

  test("from the hidden frame of the next task does nothing", async () => {
    await bench.begin();
    bench.runner.fromFrame(bench.state.next!.key, { type: "submit", answer: { forged: true } });
    await settle();
    expect(bench.tasks.answer).not.toHaveBeenCalled();
  });

  test("more than 5.5 MB is refused with its size, without a call", async () => {
    await bench.begin();
    await bench.submit({ mask: "x".repeat(5_600_000) });
    expect(bench.tasks.answer).not.toHaveBeenCalled();
    expect(bench.state.notice!.text).toContain("5.6 MB large, and at most 5.5 MB");
    expect(bench.sent("submit-result")).toMatchObject([{ ok: false }]);
    expect(bench.state.phase.name).toBe("working");
  });

  test("counts characters as the bytes they become", async () => {
    await bench.begin();
    await bench.submit({ text: "é".repeat(2_800_000) });
    expect(bench.tasks.answer).not.toHaveBeenCalled();
  });

  test("without a network keeps the answer, gives the form back and tries again with growing pauses", async () => {
    bench.tasks.answer.mockRejectedValue(new NetworkError("down"));
    await bench.begin();
    await bench.submit({ topic: "price" });
    expect(bench.sent("submit-result")).toMatchObject([{ ok: false }]);
    expect(bench.state.notice).toMatchObject({ tone: "error", actions: ["send-again"] });
    expect(bench.runner.unsent).toBe(true);
    expect(bench.local.draft(0)!.draft).toEqual({ topic: "price" });
    await pass(2);
    expect(bench.tasks.answer).toHaveBeenCalledTimes(2);
    await pass(3);
    expect(bench.tasks.answer).toHaveBeenCalledTimes(2);
    bench.tasks.answer.mockResolvedValueOnce({ outcome: "submitted" });
    await pass(1);
    expect(bench.tasks.answer.mock.calls.map(([, answer]) => answer)).toEqual(Array(3).fill({ topic: "price" }));
    expect(bench.entry).toBe(1);
    expect(bench.runner.unsent).toBe(false);
    expect(bench.local.draft(0)).toBeNull();
  });

  test("is not repeated with an answer the worker has changed since", async () => {
    bench.tasks.answer.mockRejectedValueOnce(new NetworkError("down"));
    await bench.begin();
    await bench.submit({ topic: "price" });
    bench.draft({ topic: "quality" });
    await pass(10);
    expect(bench.tasks.answer).toHaveBeenCalledTimes(1);
    expect(bench.state.notice!.text).toContain("Submit again");
    await bench.submit({ topic: "quality" });
    expect(bench.tasks.answer.mock.calls[1]![1]).toEqual({ topic: "quality" });
  });

  test("an answer the server finds wrong is given back with its sentence and not repeated", async () => {
    bench.tasks.answer.mockRejectedValueOnce(new ApiError(400, "bad_answer", "The answer has no label."));
    await bench.begin();
    await bench.submit();
    expect(bench.state.notice!.text).toBe("The answer has no label.");
    await pass(60);
    expect(bench.tasks.answer).toHaveBeenCalledTimes(1);
  });

  test("reports the seconds of visible, active time only", async () => {
    await bench.begin();
    await pass(30);
    bench.runner.setVisible(false);
    await pass(100);
    bench.runner.setVisible(true);
    bench.runner.fromFrame(bench.state.current!.key, { type: "activity" });
    await pass(90);
    await bench.submit();
    expect(bench.tasks.answer.mock.calls[0]![2]).toBeCloseTo(90, 0);
    expect(bench.activities).toBe(2);
  });
});

describe("a conflict at the submit", () => {
  test("lease_expired locks the page and keeps a copy of the answer", async () => {
    bench.tasks.answer.mockRejectedValueOnce(conflict("lease_expired"));
    await bench.begin();
    await bench.submit({ topic: "price" });
    expect(bench.runner.unsent).toBe(false);
    expect(bench.state.phase).toMatchObject({ name: "lost", title: "Time is up" });
    expect(bench.runner.answerCopy).toEqual({ topic: "price" });
    await bench.runner.nextTask();
    expect(bench.entry).toBe(1);
  });

  test("not_leased takes the same entry back and submits once more", async () => {
    bench.tasks.answer.mockRejectedValueOnce(conflict("not_leased"));
    await bench.begin();
    bench.tasks.answer.mockReturnValueOnce(new Promise(() => {}));
    const { key, pageUrl } = bench.state.current!;
    await bench.submit();
    expect(bench.state.current).toMatchObject({ key, pageUrl });
    expect(bench.tasks.take).toHaveBeenCalledWith({ entry: 0, show: true });
    expect(bench.tasks.answer.mock.calls[1]![0].token).toBe("back-0");
  });

  test("not_leased twice ends with a copy of the answer", async () => {
    bench.tasks.answer.mockRejectedValue(conflict("not_leased"));
    await bench.begin();
    await bench.submit();
    expect(bench.tasks.answer).toHaveBeenCalledTimes(2);
    expect(bench.state.phase.name).toBe("lost");
  });

  test("a network that fails while taking the task back keeps the answer for another try", async () => {
    bench.tasks.answer.mockRejectedValueOnce(conflict("not_leased"));
    await bench.begin();
    bench.tasks.take.mockRejectedValueOnce(new NetworkError("down"));
    await bench.submit();
    expect(bench.state.phase.name).toBe("working");
    expect(bench.state.notice!.actions).toEqual(["send-again"]);
    bench.tasks.answer.mockRejectedValueOnce(conflict("not_leased"));
    await pass(2);
    expect(bench.state.submitted).toBe(1);
  });

  test("not_leased, when the server gives another task instead, keeps a copy and that task for later", async () => {
    bench.tasks.answer.mockRejectedValueOnce(conflict("not_leased"));
    await bench.begin();
    bench.tasks.take.mockResolvedValueOnce({ task: taskOf(9) });
    await bench.submit({ topic: "price" });
    expect(bench.state.phase.name).toBe("lost");
    expect(bench.runner.answerCopy).toEqual({ topic: "price" });
    expect(bench.tasks.skip.mock.calls.map(([task]) => task.entry)).toEqual([9]);
    expect(bench.tasks.answer).toHaveBeenCalledTimes(1);
  });

  test("already_submitted counts as done", async () => {
    bench.tasks.answer.mockRejectedValueOnce(conflict("already_submitted"));
    await bench.begin();
    await bench.submit();
    expect(bench.state.submitted).toBe(1);
    expect(bench.tasks.show).toHaveBeenCalledOnce();
    expect(bench.entry).toBe(1);
  });

  test("object_closed explains and goes on", async () => {
    bench.tasks.answer.mockRejectedValueOnce(conflict("object_closed"));
    await bench.begin();
    await bench.submit();
    expect(bench.entry).toBe(1);
    expect(bench.state.notice!.text).toContain("no longer needed");
    expect(bench.state.submitted).toBe(0);
  });

  test("job_stopped ends the work", async () => {
    bench.tasks.answer.mockRejectedValueOnce(conflict("job_stopped"));
    await bench.begin();
    await bench.submit();
    expect(bench.state.phase.name).toBe("stopped");
    expect(bench.local.hand).toBeNull();
  });
});

describe("the time limit", () => {
  test("is warned about at a tenth and at a minute, and then locks the page", async () => {
    bench.tasks.take.mockResolvedValue({ task: taskOf(0, { taskTimeLimitInSeconds: 1200, leaseUntil: epochSeconds() + 1200 }) });
    await bench.begin();
    await pass(1081);
    expect(bench.state).toMatchObject({ hurry: true, announcement: { urgent: false } });
    await pass(60);
    expect(bench.state.announcement).toMatchObject({ urgent: true });
    bench.draft({ topic: "quality" });
    await pass(60);
    expect(bench.state.phase).toMatchObject({ name: "lost", title: "Time is up" });
    expect(bench.tasks.draft).toHaveBeenCalled();
    await bench.submit();
    expect(bench.tasks.answer).not.toHaveBeenCalled();
  });

  test("that passes while the answer is on its way leaves the decision to the server", async () => {
    const outcome = deferred<SubmitOutcome>();
    bench.tasks.answer.mockReturnValueOnce(outcome.promise);
    await bench.begin();
    await pass(LIMIT - 2);
    await bench.submit();
    await pass(5);
    expect(bench.state.phase.name).toBe("submitting");
    outcome.resolve({ outcome: "submitted" });
    await settle();
    expect(bench.entry).toBe(1);
  });

  test("that passes while retrying stops the retries and keeps the copy", async () => {
    bench.tasks.answer.mockRejectedValue(new NetworkError("down"));
    await bench.begin();
    await pass(LIMIT - 1);
    await bench.submit({ topic: "price" });
    await pass(1);
    expect(bench.state.phase.name).toBe("lost");
    expect(bench.runner.answerCopy).toEqual({ topic: "price" });
    const sent = bench.tasks.answer.mock.calls.length;
    await bench.runner.nextTask();
    await pass(60);
    expect(bench.entry).toBe(1);
    expect(bench.tasks.answer).toHaveBeenCalledTimes(sent);
  });
});

describe("drafts", () => {
  test("are kept in the browser at once and on the server at most every 30 seconds", async () => {
    await bench.begin();
    bench.draft({ topic: "a" });
    expect(bench.local.draft(0)!.draft).toEqual({ topic: "a" });
    for (let change = 0; change < 70; change += 1) {
      await pass(1);
      bench.draft({ topic: `version ${change}` });
    }
    expect(bench.tasks.draft.mock.calls.length).toBe(2);
    await pass(60);
    expect(bench.tasks.draft.mock.calls.length).toBe(3);
    await pass(60);
    expect(bench.tasks.draft.mock.calls.length).toBe(3);
  });

  test("that did not reach the server are sent again later", async () => {
    bench.tasks.draft.mockRejectedValueOnce(new NetworkError("down"));
    await bench.begin();
    bench.draft({ topic: "a" });
    await pass(65);
    expect(bench.tasks.draft).toHaveBeenCalledTimes(2);
    expect(bench.state.notice).toBeNull();
  });

  test("of the server start the frame; the browser's newer one wins", async () => {
    const resumed = taskOf(7, { draft: { topic: "server" }, timeSpentInSeconds: 40 });
    bench.tasks.take.mockResolvedValueOnce({ task: resumed });
    await bench.begin(7);
    expect(bench.sent("start")).toMatchObject([{ type: "start", draft: { topic: "server" } }]);
    const second = new Bench();
    second.local.saveDraft(7, { draft: { topic: "browser" }, timeSpentInSeconds: 55, savedAt: epochSeconds() });
    second.tasks.take.mockResolvedValueOnce({ task: resumed });
    await second.begin(7);
    second.runner.dispose();
    expect(second.sent("start")).toMatchObject([{ type: "start", draft: { topic: "browser" } }]);
  });

  test("a lease found lapsed while saving locks the page", async () => {
    bench.tasks.draft.mockRejectedValueOnce(conflict("lease_expired"));
    await bench.begin();
    bench.draft({ topic: "a" });
    await pass(31);
    expect(bench.state.phase.name).toBe("lost");
  });

  test("a task found given away while saving is taken back without a word", async () => {
    bench.tasks.draft.mockRejectedValueOnce(conflict("not_leased"));
    await bench.begin();
    const { key } = bench.state.current!;
    bench.draft({ topic: "a" });
    await pass(31);
    expect(bench.state.phase.name).toBe("working");
    expect(bench.state.current).toMatchObject({ key, task: { token: "back-0" } });
  });
});

describe("leaving", () => {
  test("stop collects the newest state of the form, saves it and forgets the browser's copy", async () => {
    await bench.begin();
    const stopping = bench.runner.stop();
    await settle();
    expect(bench.sent("collect")).toHaveLength(1);
    bench.draft({ topic: "last" });
    await stopping;
    expect(bench.tasks.draft.mock.calls[0]!.slice(1)).toEqual([{ topic: "last" }, 0, true]);
    expect(bench.state.phase.name).toBe("left");
    expect(bench.local.draft(0)).toBeNull();
    expect(bench.local.hand).toBeNull();
  });

  test("a frame that does not answer holds a stop up for a second at most", async () => {
    await bench.begin();
    bench.draft({ topic: "known" });
    void bench.runner.stop();
    await pass(1);
    expect(bench.tasks.draft.mock.calls[0]![1]).toEqual({ topic: "known" });
    expect(bench.state.phase.name).toBe("left");
  });

  test("a stop without a network offers to leave anyway and keeps the draft in the browser", async () => {
    bench.tasks.draft.mockRejectedValueOnce(new NetworkError("down"));
    await bench.begin();
    bench.draft({ topic: "kept" });
    void bench.runner.stop();
    await pass(1);
    expect(bench.state.notice!.actions).toEqual(["leave-anyway"]);
    bench.runner.leave();
    expect(bench.state.phase.name).toBe("left");
    expect(bench.local.draft(0)!.draft).toEqual({ topic: "kept" });
  });

  test("decline, skip and report give the task up and go on", async () => {
    await bench.begin();
    await bench.runner.decline("blurred");
    await bench.frameComesUp();
    await bench.runner.skip();
    await bench.frameComesUp();
    await bench.runner.report("no picture");
    expect(bench.tasks.decline.mock.calls.map(([task, ...rest]) => [task.entry, ...rest])).toEqual([
      [0, "blurred"],
      [2, "no picture", "broken_object"],
    ]);
    expect(bench.tasks.skip.mock.calls[0]![0].entry).toBe(1);
    expect(bench.entry).toBe(3);
  });

  test("a skip that does not arrive leaves the task as it was", async () => {
    bench.tasks.skip.mockRejectedValueOnce(new NetworkError("down"));
    await bench.begin();
    await bench.runner.skip();
    expect(bench.entry).toBe(0);
    expect(bench.state.phase.name).toBe("working");
    expect(bench.state.notice!.tone).toBe("error");
  });

  test("a page closed while the answer is on its way takes no further task", async () => {
    const outcome = deferred<SubmitOutcome>();
    bench.tasks.answer.mockReturnValueOnce(outcome.promise);
    await bench.begin();
    await bench.submit();
    const asked = bench.tasks.take.mock.calls.length;
    bench.runner.dispose();
    outcome.resolve({ outcome: "submitted", next: null });
    await settle();
    expect(bench.tasks.take).toHaveBeenCalledTimes(asked);
    expect(bench.local.draft(0)).toBeNull();
  });

  test("a skip during a submit does nothing", async () => {
    bench.tasks.answer.mockReturnValueOnce(new Promise(() => {}));
    await bench.begin();
    await bench.submit();
    await bench.runner.skip();
    expect(bench.tasks.skip).not.toHaveBeenCalled();
  });
});

describe("opening", () => {
  test("after a reload asks for the task that was in hand", async () => {
    await bench.begin();
    bench.runner.dispose();
    const reloaded = new Bench(fakeTasks(), bench.storage);
    await reloaded.runner.start(null);
    reloaded.runner.dispose();
    expect(reloaded.tasks.take.mock.calls[0]![0]).toEqual({ entry: 0, show: true });
    expect(reloaded.entry).toBe(0);
  });

  test("a task that is not given back is explained, and the next one opens", async () => {
    bench.local.hand = 4;
    bench.tasks.take.mockRejectedValueOnce(conflict("object_closed"));
    await bench.runner.start(null);
    expect(bench.entry).toBe(0);
    expect(bench.state.notice).toMatchObject({ tone: "info" });
  });

  test("another task in place of the one that was in hand is explained, and does not start with its draft", async () => {
    bench.local.hand = 4;
    bench.local.saveDraft(4, { draft: { topic: "old" }, timeSpentInSeconds: 9, savedAt: epochSeconds() });
    bench.tasks.take.mockResolvedValueOnce({ task: taskOf(6) });
    await bench.begin();
    expect(bench.entry).toBe(6);
    expect(bench.state.notice!.text).toContain("no longer yours");
    expect(bench.sent("start")).toEqual([{ type: "start", firstTask: true }]);
  });

  test("tells the first frame that it is the job's first task, and the one behind it not", async () => {
    await bench.begin();
    bench.runner.fromFrame(bench.state.next!.key, { type: "hello" });
    expect(bench.sent("start")).toEqual([{ type: "start", firstTask: true }, { type: "start" }]);
  });

  test("goes on calling it the first task until the instructions were read, whatever is reloaded", async () => {
    await bench.begin();
    const unread = new Bench(fakeTasks(), bench.storage);
    await unread.begin();
    unread.runner.fromFrame(unread.state.current!.key, { type: "instructions-read" });
    unread.runner.dispose();
    const read = new Bench(fakeTasks(), bench.storage);
    await read.begin();
    read.runner.dispose();
    expect([unread.sent("start")[0], read.sent("start")[0]]).toEqual([
      { type: "start", firstTask: true },
      { type: "start" },
    ]);
  });

  test("a task out of sight can't say that the instructions were read", async () => {
    await bench.begin();
    bench.runner.fromFrame(bench.state.next!.key, { type: "instructions-read" });
    expect(bench.local.instructionsRead).toBe(false);
  });

  test("a frame that never says hello is pointed out, and can be loaded again", async () => {
    await bench.runner.start(null);
    const { key } = bench.state.current!;
    await pass(21);
    expect(bench.state.notice!.actions).toEqual(["reload", "report"]);
    await bench.runner.reload();
    expect(bench.state.current!.key).not.toBe(key);
    expect(bench.state.current!.pageUrl).toBe(bench.state.current!.task.pageUrl);
    expect(bench.state.notice).toBeNull();
  });
});

describe("a resource that does not load", () => {
  const stale = "https://objects.example.org/mail/1.png?X-Amz-Signature=old";
  const fresh = "https://objects.example.org/mail/1.png?X-Amz-Signature=new";

  test("gets one fresh address; failing again points to the report", async () => {
    bench.tasks.renew.mockResolvedValue({ "s3://objects/mail/1.png": fresh });
    await bench.begin();
    const { key } = bench.state.current!;
    bench.runner.fromFrame(key, { type: "failed-resource", url: stale });
    await settle();
    expect(bench.sent("urls")).toEqual([{ type: "urls", urls: { "s3://objects/mail/1.png": fresh, [stale]: fresh } }]);
    bench.runner.fromFrame(key, { type: "failed-resource", url: fresh });
    await settle();
    expect(bench.tasks.renew).toHaveBeenCalledOnce();
    expect(bench.state.notice).toMatchObject({ tone: "warning", actions: ["report"] });
  });

  test("with an address that has not aged points to the report at once", async () => {
    bench.tasks.renew.mockResolvedValue({ "s3://objects/mail/1.png": stale });
    await bench.begin();
    bench.runner.fromFrame(bench.state.current!.key, { type: "failed-resource", url: stale });
    await settle();
    expect(bench.sent("urls")).toEqual([]);
    expect(bench.state.notice).toMatchObject({ tone: "warning", actions: ["report"] });
  });

  test("in the prefetched frame is pointed out when that task is shown", async () => {
    await bench.begin();
    bench.runner.fromFrame(bench.state.next!.key, { type: "failed-resource", url: stale });
    await settle();
    expect(bench.state.notice).toBeNull();
    await bench.submit();
    expect(bench.state.notice!.actions).toEqual(["report"]);
  });
});
