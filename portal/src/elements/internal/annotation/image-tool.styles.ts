import { css } from "lit";
import { barStyles } from "../bar.styles";
import { failureStyles } from "../image-source.styles";
import { widgetStyles } from "../widget.styles";
import { stageStyles } from "./stage.styles";

const tool = css`
  .work {
    overflow: hidden;
  }
  .labels .label-button {
    width: 100%;
    min-height: 40px;
    margin-bottom: 6px;
    padding: 6px 10px;
    gap: 10px;
    color: inherit;
    font: inherit;
    line-height: 1.3;
    text-align: left;
  }
  .labels .label-button.selected {
    font-weight: 600;
  }
  .swatch {
    flex: none;
    width: 16px;
    height: 16px;
    border-radius: 4px;
    box-shadow: inset 0 0 0 1px rgb(0 0 0 / 25%);
  }
  .count {
    color: var(--gw-quiet);
    font-size: 0.88rem;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .complaint:not(:empty) {
    margin: 4px 0 10px;
  }
  .display {
    margin-top: 14px;
    padding-top: 10px;
    border-top: 1px solid var(--gw-line);
    font-size: 0.9rem;
  }
  .display summary {
    padding: 4px 0;
    color: var(--gw-quiet);
    font-weight: 600;
    cursor: pointer;
  }
  .display label {
    display: grid;
    grid-template-columns: 82px 1fr 52px;
    align-items: center;
    gap: 8px;
    min-height: 34px;
  }
  .display input {
    min-width: 0;
    margin: 0;
    accent-color: var(--gw-accent);
  }
  .display input[type="checkbox"] {
    justify-self: start;
    width: 18px;
    height: 18px;
  }
  .display output {
    color: var(--gw-quiet);
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  @media (max-width: 1000px) {
    .status {
      min-height: 50px;
    }
    .work {
      flex: 1 1 60%;
      min-height: 420px;
    }
    .label-pane-content {
      flex: 0 1 auto;
      max-height: 40dvh;
      min-height: 130px;
    }
    .labels {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
      gap: 0 10px;
    }
    .labels .list-title {
      grid-column: 1 / -1;
    }
  }
`;

/** Looks of the widgets in which something is drawn on an image. */
export const imageToolStyles = [widgetStyles, barStyles, failureStyles, stageStyles, tool];
