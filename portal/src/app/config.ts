/** What the portal must know about its deployment; `config.json` beside `index.html`. */
export interface PortalConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Base address of the user pool's API, without a slash at the end. */
  readonly cognitoEndpoint: string;
  /** Base address of the portal API, without a slash at the end. */
  readonly apiUrl: string;
  /** Whom workers may write to when something is wrong. */
  readonly contactEmail?: string;
  /** The user pool's password rules; Cognito's defaults when absent. */
  readonly passwordPolicy?: PasswordPolicy;
}

/** Password rules under the names Cognito gives them. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
}

/** Says what is wrong with `config.json`, in a sentence an operator can act on. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const REQUIRED = ["region", "userPoolId", "userPoolClientId", "cognitoEndpoint", "apiUrl"] as const;
const ADDRESSES = ["cognitoEndpoint", "apiUrl"] as const;
const DEFAULT_POLICY: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
};

/** The rules a new password must keep to in this deployment. */
export function passwordPolicy(config: PortalConfig): PasswordPolicy {
  return { ...DEFAULT_POLICY, ...config.passwordPolicy };
}

/**
 * Fetch and check the portal's configuration.
 *
 * @throws ConfigError when the file is missing, is not JSON, or lacks a value.
 */
export async function loadConfig(fetchFile: typeof fetch = fetch): Promise<PortalConfig> {
  let response: Response;
  try {
    response = await fetchFile("/config.json", { cache: "no-store" });
  } catch {
    throw new ConfigError("config.json could not be fetched: the portal's own address does not answer.");
  }
  if (!response.ok) {
    throw new ConfigError(`config.json could not be fetched (HTTP ${response.status}). Was the portal published?`);
  }
  let document: unknown;
  try {
    document = await response.json();
  } catch {
    throw new ConfigError("config.json is not JSON.");
  }
  return parseConfig(document);
}

/**
 * Check a configuration document.
 *
 * @throws ConfigError naming the key and what was expected.
 */
export function parseConfig(document: unknown): PortalConfig {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new ConfigError("config.json must hold one JSON object.");
  }
  const values: Record<string, unknown> = { ...document };
  for (const key of REQUIRED) {
    if (typeof values[key] !== "string" || values[key] === "") {
      throw new ConfigError(`config.json: "${key}" must be a text that is not empty.`);
    }
  }
  for (const key of ADDRESSES) {
    values[key] = address(key, String(values[key]));
  }
  return values as unknown as PortalConfig;
}

function address(key: string, text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ConfigError(`config.json: "${key}" must be a full web address, found "${text}".`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ConfigError(`config.json: "${key}" must begin with https:// or http://, found "${text}".`);
  }
  return text.replace(/\/+$/, "");
}
