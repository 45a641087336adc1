/**
 * Conversations in memcached's text protocol: what real servers and ours are to answer alike. What is told of CAS ids and
 * of the time of the last access is left out, since it is not told twice.
 */
const LONG_KEY = 'k'.repeat(251);
const KEY = 'k'.repeat(250);
const MANY_FLAGS = [...'abcdefghijklmnopqrstuvwxyz'].join(' ');
const OPAQUE = `O${'x'.repeat(40)}`;
const NEARLY_TOO_LARGE = 'x'.repeat(1_000_000);
const TOO_LARGE = 'x'.repeat(1_048_577);

export const CONVERSATIONS: Readonly<Record<string, string>> = {
  'get and set': 'get a\r\nset a 5 0 3\r\nabc\r\nget a\r\nget a b c\r\nset b 0 0 1 noreply\r\nx\r\nget a b c a\r\n',
  'data that is too long': 'set a 5 0 3\r\nabcdef\r\nget a\r\n',
  'data that is too long, quietly': 'set a 0 0 3 noreply\r\nabcde\r\nget a\r\n',
  'data that is too short': 'set a 0 0 3\r\na\r\nget a\r\nget a\r\n',
  'conditions of a store':
    'add a 0 0 1\r\nx\r\nadd a 0 0 1\r\ny\r\nreplace a 2 0 2\r\nyy\r\nreplace q 0 0 1\r\n1\r\nget a\r\n' +
    'append a 9 9 2\r\nxx\r\nprepend a 0 0 1\r\n1\r\nget a\r\nappend nn 0 0 1\r\na\r\nprepend nn 0 0 1\r\na\r\n',
  'a CAS id of nobody':
    'set a 0 0 1\r\nx\r\ncas a 0 0 1 99999999\r\ny\r\ncas b 0 0 1 1\r\nx\r\ncas a 0 0 1 0\r\nx\r\nget a\r\n',
  'CAS ids that are none': 'cas a 0 0 1 abc\r\nx\r\n',
  numbers:
    'set n 0 0 1\r\n9\r\nincr n 1\r\ndecr n 1\r\nget n\r\ndecr n 100\r\nget n\r\nincr n 18446744073709551615\r\nincr n 1\r\nget n\r\n',
  'what is no number':
    'set a 0 0 3\r\nabc\r\nincr a 1\r\nincr n -1\r\nincr n abc\r\nincr n\r\nincr n 1 2 3\r\nincr nokey 1\r\n',
  'numbers as C reads them':
    'set n 0 0 4\r\n0012\r\nincr n 1\r\nget n\r\nset n 0 0 4\r\n 12 \r\nincr n 1\r\nget n\r\nset n 0 0 3\r\n-12\r\nincr n 1\r\n' +
    'set n 0 0 21\r\n184467440737095516160\r\nincr n 1\r\nset n 0 0 5\r\n12 ab\r\nincr n 1\r\nget n\r\nset n 0 0 3\r\n+12\r\nincr n 1\r\n',
  'numbers keep flags': 'set n 7 0 2\r\n99\r\nincr n 1\r\nget n\r\nincr n 1 noreply\r\nget n\r\n',
  touch: 'set a 0 0 1\r\nx\r\ntouch a 0\r\ntouch nokey 10\r\ntouch a abc\r\ntouch a\r\ntouch a -1\r\nget a\r\n',
  delete:
    'set a 0 0 1\r\nx\r\ndelete a\r\ndelete a\r\ndelete a 0\r\ndelete a 5\r\ndelete a 0 noreply\r\ndelete x 1 2 3\r\ndelete\r\n',
  'small talk':
    'version\r\nmn\r\nmn a b\r\nversion foo\r\nverbosity 1\r\nverbosity\r\nverbosity a\r\nverbosity 1 noreply\r\n',
  'get and touch': 'set a 1 0 1\r\nx\r\ngat 100 a b\r\ngat abc a\r\ngat\r\ngat 1\r\ngat -1 a\r\nget a\r\n',
  'what is no command': 'get\r\n\r\nfoo\r\nx\r\n  \r\nGET a\r\nshutdown\r\n',
  'lines as they may be': '  get a\r\nset  a  0  0  1\r\nx\r\nget  a  \r\nget a\nget a\nbget a\r\n',
  'keys that are too long': `set ${LONG_KEY} 0 0 1\r\nx\r\ndelete ${LONG_KEY}\r\n`,
  'a key to get that is too long': `get ${LONG_KEY}\r\nget a\r\n`,
  // Alone: memcached forgets the replies before it.
  'a key that is too long among others': `get a ${LONG_KEY} b\r\nget a\r\n`,
  'a key that is just not too long': `set ${KEY} 0 0 1\r\nx\r\nget ${KEY}\r\n`,
  'numbers that are none': 'set a b c d\r\nset a 0 0 -1\r\nset a 0 0 abc\r\nset a 1x 0 1\r\nx\r\nset a -1 0 1\r\nx\r\n',
  'numbers that are none, quietly': 'set a b c noreply\r\nset a 0 0 x noreply\r\n',
  flags: 'set a 4294967295 0 1\r\nx\r\nget a\r\nset a 4294967296 0 1\r\nx\r\nget a\r\n',
  'a value that is too large': `set big 0 0 1\r\nx\r\nset big 0 0 1048577\r\n${TOO_LARGE}\r\nget big\r\n`,
  'an added value that is too large': `set big 0 0 1\r\nx\r\nadd big 0 0 1048577\r\n${TOO_LARGE}\r\nget big\r\n`,
  'a large value': `set big 0 0 1000000\r\n${NEARLY_TOO_LARGE}\r\nget big\r\n`,
  'times to expire':
    'set e 0 -1 1\r\nx\r\nget e\r\nset e 0 100 1\r\nx\r\nmg e t\r\nget e\r\nset e 0 1000000000 1\r\nx\r\nget e\r\n',
  'an empty value': 'set a 0 0 0\r\n\r\nget a\r\nincr a 1\r\n',
  'a key named noreply': 'set noreply 0 0 1 noreply\r\nx\r\nget noreply\r\ndelete noreply noreply\r\nget noreply\r\n',
  'many keys': `set a 0 0 1\r\nx\r\nget ${'a '.repeat(60)}\r\n`,
  flush:
    'set a 0 0 1\r\nx\r\nflush_all\r\nget a\r\nflush_all noreply\r\nflush_all 0\r\nflush_all abc\r\nflush_all 0 noreply\r\n',
  'what servers are not asked':
    'slabs\r\nslabs foo\r\nlru_crawler\r\nlru_crawler foo\r\nstats foo\r\nstats reset\r\nstats detail\r\ncache_memlimit 1\r\n' +
    'cache_memlimit a\r\ncache_memlimit\r\n',
  'a line without an end': 'x'.repeat(3000),
  'a browser': 'GET / HTTP/1.1\r\n\r\n',
  quit: 'quit\r\nget a\r\n',

  'mg of what is there': 'set a 0 0 1\r\nx\r\nmg a\r\nmg a v\r\nmg a s t f k O9 v\r\nmg a s v h t\r\nmg a h q\r\n',
  'mg of what is not': 'mg nokey\r\nmg nokey v q\r\nmg nokey k O123\r\nmg nokey q k\r\nmn\r\n',
  'fetched or not': 'ms a 1\r\nx\r\nmg a h u\r\nmg a h\r\nmg a h\r\n',
  'meta commands without a key': 'mg\r\nms\r\nmd\r\nma\r\nme\r\nmx\r\nms a\r\nms a x\r\n',
  'ms and its modes':
    'ms a 2 T0 F5 k Oopq q\r\nhi\r\nmg a v f\r\nms a 2 T0 F5 k Oopq\r\nhi\r\nms a 3\r\nabcdef\r\nms a 2 ME\r\nhi\r\n' +
    'ms nn 2 MR\r\nhi\r\nms a 2 MA\r\n!!\r\nms a 1 MP\r\n<\r\nmg a v\r\nms a 1 MX\r\nx\r\nms a 1 MXX\r\nx\r\nms a 1 MS\r\nx\r\n',
  'keys in base64':
    'ms Zm9v 3 b k\r\nbar\r\nmg Zm9v b k v\r\nget foo\r\nmg foo k v\r\nmg !!! b\r\nms !!! 1 b\r\nx\r\nmd Zm9v b k q\r\nmn\r\nmg Zg== b k\r\n',
  'flags that are wrong':
    `ms a 1\r\nx\r\nmg a v v\r\nmg a Y\r\nms a 1 T\r\nx\r\nmg a Tabc\r\nmg a ${OPAQUE}\r\nms a 1 ${OPAQUE}\r\nx\r\n` +
    `md a ${OPAQUE}\r\nmd a v v\r\nma a v v\r\nma a Dx\r\nmg ${LONG_KEY} v\r\nms a 1 Fx\r\nx\r\nms a 1 Cx\r\nx\r\n`,
  'flags that are too many': `mg a ${MANY_FLAGS}\r\nmd a ${MANY_FLAGS}\r\nma a ${MANY_FLAGS}\r\nms a 1 ${MANY_FLAGS}\r\n`,
  'a key that is made': 'mg viv N30 t v\r\nmg viv N30 v t\r\nmg viv N30 t\r\nms viv 1\r\nx\r\nmg viv v t\r\nmg viv\r\n',
  'a value to be renewed early':
    'ms st 1 T30\r\nx\r\nmg st R30 t v\r\nmg st R31 t v\r\nmg st R31 t v\r\nmg st t\r\nmg st T100 t R50\r\n',
  'a value that is stale':
    'ms inv 1\r\nx\r\nmd inv I T30\r\nmg inv t v s\r\nmg inv t v\r\nms inv 1\r\ny\r\nmg inv t v\r\nmd inv\r\nmd inv\r\nmd inv q k O1\r\nmn\r\n',
  'a stale value under an old CAS id':
    'ms inv 1 T100\r\nx\r\nmd inv I T30\r\nms inv 1 C1 I\r\nz\r\nmg inv v t\r\nms inv 1 C999999999 I\r\nz\r\nms inv 1 C1\r\nz\r\nmd inv C1\r\n',
  ma:
    'ma nokey\r\nma nokey q k O1\r\nma cnt N0\r\nma cnt\r\nma cnt v t D10\r\nma cnt MD D3 v\r\nma cnt MX\r\nma cnt M- v\r\n' +
    'ma cnt2 N100 J13 v t\r\nma cnt2 N100 J13 v t T0\r\nma cnt2 v t k O7 q\r\nset a 0 0 1\r\nx\r\nma a D1\r\nma cnt C999999999 v\r\n',
  'times by meta commands': 'ms a 1\r\nx\r\nmg a T0 t v\r\nmg a T100 t v\r\nmg a T-1 v\r\nget a\r\n',
  'me of what is not': 'me nokey\r\nme\r\nme a b c\r\n',
};
