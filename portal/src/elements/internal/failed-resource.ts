/** An image or media file that did not load, and how to try another address. */
export interface FailedResource {
  readonly url: string;
  readonly retry: (fresh: string) => void;
}

const EVENT = "groundwork-failed-resource";

/** Tell the frame that something did not load. */
export function reportFailure(element: Element, url: string, retry: (fresh: string) => void): void {
  const detail: FailedResource = { url: new URL(url, document.baseURI).href, retry };
  element.dispatchEvent(new CustomEvent(EVENT, { bubbles: true, composed: true, detail }));
}

/** Hear of everything in the document that does not load: in crowd elements and the template's own images and media. */
export function onFailedResource(heard: (failed: FailedResource) => void): void {
  document.addEventListener(EVENT, (event) => heard((event as CustomEvent<FailedResource>).detail));
  document.addEventListener("error", (event) => nativeFailure(event.target, heard), { capture: true });
}

function nativeFailure(target: EventTarget | null, heard: (failed: FailedResource) => void): void {
  const isResource = target instanceof HTMLImageElement || target instanceof HTMLMediaElement;
  if (!isResource && !(target instanceof HTMLSourceElement)) {
    return;
  }
  const url = isResource ? target.currentSrc || target.src : target.src;
  const retry = (fresh: string): void => {
    const media = target instanceof HTMLSourceElement ? target.parentElement : target;
    const at = media instanceof HTMLMediaElement ? media.currentTime : 0;
    target.src = fresh;
    if (media instanceof HTMLMediaElement) {
      media.load();
      media.addEventListener("loadedmetadata", () => (media.currentTime = at), { once: true });
    }
  };
  if (url) {
    heard({ url, retry });
  }
}
