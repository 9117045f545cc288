/** An in-memory portal: static files, the Portal API of docs/architecture.md and the Cognito calls, on loopback. */
import { readFile } from "node:fs/promises";
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { FakeCognito } from "./fake-cognito";
import { taskPage } from "./fake-page";
import { FakeQueue, type FakeTask, type Refusal, now } from "./fake-queue";

export interface FakeJob {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly queue: FakeQueue;
}

const POLICY_FILE = join(import.meta.dirname, "../../src/app/content-security-policy.txt");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, x-amz-target",
  "access-control-allow-methods": "GET, POST, PUT",
};

type Body = Record<string, never>;

export class FakeApi {
  readonly cognito = new FakeCognito();
  readonly jobs: FakeJob[] = [];
  /** `METHOD path` of every API call, in order. */
  readonly calls: string[] = [];
  /** Calls whose connection is cut while this returns true. */
  cut: (call: string) => boolean = () => false;
  private servers: Server[] = [];
  portalUrl = "";
  apiUrl = "";

  /** Serve the built portal in `dist`. */
  async start(dist: string): Promise<void> {
    this.apiUrl = await this.listen((request, response) => this.api(request, response));
    this.portalUrl = await this.listen((request, response) => this.files(dist, request, response));
  }

  async stop(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  addJob(name: string, title: string, queue: FakeQueue): FakeJob {
    const description = "Read what a customer wrote to a shop and choose the topic.";
    const job = { name, title, description, keywords: ["text", "customer mail"], queue };
    this.jobs.push(job);
    return job;
  }

  private async listen(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<string> {
    const server = createServer((request, response) => {
      handle(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  private async files(dist: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://portal").pathname;
    if (path === "/config.json") {
      send(response, 200, {
        region: "eu-central-1",
        userPoolId: "eu-central-1_example",
        userPoolClientId: "portal",
        cognitoEndpoint: `${this.apiUrl}/cognito`,
        apiUrl: this.apiUrl,
        contactEmail: "labeling@example.org",
      });
      return;
    }
    const name = path === "/" ? "/index.html" : normalize(path);
    try {
      let content: string | Buffer = await readFile(join(dist, name));
      if (name === "/index.html") {
        content = content.toString("utf8").replace("<!-- content-security-policy -->", await this.policy());
      }
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  private async policy(): Promise<string> {
    const lines = (await readFile(POLICY_FILE, "utf8")).trim().split("\n").join("; ");
    const policy = lines.replaceAll("{api}", this.apiUrl).replaceAll("{cognito}", this.apiUrl);
    return `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
  }

  private async api(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === "OPTIONS") {
      response.writeHead(204, CORS).end();
      return;
    }
    const path = request.url ?? "/";
    const body = await readBody(request);
    if (path.startsWith("/cognito")) {
      const target = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      const reply = this.cognito.answer(target, body);
      send(response, reply.status, reply.body);
      return;
    }
    const call = `${request.method} ${path}`;
    this.calls.push(call);
    if (this.cut(call)) {
      request.socket.destroy();
      return;
    }
    if (path.startsWith("/pages/")) {
      this.page(path, response);
      return;
    }
    const user = this.cognito.userOf(String(request.headers.authorization ?? "").replace("Bearer ", ""));
    if (user === null) {
      send(response, 401, { message: "Unauthorized" });
      return;
    }
    if (path === "/jobs") {
      send(response, 200, { worker: { id: user.sub, name: user.name }, jobs: this.jobs.map(listed) });
      return;
    }
    const [, , name, , entry, action] = path.split("/").map(decodeURIComponent);
    const job = this.jobs.find((candidate) => candidate.name === name);
    if (job === undefined) {
      refuse(response, { status: 404, code: "no_such_job" });
    } else if (entry === undefined) {
      this.take(job, body, response);
    } else {
      act(job.queue, Number(entry), action ?? "", body, response);
    }
  }

  private take(job: FakeJob, body: Body, response: ServerResponse): void {
    const { queue } = job;
    if (queue.status !== "InProgress") {
      send(response, 200, { task: null, reason: "stopped", message: "The owner has stopped this job." });
      return;
    }
    const show = body["show"] === true;
    const task = queue.takeBack(body["entry"]) ?? queue.take(show);
    if (task === null) {
      const reason = queue.othersAtWork ? "waiting" : "done";
      send(response, 200, { task: null, reason });
    } else {
      const { entry, token, leaseUntil, draft, timeSpentInSeconds } = task;
      const pageUrl = `/pages/${job.name}/${entry}/${token}`;
      const { taskTimeLimitInSeconds } = queue;
      const handed = { entry, token, pageUrl, leaseUntil, taskTimeLimitInSeconds, timeSpentInSeconds };
      send(response, 200, { task: draft ? { ...handed, draft } : handed, after: `after-${entry}` });
    }
  }

  private page(path: string, response: ServerResponse): void {
    const [, , name, entry] = path.split("/");
    const task = this.jobs.find((job) => job.name === name)?.queue.tasks[Number(entry)];
    response
      .writeHead(task ? 200 : 404, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "sandbox allow-scripts allow-forms allow-modals",
      })
      .end(task ? taskPage(task.text) : "");
  }
}

function act(queue: FakeQueue, entry: number, action: string, body: Body, response: ServerResponse): void {
  const held = queue.held(entry, body["token"] ?? "");
  if ("code" in held) {
    refuse(response, held);
    return;
  }
  const task: FakeTask = held;
  switch (action) {
    case "answer": {
      task.state = "answered";
      task.answers.push({ answer: body["answer"], timeSpentInSeconds: body["timeSpentInSeconds"] ?? 0 });
      const named = body["next"] as { entry: number; token: string } | undefined;
      const next = named === undefined ? undefined : queue.held(named.entry, named.token);
      const started = next === undefined || "code" in next ? null : { entry: next.entry, leaseUntil: queue.start(next) };
      send(response, 200, { outcome: "submitted", next: started });
      return;
    }
    case "show":
      send(response, 200, { leaseUntil: queue.start(task) });
      return;
    case "decline":
      task.state = "declined";
      task.declines.push({ reason: body["reason"], code: body["code"] });
      send(response, 200, { outcome: "declined" });
      return;
    case "skip":
      task.state = "skipped";
      send(response, 200, { outcome: "skipped" });
      return;
    case "draft":
      task.draft = body["draft"];
      task.timeSpentInSeconds = body["timeSpentInSeconds"] ?? 0;
      if (body["stop"] === true) {
        task.state = "stopped";
        task.stoppedAt = now();
      }
      send(response, 200, { outcome: "saved" });
      return;
    default:
      refuse(response, { status: 404, code: "no_such_call" });
  }
}

function listed({ queue, ...job }: FakeJob): unknown {
  const held = queue.tasks
    .filter((task) => task.state === "stopped")
    .map(({ entry, stoppedAt, draft, leaseUntil }) => ({ entry, stoppedAt, hasDraft: draft !== null, leaseUntil }));
  const { status, taskTimeLimitInSeconds, counts } = queue;
  return { ...job, status, taskTimeLimitInSeconds, createdAt: now() - 86_400, counts, held };
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Body);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", ...CORS }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, { status, code }: Refusal): void {
  send(response, status, { code, message: `The server says: ${code.replaceAll("_", " ")}.` });
}
