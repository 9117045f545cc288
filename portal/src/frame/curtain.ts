/** How long a frame stays hidden for a portal that never says `start`: it may be framed by something else. */
const PATIENCE_MS = 4000;

/** Hide the page until it may show itself; the returned function lifts the curtain. */
export function lowerCurtain(): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { visibility: hidden !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const lift = (): void => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
  setTimeout(lift, PATIENCE_MS);
  return lift;
}
