/** INFO cluster: shards are no cluster in the sense of Redis. */
import type { Section } from './section.js';

export const CLUSTER: Section = {
  names: ['cluster'],
  title: 'Cluster',
  isDefault: true,
  fields: () => ({ cluster_enabled: 0 }),
};
