/** memcached's text protocol over TCP. */
import { answerText, frameText, type TextRequest } from './memcached-text.js';
import { type Framed, TcpServer } from './tcp-server.js';

export class MemcachedServer extends TcpServer<TextRequest> {
  protected frame(bytes: Buffer, from: number): Framed<TextRequest> | undefined {
    return frameText(bytes, from);
  }

  protected reply(request: TextRequest): Buffer | string {
    return answerText(this.store, request);
  }

  protected error(): string {
    return 'SERVER_ERROR injected failure\r\n';
  }
}
