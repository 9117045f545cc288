import { type CSSResultGroup, html, LitElement, type PropertyValues } from "lit";
import { compactJson, type Json, parseRelaxedJson } from "./relaxed-json";
import { theme } from "./theme.styles";

/** Attribute converter of a plain boolean: present is true. */
export const presence = {
  fromAttribute: (text: string | null): boolean => text !== null,
  toAttribute: (value: unknown): string | null => (value ? "" : null),
};

/** Attribute converter of the booleans that templates also switch off by writing `false`. */
export const flag = { ...presence, fromAttribute: (text: string | null): boolean => text !== null && text !== "false" };

/** Attribute converter of a number; what is no number counts as absent. */
export const decimal = {
  fromAttribute: (text: string | null): number | undefined =>
    text === null || text.trim() === "" || !Number.isFinite(Number(text)) ? undefined : Number(text),
  toAttribute: (value: unknown): string | null => (value === undefined || value === null ? null : String(value)),
};

const connected = new Set<CrowdElement>();

/** The crowd elements in the document now, those in shadow roots too. */
export function connectedElements(): ReadonlySet<CrowdElement> {
  return connected;
}

/** Register an element unless its name is taken: the bundle may be loaded twice. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) {
    customElements.define(name, element);
  }
}

/**
 * Base of all crowd elements: shared looks, and attributes that carry relaxed JSON.
 *
 * The value of a JSON attribute is a live property; it is written back to the attribute as compact JSON. An attribute
 * that can't be read shows an error in place of the element.
 */
export abstract class CrowdElement extends LitElement {
  /** JSON attributes: attribute name to property name. */
  static readonly jsonAttributes: Readonly<Record<string, string>> = {};

  private readonly unreadable = new Map<string, string>();
  private reflecting = false;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...Object.keys(this.jsonAttributes)];
  }

  protected static override finalizeStyles(styles?: CSSResultGroup): ReturnType<typeof LitElement.finalizeStyles> {
    return [...super.finalizeStyles(theme), ...super.finalizeStyles(styles)];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    connected.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    connected.delete(this);
  }

  override attributeChangedCallback(name: string, old: string | null, text: string | null): void {
    const property = this.jsonAttributes[name];
    if (property === undefined) {
      super.attributeChangedCallback(name, old, text);
    } else if (!this.reflecting) {
      this.readJson(name, property, text);
    }
  }

  protected override render(): unknown {
    if (this.unreadable.size === 0) {
      return this.content();
    }
    return html`<div class="unreadable" role="alert">
      ${[...this.unreadable].map(
        ([name, why]) => html`<div>The attribute <code>${name}</code> of ${this.localName} is not valid JSON: ${why}</div>`,
      )}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    for (const [name, property] of Object.entries(this.jsonAttributes)) {
      if (!this.unreadable.has(name)) {
        this.reflectJson(name, (this as unknown as Record<string, Json>)[property]);
      }
    }
  }

  /** What the element shows. */
  protected abstract content(): unknown;

  private get jsonAttributes(): Readonly<Record<string, string>> {
    return (this.constructor as typeof CrowdElement).jsonAttributes;
  }

  private readJson(name: string, property: string, text: string | null): void {
    this.unreadable.delete(name);
    try {
      (this as unknown as Record<string, unknown>)[property] =
        text === null || text.trim() === "" ? undefined : parseRelaxedJson(text);
    } catch (error) {
      this.unreadable.set(name, error instanceof Error ? error.message : String(error));
    }
    this.requestUpdate();
  }

  private reflectJson(name: string, value: Json | undefined): void {
    const empty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if ((empty && !this.hasAttribute(name)) || this.getAttribute(name) === compactJson(value)) {
      return;
    }
    this.reflecting = true;
    this.setAttribute(name, compactJson(value ?? []));
    this.reflecting = false;
  }
}

/** Tell the page that the worker changed an element's value; `input` comes from the control inside. */
export function announceChange(element: HTMLElement): void {
  element.dispatchEvent(new Event("change", { bubbles: true }));
}
