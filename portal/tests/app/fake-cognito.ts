/** The user pool of the fake server: the calls the portal makes, with Cognito's own error names. */

export interface FakeUser {
  readonly sub: string;
  readonly name: string;
  password: string;
  /** The password is temporary: signing in asks for a new one. */
  temporary?: boolean;
  disabled?: boolean;
}

export interface FakeReply {
  readonly status: number;
  readonly body: unknown;
}

const TOKEN_SECONDS = 3600;
export const RESET_CODE = "428193";

export class FakeCognito {
  readonly users = new Map<string, FakeUser>();
  readonly calls: string[] = [];
  readonly revoked: string[] = [];
  private serial = 0;
  /** Refresh tokens that still work, and whose they are. */
  private readonly refreshTokens = new Map<string, string>();
  private readonly idTokens = new Map<string, string>();

  /** The user an ID token belongs to, or null. */
  userOf(idToken: string): FakeUser | null {
    return this.users.get(this.idTokens.get(idToken) ?? "") ?? null;
  }

  /** From now on no token given out so far is good for anything. */
  endSessions(): void {
    this.refreshTokens.clear();
    this.idTokens.clear();
  }

  /** ID tokens given out so far are refused, refresh tokens still work. */
  endIdTokens(): void {
    this.idTokens.clear();
  }

  answer(operation: string, body: Record<string, never>): FakeReply {
    this.calls.push(operation);
    switch (operation) {
      case "InitiateAuth":
        return this.initiate(body["AuthFlow"] ?? "", body["AuthParameters"] ?? {});
      case "RespondToAuthChallenge":
        return this.firstPassword(body["ChallengeResponses"] ?? {});
      case "ForgotPassword":
        return { status: 200, body: { CodeDeliveryDetails: { DeliveryMedium: "EMAIL" } } };
      case "ConfirmForgotPassword":
        return this.confirm(body);
      case "RevokeToken":
        this.revoked.push(String(body["Token"]));
        this.refreshTokens.delete(String(body["Token"]));
        return { status: 200, body: {} };
      default:
        return refuse("InvalidParameterException", `unknown operation ${operation}`);
    }
  }

  private initiate(flow: string, parameters: Record<string, string>): FakeReply {
    if (flow === "REFRESH_TOKEN_AUTH") {
      const username = this.refreshTokens.get(parameters["REFRESH_TOKEN"] ?? "");
      return username === undefined
        ? refuse("NotAuthorizedException", "Refresh Token has been revoked")
        : this.tokens(username, false);
    }
    const username = parameters["USERNAME"] ?? "";
    const user = this.users.get(username);
    if (user === undefined || user.password !== parameters["PASSWORD"]) {
      return refuse("NotAuthorizedException", "Incorrect username or password.");
    }
    if (user.disabled) {
      return refuse("NotAuthorizedException", "User is disabled.");
    }
    if (user.temporary) {
      const ChallengeParameters = { USER_ID_FOR_SRP: user.sub, requiredAttributes: "[]", userAttributes: "{}" };
      return { status: 200, body: { ChallengeName: "NEW_PASSWORD_REQUIRED", Session: "challenge-1", ChallengeParameters } };
    }
    return this.tokens(username, true);
  }

  private firstPassword(responses: Record<string, string>): FakeReply {
    const found = [...this.users].find(([, user]) => user.sub === responses["USERNAME"]);
    if (found === undefined) {
      return refuse("NotAuthorizedException", "Invalid session for the user.");
    }
    const [username, user] = found;
    user.password = responses["NEW_PASSWORD"] ?? "";
    user.temporary = false;
    return this.tokens(username, true);
  }

  private confirm(body: Record<string, string>): FakeReply {
    const user = this.users.get(body["Username"] ?? "");
    if (user === undefined || body["ConfirmationCode"] !== RESET_CODE) {
      return refuse("CodeMismatchException", "Invalid verification code provided, please try again.");
    }
    user.password = body["Password"] ?? "";
    return { status: 200, body: {} };
  }

  private tokens(username: string, withRefreshToken: boolean): FakeReply {
    const user = this.users.get(username)!;
    this.serial += 1;
    const IdToken = idToken({ sub: user.sub, name: user.name }, this.serial);
    this.idTokens.set(IdToken, username);
    const RefreshToken = `refresh-${this.serial}`;
    if (withRefreshToken) {
      this.refreshTokens.set(RefreshToken, username);
    }
    const result = { IdToken, AccessToken: `access-${this.serial}`, ExpiresIn: TOKEN_SECONDS };
    return { status: 200, body: { AuthenticationResult: withRefreshToken ? { ...result, RefreshToken } : result } };
  }
}

/** An unsigned ID token with the claims the portal reads. */
export function idToken(claims: Record<string, unknown>, serial = 0, now = Date.now() / 1000): string {
  const issued = Math.floor(now);
  const payload = { iat: issued, exp: issued + TOKEN_SECONDS, jti: String(serial), ...claims };
  const parts = [{ alg: "none" }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, "signature"].join(".");
}

function refuse(type: string, message: string): FakeReply {
  return { status: 400, body: { __type: type, message } };
}
