/** Prometheus's text format, version 0.0.4. */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export type Labels = Readonly<Record<string, string | number>>;

export class MetricsText {
  #text = '';
  readonly #known = new Set<string>();

  /** All samples of a name must be added one after the other. */
  add(kind: 'gauge' | 'counter', name: string, help: string, value: number, labels: Labels = {}): void {
    if (!this.#known.has(name)) {
      this.#known.add(name);
      this.#text += `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n`;
    }
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${quoted(String(text))}"`);
    this.#text += `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${numberText(value)}\n`;
  }

  toString(): string {
    return this.#text;
  }
}

function quoted(text: string): string {
  return text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
