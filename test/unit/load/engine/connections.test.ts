/** Connections that break, close and are opened. */
import { describe, expect, it } from 'vitest';
import { FAIL_RESET, FAIL_SETUP } from '../../../../src/load/engine/layout.js';
import { Harness } from './harness.js';
import { countCommands } from './requests.js';

const MISS = '$-1\r\n';

describe('a connection that breaks', () => {
  it('loses what was sent, and hands on what was not', () => {
    const harness = new Harness({ connections: 2, pipeline: 10, requests: 10 });
    harness.exports.fill(0, 0);
    const sent = countCommands(harness.build(0, harness.room + 40));
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(10);
    harness.receive(MISS);
    expect(harness.exports.dropped(0, FAIL_RESET, 0)).toBe(sent - 1);
    expect(harness.exports.outstanding()).toBe(10 - sent);
    expect(countCommands(harness.fill(0, 1))).toBe(10 - sent);
    harness.receive(MISS.repeat(10 - sent), 0, 1);
    expect(harness.counts()).toMatchObject({ sent: 10, succeeded: 11 - sent, failed: sent - 1 });
  });

  it('forgets half a reply', () => {
    const harness = new Harness({});
    for (const half of ['$5\r\nab', '*3\r\n:1\r\n', '-ER', '|1\r\n+x']) {
      harness.fill();
      harness.receive(half);
      harness.exports.dropped(0, FAIL_RESET, 0);
      harness.exports.opened(0, 0, 0, 0);
      harness.fill();
      expect(harness.receive(MISS)).toBe(0);
    }
    expect(harness.counts()).toMatchObject({ misses: 4, failed: 4, bytesReceived: 20 });
  });

  it('after an announcement loses nothing', () => {
    const harness = new Harness({ protocol: 'http', pipeline: 3, requests: 3 });
    harness.fill();
    harness.receive('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    harness.exports.closed(0, 0);
    harness.exports.opened(0, 0, 0, 0);
    harness.fill();
    harness.receive('HTTP/1.1 204 OK\r\n\r\n'.repeat(2));
    expect(harness.counts()).toMatchObject({ sent: 3, succeeded: 3, failed: 0 });
  });

  it('is prepared before it gets requests', () => {
    const harness = new Harness({}, 0, { closed: true });
    harness.exports.opened(0, 0, 2, 0);
    expect(harness.fill()).toHaveLength(0);
    harness.receive('+OK\r\n');
    expect(harness.fill()).toHaveLength(0);
    harness.receive('-ERR invalid DB index\r\n');
    expect(harness.failures).toEqual([{ kind: FAIL_SETUP, text: 'ERR invalid DB index' }]);
    expect(countCommands(harness.fill())).toBe(1);
    expect(harness.counts()).toMatchObject({ sent: 1, failed: 0 });
  });
});
