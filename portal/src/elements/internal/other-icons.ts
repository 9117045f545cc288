type Drawings = Readonly<Record<string, string>>;

declare global {
  interface Window {
    /** Called by `icons.js` with the drawings it holds. */
    groundworkIcons?: (drawings: Drawings) => void;
  }
}

const bundle = typeof document === "undefined" ? null : (document.currentScript as HTMLScriptElement | null);
const address = bundle?.src ? new URL("icons.js", bundle.src).href : null;
let asked: Promise<Drawings> | null = null;

/** The drawings that are not in the bundle, from `icons.js` beside it; none of them when it does not load. */
export function otherDrawings(): Promise<Drawings> {
  asked ??= new Promise((resolve) => {
    const script = document.createElement("script");
    const giveUp = (): void => {
      console.warn("The icons of this page could not be loaded.");
      resolve({});
    };
    if (address === null) {
      giveUp();
      return;
    }
    window.groundworkIcons = resolve;
    script.src = address;
    script.addEventListener("error", giveUp);
    document.head.append(script);
  });
  return asked;
}
