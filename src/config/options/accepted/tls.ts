import { accepted } from '../../option.js';
import { INT_MAX, integer } from '../../types/number.js';
import { boolean, oneOf, text } from '../../types/text.js';

/** Encrypted connections. */
export const TLS = {
  'tls-port': accepted(integer(0, 65535), 0),
  'tls-cert-file': accepted(text(), ''),
  'tls-key-file': accepted(text(), ''),
  'tls-key-file-pass': accepted(text(), '', { secret: true }),
  'tls-client-cert-file': accepted(text(), ''),
  'tls-client-key-file': accepted(text(), ''),
  'tls-client-key-file-pass': accepted(text(), '', { secret: true }),
  'tls-dh-params-file': accepted(text(), ''),
  'tls-ca-cert-file': accepted(text(), ''),
  'tls-ca-cert-dir': accepted(text(), ''),
  'tls-auth-clients': accepted(oneOf('no', 'yes', 'optional'), 'yes'),
  'tls-replication': accepted(boolean(), false),
  'tls-cluster': accepted(boolean(), false),
  'tls-protocols': accepted(text(), ''),
  'tls-ciphers': accepted(text(), ''),
  'tls-ciphersuites': accepted(text(), ''),
  'tls-prefer-server-ciphers': accepted(boolean(), false),
  'tls-session-caching': accepted(boolean(), true),
  'tls-session-cache-size': accepted(integer(0, INT_MAX), 20 * 1024),
  'tls-session-cache-timeout': accepted(integer(0, INT_MAX), 300),
};
