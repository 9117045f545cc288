import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bluePng, turnedJpeg } from "./images";
import { halvesPng, maskPng } from "./masks";

/** What the frame's address answers, next to the sandbox: as strict as the real page. */
const CONTENT_SECURITY_POLICY = [
  "sandbox allow-scripts allow-forms allow-modals",
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src http://127.0.0.1:*",
  "media-src http://127.0.0.1:*",
  "worker-src blob:",
  "form-action 'none'",
  "base-uri 'none'",
].join("; ");

const PORTAL_PAGE = `<!doctype html><html lang="en"><title>Portal</title>
<style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}</style>
<script>
window.messages = [];
window.reply = (message) => document.querySelector("iframe").contentWindow
  .postMessage({ groundwork: 1, nonce: "n0nce", ...message }, "*");
addEventListener("message", (event) => {
  if (event.source !== document.querySelector("iframe").contentWindow) return;
  window.messages.push(event.data);
  if (event.data.type === "hello") window.reply({ type: "start", ...window.startWith });
});
window.startWith = JSON.parse(decodeURIComponent(location.hash.slice(1) || "%7B%7D"));
</script>
<iframe title="Task" sandbox="allow-scripts allow-forms allow-modals" src="/task"></iframe></html>`;

/** A tiny server on the loopback: the portal's page, the task's page in its sandbox, images with and without CORS. */
export class TaskServer {
  /** The template the task's page shows. */
  template = "";
  /** Paths that were asked for. */
  readonly requests: string[] = [];
  private readonly server: Server;

  constructor(
    private readonly bundle: string,
    private readonly icons: string,
  ) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  /** Start on a free port; gives the origin. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Stop. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    this.requests.push(request.url ?? "/");
    switch (path) {
      case "/portal":
        return send(response, "text/html; charset=utf-8", PORTAL_PAGE);
      case "/task":
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        return send(response, "text/html; charset=utf-8", this.page());
      case "/open":
        return send(response, "text/html; charset=utf-8", this.page());
      case "/elements.js":
        return send(response, "text/javascript; charset=utf-8", this.bundle);
      case "/icons.js":
        return send(response, "text/javascript; charset=utf-8", this.icons);
      case "/image/blue.png":
        response.setHeader("Access-Control-Allow-Origin", "*");
        return send(response, "image/png", bluePng());
      case "/image/large.png":
        response.setHeader("Access-Control-Allow-Origin", "*");
        return send(response, "image/png", bluePng(4000, 3000));
      case "/image/halves.png":
        response.setHeader("Access-Control-Allow-Origin", "*");
        return send(response, "image/png", halvesPng());
      case "/image/mask.png":
        response.setHeader("Access-Control-Allow-Origin", "*");
        return send(response, "image/png", maskPng());
      case "/image/no-cors.png":
        return send(response, "image/png", bluePng());
      case "/image/turned.jpg":
        response.setHeader("Access-Control-Allow-Origin", "*");
        return send(response, "image/jpeg", turnedJpeg());
      case "/image/signed.png":
        if (!request.url?.includes("fresh")) {
          break;
        }
        response.setHeader("Access-Control-Allow-Origin", "*");
        return send(response, "image/png", bluePng());
    }
    response.statusCode = 404;
    response.end();
  }

  private page(): string {
    const script = '<script src="/elements.js"></script>';
    return /<head>/i.test(this.template)
      ? this.template.replace(/<head>/i, (head) => `${head}${script}`)
      : `<!doctype html><html lang="en"><head>${script}<title>Task</title></head><body>${this.template}</body></html>`;
  }
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.setHeader("Content-Type", type);
  response.setHeader("Cache-Control", "no-store");
  response.end(body);
}
