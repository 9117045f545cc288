export { textFieldStyles as styles } from "../internal/text-field.styles";
