export { toggleStyles as styles } from "../internal/toggle.styles";
