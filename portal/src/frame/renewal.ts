import type { FailedResource } from "../elements/internal/failed-resource";

/** Remembers what did not load, and tries again when a fresh address for it comes. */
export class Renewal {
  private readonly failed: FailedResource[] = [];

  /** Something did not load. */
  remember(failed: FailedResource): void {
    this.failed.push(failed);
  }

  /** Fresh addresses came; those that differ from a failed one only in their query replace it. */
  renew(urls: Readonly<Record<string, string>>): void {
    const fresh = new Map(Object.values(urls).map((url) => [withoutQuery(url), url]));
    for (const failed of this.failed.splice(0)) {
      const url = fresh.get(withoutQuery(failed.url));
      if (url !== undefined && url !== failed.url) {
        failed.retry(url);
      } else {
        this.failed.push(failed);
      }
    }
  }
}

/** An address without what a signature changes. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}
