/**
 * memcached's datagrams: a header, then text or binary protocol. Numbers are big-endian.
 *
 *   u16 request id, which the reply repeats | u16 number of this datagram | u16 datagrams in all | u16 reserved, 0
 */
export const HEADER_BYTES = 8;
/** Longest datagram of a reply; longer ones would be taken apart on the way. */
const DATAGRAM_MOST = 1400;
const DATA_MOST = DATAGRAM_MOST - HEADER_BYTES;

export interface RequestHeader {
  readonly id: number;
  /** Whether all of the request is in this datagram. */
  readonly isWhole: boolean;
}

/** The header of a request; undefined when it is none. */
export function readHeader(datagram: Buffer): RequestHeader | undefined {
  if (datagram.length <= HEADER_BYTES) return undefined;
  const number = datagram.readUInt16BE(2);
  const total = datagram.readUInt16BE(4);
  if (total === 0 || number >= total) return undefined;
  return { id: datagram.readUInt16BE(0), isWhole: total === 1 };
}

/** Bytes of all datagrams of a reply, headers included. */
export function sizeOfReply(bytes: number): number {
  return bytes + Math.ceil(bytes / DATA_MOST) * HEADER_BYTES;
}

function writeHeader(to: Buffer, id: number, number: number, total: number): void {
  to.writeUInt16BE(id, 0);
  to.writeUInt16BE(number, 2);
  to.writeUInt16BE(total, 4);
  to.writeUInt16BE(0, 6);
}

/** The datagrams of a reply. `reply` begins with HEADER_BYTES that are free. */
export function datagramsOf(id: number, reply: Buffer): readonly Buffer[] {
  const total = Math.ceil((reply.length - HEADER_BYTES) / DATA_MOST);
  if (total <= 1) {
    writeHeader(reply, id, 0, total);
    return [reply];
  }
  return Array.from({ length: total }, (_, number) => {
    const start = HEADER_BYTES + number * DATA_MOST;
    const data = reply.subarray(start, start + DATA_MOST);
    const datagram = Buffer.allocUnsafe(HEADER_BYTES + data.length);
    writeHeader(datagram, id, number, total);
    datagram.set(data, HEADER_BYTES);
    return datagram;
  });
}
