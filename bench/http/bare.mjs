/** The least that a server on `node:http` can do. Arguments: port, bytes of the answer. */
import { createServer } from 'node:http';

const [port, bytes] = process.argv.slice(2).map(Number);
const body = Buffer.alloc(bytes, 'x');
const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes };
createServer((_req, res) => {
  res.writeHead(200, headers);
  res.end(body);
}).listen(port, '127.0.0.1');
