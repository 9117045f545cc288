export { roundButtonStyles as styles } from "../internal/round-button.styles";
