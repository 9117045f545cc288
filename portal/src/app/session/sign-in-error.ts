import { NetworkError } from "../api/errors";
import { CognitoError } from "./cognito";

/** What a worker reads when signing in or changing the password fails. */
export function signInSentence(error: unknown): string {
  if (error instanceof NetworkError) {
    return "The sign-in service can't be reached. Check your connection and try again.";
  }
  if (!(error instanceof CognitoError)) {
    return "Signing in failed for a reason the portal does not know.";
  }
  switch (error.code) {
    case "NotAuthorizedException":
      return refused(error.message);
    case "UserNotFoundException":
      return "The user name or the password is wrong.";
    case "UserNotConfirmedException":
      return "This account has not been confirmed yet. Ask the manager of your work team.";
    case "InvalidPasswordException":
      return `The new password was refused. ${policySentence(error.message)}`;
    case "CodeMismatchException":
      return "This code is wrong. Check the newest message you got.";
    case "ExpiredCodeException":
      return "This code has expired. Ask for a new one.";
    case "TooManyRequestsException":
    case "LimitExceededException":
    case "TooManyFailedAttemptsException":
      return "Too many attempts. Wait a few minutes and try again.";
    case "PasswordHistoryPolicyViolationException":
      return "You have used this password before. Choose another one.";
    default:
      return error.message === "" ? `Signing in failed (${error.code}).` : `Signing in failed: ${error.message}`;
  }
}

function refused(message: string): string {
  if (/disabled/i.test(message)) {
    return "This account is disabled. Ask the manager of your work team.";
  }
  if (/temporary password/i.test(message) || /expired/i.test(message)) {
    return "Your temporary password has expired. Ask the manager of your work team for a new invitation.";
  }
  if (/attempts exceeded/i.test(message)) {
    return "Too many wrong attempts. Wait a few minutes and try again.";
  }
  if (/session/i.test(message)) {
    return "This took too long. Start signing in again.";
  }
  return "The user name or the password is wrong.";
}

function policySentence(message: string): string {
  const detail = message.replace(/^password did not conform with (password )?policy:?\s*/i, "");
  return detail === "" ? "Choose a stronger one." : detail;
}
