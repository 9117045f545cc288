import { NetworkError } from "../api/errors";

/** Tokens as Cognito hands them out; a renewal may come without a new refresh token. */
export interface AuthenticationResult {
  readonly IdToken: string;
  readonly AccessToken: string;
  readonly RefreshToken?: string;
  readonly ExpiresIn: number;
}

export interface ChallengeReply {
  readonly ChallengeName: string;
  readonly Session?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
}

export type AuthReply = { readonly AuthenticationResult: AuthenticationResult } | ChallengeReply;

/** Cognito refused; `code` is the exception's name without a namespace. */
export class CognitoError extends Error {
  override readonly name = "CognitoError";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MS = 20_000;

/** The few calls of Cognito's user pool API that a public app client may make without credentials. */
export class Cognito {
  constructor(
    private readonly endpoint: string,
    private readonly clientId: string,
    private readonly send: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  signIn(username: string, password: string): Promise<AuthReply> {
    return this.initiate("USER_PASSWORD_AUTH", { USERNAME: username, PASSWORD: password });
  }

  renew(refreshToken: string): Promise<AuthReply> {
    return this.initiate("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: refreshToken });
  }

  /** Answer NEW_PASSWORD_REQUIRED; `attributes` are those the challenge asked for. */
  setFirstPassword(
    username: string,
    password: string,
    session: string | undefined,
    attributes: Readonly<Record<string, string>>,
  ): Promise<AuthReply> {
    return this.call("RespondToAuthChallenge", {
      ClientId: this.clientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: session,
      ChallengeResponses: { USERNAME: username, NEW_PASSWORD: password, ...attributes },
    });
  }

  async forgotPassword(username: string): Promise<void> {
    await this.call("ForgotPassword", { ClientId: this.clientId, Username: username });
  }

  async confirmForgotPassword(username: string, code: string, password: string): Promise<void> {
    const body = { ClientId: this.clientId, Username: username, ConfirmationCode: code, Password: password };
    await this.call("ConfirmForgotPassword", body);
  }

  async revoke(refreshToken: string): Promise<void> {
    await this.call("RevokeToken", { ClientId: this.clientId, Token: refreshToken });
  }

  private initiate(flow: string, parameters: Readonly<Record<string, string>>): Promise<AuthReply> {
    return this.call("InitiateAuth", { AuthFlow: flow, ClientId: this.clientId, AuthParameters: parameters });
  }

  private async call<T>(operation: string, body: unknown): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await this.send(`${this.endpoint}/`, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        cache: "no-store",
        credentials: "omit",
      });
      text = await response.text();
    } catch (error) {
      throw new NetworkError(`${operation} got no answer`, { cause: error });
    }
    const document = parse(text);
    if (response.ok) {
      return document as T;
    }
    const type = String(document["__type"] ?? "UnknownError");
    const code = type.slice(type.lastIndexOf("#") + 1);
    if (response.status >= 500 || (response.status === 429 && code === "UnknownError")) {
      throw new NetworkError(`${operation} failed with HTTP ${response.status}`);
    }
    throw new CognitoError(code, String(document["message"] ?? document["Message"] ?? ""));
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(text === "" ? "{}" : text);
    return typeof document === "object" && document !== null ? (document as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
