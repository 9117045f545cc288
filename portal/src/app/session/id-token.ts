/** The claims of an ID token the portal uses; the signature is the server's business. */
export interface Claims {
  readonly sub: string;
  readonly name: string;
  /** Epoch seconds. */
  readonly issuedAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/**
 * Read the claims of a JSON web token.
 *
 * @throws Error when the text is not a token with `sub`, `iat` and `exp`.
 */
export function readClaims(token: string): Claims {
  const payload = token.split(".")[1];
  if (payload === undefined) {
    throw new Error("The ID token has no payload.");
  }
  const bytes = Uint8Array.from(atob(payload.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  const { sub, iat, exp } = claims;
  if (typeof sub !== "string" || typeof iat !== "number" || typeof exp !== "number") {
    throw new Error("The ID token lacks sub, iat or exp.");
  }
  const name = [claims["name"], claims["email"], claims["cognito:username"]].find((text) => typeof text === "string");
  return { sub, name: String(name ?? sub), issuedAt: iat, expiresAt: exp };
}
