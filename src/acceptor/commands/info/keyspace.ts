/** INFO keyspace: the databases that have keys. Nobody keeps an average of the times to live: it is told as 0. */
import type { ServerParts } from '../context.js';
import type { Fields, Section } from './section.js';

function fields({ config, ports }: ServerParts): Fields {
  const found: Record<string, string> = {};
  for (let database = 0; database < config.current.databases; database++) {
    let keys = 0;
    let expires = 0;
    for (const { exports } of ports.map(({ engine }) => engine)) {
      keys += exports.keysIn(database) >>> 0;
      expires += exports.volatileKeysIn(database) >>> 0;
    }
    if (keys > 0) found[`db${database}`] = `keys=${keys},expires=${expires},avg_ttl=0`;
  }
  return found;
}

export const KEYSPACE: Section = { names: ['keyspace'], title: 'Keyspace', isDefault: true, fields };
