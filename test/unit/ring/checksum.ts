/** Whether the record with that number has the content that its writer gave it (torture-writer.mjs). */
export function isIntact(bytes: Uint8Array, number: number): boolean {
  for (let i = 8; i < bytes.length; i++) if (bytes[i] !== ((number * 31 + i * 7) & 255)) return false;
  return true;
}

/** Size of the record with that number: all sizes occur, in no simple order. */
export function sizeOf(number: number, most: number): number {
  return 8 + 8 * ((Math.imul(number, 2654435761) >>> 8) % (most / 8));
}
