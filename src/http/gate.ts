/** What every request has to pass: the name it was sent to, the page it comes from, who sends it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback } from '../acceptor/client.js';
import type { ServerParts } from '../acceptor/commands/context.js';
import { hostName, isKnownHost } from './hosts.js';
import { isLetIn } from './password.js';
import { Problem } from './problem.js';

const METHODS = 'GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS';
const EXPOSED = 'ETag, Location, Content-Range, Accept-Ranges, Ringshard-TTL';
const PREFLIGHT_SECONDS = '600';
/** Whoever watches over the server has no password for it. */
const OPEN_PATHS: ReadonlySet<string> = new Set(['/livez', '/readyz', '/healthz']);
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Throws a Problem for what may not pass; true if the request has been answered. */
export function passGate({ config }: ServerParts, req: IncomingMessage, res: ServerResponse, path: string): boolean {
  const { httpHosts, requirepass, protectedMode } = config.current;
  const { host = '', origin, authorization } = req.headers;
  if (!isKnownHost(host, httpHosts)) {
    throw new Problem(421, `'${hostName(host)}' is no name of this server; option http-hosts takes more names`);
  }
  if (origin !== undefined && passOrigin(req, res, origin, host, config.current.httpCorsOrigins)) return true;
  if (requirepass === '') {
    if (protectedMode && !isLoopback(req.socket.remoteAddress)) {
      throw new Problem(403, 'without a password only clients on this machine are served (protected-mode)');
    }
  } else if (!OPEN_PATHS.has(path) && !isLetIn(authorization, requirepass)) {
    const challenge = 'Basic realm="ringshard", charset="UTF-8", Bearer realm="ringshard"';
    throw new Problem(401, "the server's password is needed", { 'WWW-Authenticate': challenge });
  }
  return false;
}

/** A page of another origin may do nothing, and read nothing, unless it was named. */
function passOrigin(
  req: IncomingMessage,
  res: ServerResponse,
  origin: string,
  host: string,
  allowed: readonly string[],
): boolean {
  const { method = '', headers } = req;
  if (/^https?:\/\//.test(origin) && origin.replace(/^https?:\/\//, '').toLowerCase() === host.toLowerCase())
    return false;
  if (!allowed.includes('*') && !allowed.includes(origin.toLowerCase())) {
    if (SAFE_METHODS.has(method)) return false;
    throw new Problem(403, `pages of ${origin} may not use this server; option http-cors-origins takes origins`);
  }
  res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader('Vary', 'Origin');
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) {
    res.setHeader('Access-Control-Expose-Headers', EXPOSED);
    return false;
  }
  res.writeHead(204, {
    'Access-Control-Allow-Methods': METHODS,
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '*',
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
  });
  res.end();
  return true;
}
