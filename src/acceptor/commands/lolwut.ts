/** LOLWUT: a drawing, and the version. */
import { Verbatim } from '../../message/value.js';
import { REDIS_VERSION, VERSION } from '../../version.js';
import { integerOf } from './arguments.js';
import type { Answer, CommandContext, Handlers } from './context.js';

const WIDTH = 64;
const HEIGHT = 15;
/** Characters are about twice as high as they are wide. */
const STRETCH = 2;
const RADIUS = 6.5;
const SHADES = '.:-=+*#%@';

/** Rings cut into as many arcs as `shards`, each with its own shade; turned by `phase` (0 to 1). */
export function drawRing(shards: number, phase: number): string {
  const lines = Array.from({ length: HEIGHT }, (_, row) => {
    const y = row - (HEIGHT - 1) / 2;
    return Array.from({ length: WIDTH }, (__, column) => pixel((column - WIDTH / 2) / STRETCH, y, shards, phase))
      .join('')
      .trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

function pixel(x: number, y: number, shards: number, phase: number): string {
  const distance = Math.hypot(x, y);
  if (Math.abs(distance - RADIUS) > 1 && Math.abs(distance - RADIUS / 2) > 0.7) return ' ';
  const turn = (Math.atan2(y, x) / (2 * Math.PI) + 1 + phase) % 1;
  return SHADES[Math.floor(turn * shards) % SHADES.length] as string;
}

function lolwut({ server, words }: CommandContext): Answer {
  // Redis draws what an older version drew; there are none here.
  if (words[0]?.toLowerCase() === 'version' && words.length > 1) integerOf(words[1]);
  const drawing = drawRing(server.ports.length, Math.random());
  return new Verbatim(`${drawing}\nringshard ${VERSION}. Redis ver. ${REDIS_VERSION}\n`);
}

export const LOLWUT_HANDLERS: Handlers = { lolwut };
