/** DEBUG PROTOCOL: one reply of each type of the protocol, for those who test a client. */
import { PROTOCOL_RESP3 } from '../../../engine/layout/batch.js';
import { Double, Failure, Raw, SetOf, type Value, Verbatim } from '../../../message/value.js';

const BIG = '1234567999999999999999999999999999999';

function raw(text: string): Raw {
  return new Raw(Buffer.from(text));
}

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}

/** Replies by the names of their types; `resp3` is whether the connection speaks it. */
const REPLIES: Readonly<Record<string, (resp3: boolean) => Value>> = {
  string: () => 'Hello World',
  integer: () => 12345,
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: Redis sends this number, which is not pi.
  double: () => new Double(3.141),
  bignum: (resp3) => (resp3 ? raw(`(${BIG}\r\n`) : BIG),
  null: () => null,
  array: () => [0, 1, 2],
  set: () => new SetOf([0, 1, 2]),
  map: () =>
    new Map<Value, Value>([
      [0, false],
      [1, true],
      [2, false],
    ]),
  attrib: (resp3) => {
    const real = bulk('Some real reply following the attribute');
    return raw(resp3 ? `|1\r\n${bulk('key-popularity')}*2\r\n${bulk('key:123')}:90\r\n${real}` : real);
  },
  push: (resp3) => {
    if (!resp3) return new Failure('ERR RESP2 is not supported by this command');
    return raw(`>2\r\n${bulk('server-cpu-usage')}:42\r\n${bulk('Some real reply following the push reply')}`);
  },
  verbatim: () => new Verbatim('This is a verbatim\nstring'),
  true: () => true,
  false: () => false,
};

export function protocolReply(type: string, protocol: number): Value {
  const name = type.toLowerCase();
  if (!Object.hasOwn(REPLIES, name)) {
    return new Failure(
      'ERR Wrong protocol type name. Please use one of the following: ' +
        'string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false',
    );
  }
  return (REPLIES[name] as (resp3: boolean) => Value)(protocol === PROTOCOL_RESP3);
}
