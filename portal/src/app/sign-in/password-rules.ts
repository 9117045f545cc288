import type { PasswordPolicy } from "../config";

/** One rule a new password must keep to. */
export interface PasswordRule {
  readonly text: string;
  readonly kept: boolean;
}

/** Cognito's own list of symbols; a space counts when it neither leads nor trails. */
const SYMBOLS = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|(?!^) (?!$)/;

/** Every rule of the user pool, and whether the password keeps to it. */
export function passwordRules(policy: PasswordPolicy, password: string): readonly PasswordRule[] {
  const rules: [boolean, string, boolean][] = [
    [true, `at least ${policy.minimumLength} characters`, password.length >= policy.minimumLength],
    [policy.requireUppercase, "a capital letter", /[A-Z]/.test(password)],
    [policy.requireLowercase, "a small letter", /[a-z]/.test(password)],
    [policy.requireNumbers, "a digit", /\d/.test(password)],
    [policy.requireSymbols, "a symbol such as ! or %", SYMBOLS.test(password)],
  ];
  return rules.filter(([wanted]) => wanted).map(([, text, kept]) => ({ text, kept }));
}

/** Why a new password can't be taken, or null when it can. */
export function passwordProblem(policy: PasswordPolicy, password: string, repeated: string): string | null {
  const broken = passwordRules(policy, password).filter((rule) => !rule.kept);
  if (broken.length > 0) {
    return `The new password still needs ${broken.map((rule) => rule.text).join(", ")}.`;
  }
  return password === repeated ? null : "The two passwords differ.";
}
