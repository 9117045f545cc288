import { css, unsafeCSS } from "lit";

/** The annotation widgets: each is a page of its own. */
const WIDGETS = unsafeCSS(
  [
    "crowd-classifier",
    "crowd-classifier-multi-select",
    "crowd-image-classifier",
    "crowd-image-classifier-multi-select",
    "crowd-entity-annotation",
    "crowd-text-ranking",
    "crowd-question-answer-generation",
    "crowd-rekognition-detect-moderation-labels",
    "crowd-textract-analyze-document",
    "crowd-bounding-box",
    "crowd-keypoint",
    "crowd-polygon",
    "crowd-polyline",
    "crowd-line",
    "crowd-semantic-segmentation",
    "crowd-instance-segmentation",
  ].join(", "),
);

/**
 * Styles of a template's own document. Everything is in `:where`, so that any rule of the template wins.
 *
 * A form that holds an annotation widget and nothing else fills the frame, with the submit bar always in sight.
 */
export const pageStyles = css`
  :where(html) {
    font-size: 16px;
    background: #ffffff;
  }
  :where(body) {
    margin: 0;
    font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    line-height: 1.5;
    color: #1b2524;
  }
  :where(crowd-form > form) {
    display: block;
  }
  :where(crowd-form > form:not(:has(> :is(${WIDGETS})))) {
    padding: 20px 24px 28px;
  }
  :where(crowd-form > form:has(> :is(${WIDGETS}))) {
    display: flex;
    flex-direction: column;
    min-height: 100dvh;
  }
  :where(crowd-form > form > :is(${WIDGETS})) {
    flex: 1 0 auto;
    min-height: min(560px, 90dvh);
  }
  @media (min-width: 900px) {
    :where(crowd-form > form:not(:has(> :not(${WIDGETS}, crowd-button, script, style, link, [type="hidden"])))) {
      height: 100dvh;
    }
    :where(crowd-form > form:not(:has(> :not(${WIDGETS}, crowd-button, script, style, link, [type="hidden"]))) > :is(${WIDGETS})) {
      flex: 1 1 0;
      min-height: 0;
    }
  }
  :where(body > crowd-entity-annotation) {
    --gw-fill: 100dvh;
  }
  :where(crowd-button.groundwork-submit) {
    display: flex;
    margin-top: 20px;
  }
  :where(form:has(> :is(${WIDGETS})) > crowd-button.groundwork-submit) {
    justify-content: flex-end;
    margin: 0;
    padding: 10px 16px;
    border-top: 1px solid #d3dbd8;
    background: #ffffff;
    position: sticky;
    bottom: 0;
    z-index: 2;
    box-sizing: border-box;
    height: 64px;
  }
  /* The notice rises above the submit bar instead of covering it. */
  :where(crowd-form:has(> form > :is(crowd-classifier, crowd-image-classifier) ~ crowd-button.groundwork-submit))::part(notice) {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    height: 0;
    bottom: 64px;
  }
`;

/** Give a document or shadow root the styles of a template's page, once. */
export function adoptPageStyles(root: Document | ShadowRoot): void {
  const sheet = pageStyles.styleSheet;
  if (sheet && !root.adoptedStyleSheets.includes(sheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
}
