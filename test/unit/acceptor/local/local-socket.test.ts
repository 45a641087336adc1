import { describe, expect, it } from 'vitest';
import { LocalSocket } from '../../../../src/acceptor/local/local-socket.js';

function open() {
  const seen: string[] = [];
  const socket = new LocalSocket({
    received: (bytes) => seen.push(bytes.toString()),
    resumed: () => seen.push('resumed'),
    closed: () => seen.push('closed'),
  });
  socket.on('drain', () => seen.push('drain'));
  return { socket, seen };
}

describe('LocalSocket', () => {
  it('hands on what is written at once', () => {
    const { socket, seen } = open();
    expect(socket.write(Buffer.from('a'))).toBe(true);
    expect([seen, socket.writableLength, socket.bytesWritten]).toEqual([['a'], 0, 1]);
  });

  it('lets replies wait while the reader has stopped, and tells when they have been taken', async () => {
    const { socket, seen } = open();
    socket.stopReading();
    expect(socket.write(Buffer.from('a'), () => seen.push('taken'))).toBe(false);
    socket.write(Buffer.from('b'));
    expect([seen, socket.writableLength, socket.writableNeedDrain]).toEqual([[], 2, true]);
    socket.startReading();
    await Promise.resolve();
    expect([seen, socket.writableLength]).toEqual([['a', 'b', 'drain', 'taken'], 0]);
  });

  it('closes once, not from within the call, and lets go of what waited', async () => {
    const { socket, seen } = open();
    socket.stopReading();
    socket.write(Buffer.from('a'), () => seen.push('taken'));
    socket.destroy();
    socket.destroy();
    expect(seen).toEqual([]);
    await Promise.resolve();
    expect(seen).toEqual(['taken', 'closed']);
  });

  it('waits for the reader before it ends', async () => {
    const { socket, seen } = open();
    socket.stopReading();
    socket.write(Buffer.from('last'));
    socket.end(() => socket.destroySoon());
    await Promise.resolve();
    expect(socket.isClosed).toBe(false);
    socket.startReading();
    await Promise.resolve();
    expect(seen).toEqual(['last', 'closed']);
  });
});
