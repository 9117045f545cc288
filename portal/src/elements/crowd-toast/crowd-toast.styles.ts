import { css } from "lit";

export const styles = css`
  :host {
    display: contents;
  }
  .toast {
    position: fixed;
    left: 50%;
    bottom: 24px;
    z-index: 1000;
    max-width: min(560px, calc(100vw - 32px));
    padding: 12px 20px;
    border-radius: var(--gw-radius);
    background: #1b2524;
    color: #ffffff;
    box-shadow: 0 8px 24px rgb(0 0 0 / 30%);
    translate: -50% 0;
    display: none;
  }
  .toast.opened {
    display: block;
    animation: rise 0.18s ease-out;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(12px);
    }
  }
`;
