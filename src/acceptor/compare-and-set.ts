/**
 * Looks at a key and changes it according to what was seen, in one step for everybody else: the key is held meanwhile
 * (engine/command/hold.ts), and commands on it wait.
 */
import { commandId } from '../commands/table.js';
import type { ServerParts } from './commands/context.js';
import { type HeldKey, newToken, readHeld } from './commands/held.js';
import type { InternalResult } from './internal.js';
import type { LocalClient } from './local/local-client.js';
import { ReplyError } from './local/reply-parser.js';

const HOLD = commandId('_hold');
const RELEASE = commandId('_release');
const PUT = commandId('_put');
const DEL = commandId('del');

/** What shall become of the key. */
export type Change =
  | { readonly kind: 'none' }
  | { readonly kind: 'delete' }
  /** `expiry` in milliseconds since 1970, 0 for none. */
  | { readonly kind: 'set'; readonly value: Uint8Array; readonly expiry: number | bigint };

export type Held = Omit<HeldKey, 'shard' | 'key'>;

/** Runs `decide` on what the key holds, and does what it says. Rejects with a `ReplyError` when that fails. */
export async function compareAndSet(
  { internal, pause }: ServerParts,
  client: LocalClient,
  database: number,
  key: Uint8Array,
  decide: (held: Held) => Change,
): Promise<void> {
  if (pause.mode !== undefined && !(await pause.over(client.identity))) throw new Error('the client is gone');
  const { shard } = internal.locate(key);
  const token = newToken();
  const result = await internal.call(shard, HOLD, [token, Buffer.from('1'), key], { database });
  try {
    throwIfError(result);
    const [held] = readHeld(result);
    const change = decide(held as Held);
    if (change.kind === 'none') return;
    const options = { database, force: true };
    if (change.kind === 'delete') throwIfError(await internal.call(shard, DEL, [key], options));
    else
      throwIfError(await internal.call(shard, PUT, [key, Buffer.from(String(change.expiry)), change.value], options));
  } finally {
    void internal.call(shard, RELEASE, [token], { force: true });
  }
}

function throwIfError({ payload }: InternalResult): void {
  if (payload[0] === 0x2d) throw new ReplyError(payload.toString('utf8', 1, payload.length - 2));
}
