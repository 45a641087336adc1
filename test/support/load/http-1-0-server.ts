/** HTTP as it was before connections were kept: the end of the connection is the end of the body. */
import { type Framed, TcpServer } from './tcp-server.js';

export class OldHttpServer extends TcpServer<string> {
  constructor() {
    super();
    this.faults.closeAfter = 1;
  }

  protected frame(bytes: Buffer, from: number): Framed<string> | undefined {
    const end = bytes.indexOf('\r\n\r\n', from);
    return end < 0 ? undefined : { request: bytes.toString('latin1', from, end), end: end + 4 };
  }

  protected reply(): string {
    return 'HTTP/1.0 200 OK\r\nServer: old\r\n\r\nwhatever there is\n';
  }

  protected error(): string {
    return 'HTTP/1.0 500 Failed\r\n\r\n';
  }
}
