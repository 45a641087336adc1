/** One event of the log in Redis's format. */

export type LogLevel = 'debug' | 'verbose' | 'notice' | 'warning';

/** What belongs to an event besides its message. An error goes under `err`. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface LogEvent {
  readonly level: LogLevel;
  readonly timeMs: number;
  readonly pid: number;
  readonly message: string;
  readonly fields: LogFields;
}

/** Redis's letter for a process that is not a replica and no child of another. */
const ROLE = 'M';
const MARKS: Readonly<Record<LogLevel, string>> = { debug: '.', verbose: '-', notice: '*', warning: '#' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12345:M 21 Nov 2026 09:30:00.123 * Ready to accept connections port=6379`, in local time. */
export function redisLine({ level, timeMs, pid, message, fields }: LogEvent): string {
  const words = Object.entries(fields).map(([name, value]) => ` ${name}=${fieldText(value)}`);
  return `${pid}:${ROLE} ${localTime(new Date(timeMs))} ${MARKS[level]} ${escapeControls(message)}${words.join('')}\n`;
}

function localTime(at: Date): string {
  const date = `${two(at.getDate())} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`;
  const ms = String(at.getMilliseconds()).padStart(3, '0');
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${ms}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** As it is where that is one plain word, else as JSON, so that fields can be told apart. */
function fieldText(value: unknown): string {
  if (value instanceof Error) return fieldText(value.message);
  if (typeof value === 'object') return escapeControls(json(value));
  const text = String(value);
  return /^[^\s"=\p{Cc}]+$/u.test(text) ? text : escapeControls(JSON.stringify(text));
}

/** A log line must not fail for what it tells of. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '"[not JSON]"';
  }
}

/** A message may carry what a client sent: it must not be able to write lines of its own, or move the cursor. */
function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
