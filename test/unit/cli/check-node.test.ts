import { expect, it } from 'vitest';
import { nodeComplaint } from '../../../src/cli/check-node.js';

it.each(['20.19.0', '20.20.2', '21.0.0', '22.0.0', '26.1.0'])('is content with %s', (version) => {
  expect(nodeComplaint(version)).toBeUndefined();
});

it.each(['12.22.0', '18.1.0', '20.0.0', '20.18.3'])('complains of %s', (version) => {
  expect(nodeComplaint(version)).toBe(`ringshard needs Node.js 20.19 or newer, this is v${version}`);
});
