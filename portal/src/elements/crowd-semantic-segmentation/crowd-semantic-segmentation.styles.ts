export { maskStyles as styles } from "../internal/mask/mask-widget.styles";
