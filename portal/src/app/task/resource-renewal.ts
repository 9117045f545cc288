/** What to do about an image or media file that did not load. */
export type RenewalResult =
  | { readonly kind: "renewed"; readonly urls: Readonly<Record<string, string>> }
  /** Fresh addresses did not help: the data object itself is broken or gone. */
  | { readonly kind: "broken" }
  /** A report about a resource whose renewal is still under way. */
  | { readonly kind: "pending" };

/**
 * Renews the addresses of a task's data objects, once for each resource: presigned URLs live an hour at most, and a
 * second failure with a fresh address means that the object is broken.
 */
export class ResourceRenewal {
  private readonly states = new Map<string, "pending" | "renewed">();

  constructor(private readonly renew: () => Promise<Readonly<Record<string, string>>>) {}

  async failed(url: string): Promise<RenewalResult> {
    const resource = withoutQuery(url);
    const state = this.states.get(resource);
    if (state !== undefined) {
      return { kind: state === "pending" ? "pending" : "broken" };
    }
    this.states.set(resource, "pending");
    try {
      const urls = await this.renew();
      const fresh = Object.values(urls).find((candidate) => withoutQuery(candidate) === resource);
      this.states.set(resource, "renewed");
      // Signed within the same second an address is the same: it has not aged, so age was not what failed.
      const isNew = fresh !== undefined && fresh !== url;
      return isNew ? { kind: "renewed", urls: { ...urls, [url]: fresh } } : { kind: "broken" };
    } catch {
      this.states.delete(resource);
      return { kind: "broken" };
    }
  }
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}
