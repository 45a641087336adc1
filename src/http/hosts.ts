/**
 * Which names the server answers to. A page from anywhere can make its own name point to this machine and then talk to
 * the server as if it were its own (DNS rebinding); the Host header still has that name. Addresses can't be made to
 * point elsewhere.
 */
import { isIP } from 'node:net';

/** The host's name or address in a Host header, in lower case and without the port. */
export function hostName(header: string): string {
  const match = /^(\[[0-9a-f:.%]+\]|[^:]*)(?::\d*)?$/i.exec(header.trim());
  return (match?.[1] ?? '').toLowerCase().replace(/^\[|\]$/g, '');
}

export function isKnownHost(header: string, names: readonly string[]): boolean {
  const name = hostName(header).replace(/\.$/, '');
  if (name === '') return false;
  if (name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0) return true;
  return names.includes('*') || names.includes(name);
}
