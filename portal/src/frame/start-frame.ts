import { announceReady } from "../elements/internal/ready";
import { adoptPageStyles } from "../elements/internal/page.styles";
import { Bridge } from "./bridge";

declare global {
  interface Window {
    /** Set by the first copy of the bundle; a second one does nothing. */
    groundworkElements?: true;
  }
}

/** Look after the document, and talk with the portal when the page stands in its frame. */
export function startFrame(): void {
  if (window.groundworkElements) {
    return;
  }
  window.groundworkElements = true;
  adoptPageStyles(document);
  const ready = announceReady();
  if (window.parent !== window) {
    new Bridge(window.parent, ready).connect();
  }
}
