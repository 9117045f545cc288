import { dialogStyles } from "../internal/dialog";
import { openerStyles } from "../internal/opener.styles";

export const styles = [dialogStyles, openerStyles];
