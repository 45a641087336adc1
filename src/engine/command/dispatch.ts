/** From a command's number to its handler. */
import * as C from "../generated/commands";
import { PONG, WRONG_ARITY_PING } from "../generated/texts";
import { bitcount } from "../type/bits/count";
import { bitfield } from "../type/bits/field";
import { bitop } from "../type/bits/combine";
import { bitpos } from "../type/bits/position";
import { getbit, setbit } from "../type/bits/bit";
import {
  binaryDelete, binaryDelta, binaryGet, binaryRefused, binaryStatus, binaryStore,
} from "../type/memcached/binary";
import { metaDelete, metaDelta, metaStore } from "../type/memcached/meta-change";
import { metaDebug } from "../type/memcached/meta-debug";
import { metaGet } from "../type/memcached/meta-get";
import {
  memcachedDelete, memcachedDelta, memcachedGet, memcachedRefused, memcachedStore, memcachedText, memcachedTouch,
} from "../type/memcached/text";
import { decr, decrby, incr, incrby, incrbyfloat } from "../type/string/counter";
import { get, getdel, getex, getset, mgetPart, strlen } from "../type/string/get";
import { lcs } from "../type/string/lcs";
import { msetnx } from "../type/string/msetnx";
import { psetex, set, setex, setnx } from "../type/string/put";
import { append, getrange, setrange } from "../type/string/range";
import { array, bulk, text } from "../wire/resp";
import { readSigned, value } from "../base/decimal";
import { argc, argData, argLength, command, firstArg } from "./context";
import { activeExpireCommand, configCommand } from "./configure";
import { eachKey } from "./each-key";
import { error, outOfMemory } from "./errors";
import { expireKey, persist, timeToLive } from "./expire";
import { holdCommand, putCommand, releaseCommand, unpinCommand } from "./hold";
import { dbsize, flushall, flushdb, randomkey, swapdb } from "./keyspace";
import { debugObject, memoryUsage, objectEncoding, objectFreq, objectIdletime, objectRefcount } from "./object";
import { copy, move, rename } from "./rename";
import { keys, scan } from "./scan";
import { typeCommand } from "./type";

export function dispatch(): void {
  switch (command) {
    case C.GET: get(); break;
    case C.SET: set(); break;
    case C.SETNX: setnx(); break;
    case C.SETEX: setex(); break;
    case C.PSETEX: psetex(); break;
    case C.GETEX: getex(); break;
    case C.GETDEL: getdel(); break;
    case C.GETSET: getset(); break;
    case C.STRLEN: strlen(); break;
    case C.APPEND: append(); break;
    case C.GETRANGE:
    case C.SUBSTR: getrange(); break;
    case C.SETRANGE: setrange(); break;
    case C.INCR: incr(); break;
    case C.DECR: decr(); break;
    case C.INCRBY: incrby(); break;
    case C.DECRBY: decrby(); break;
    case C.INCRBYFLOAT: incrbyfloat(); break;
    case C.MSETNX: msetnx(); break;
    case C.LCS:
    case C.LCS_VALUES: lcs(); break;

    case C.SETBIT: setbit(); break;
    case C.GETBIT: getbit(); break;
    case C.BITCOUNT: bitcount(); break;
    case C.BITPOS: bitpos(); break;
    case C.BITOP:
    case C.BITOP_VALUES: bitop(); break;
    case C.BITFIELD:
    case C.BITFIELD_RO: bitfield(); break;

    case C.MGET:
    case C.MSET:
    case C.DEL:
    case C.UNLINK:
    case C.EXISTS:
    case C.TOUCH: eachKey(); break;
    case C.MGET_PART: mgetPart(); break;
    case C.HEADER_OF_ARRAY: headerOfArray(); break;

    case C.EXPIRE:
    case C.PEXPIRE:
    case C.EXPIREAT:
    case C.PEXPIREAT: expireKey(); break;
    case C.TTL:
    case C.PTTL:
    case C.EXPIRETIME:
    case C.PEXPIRETIME: timeToLive(); break;
    case C.PERSIST: persist(); break;
    case C.TYPE: typeCommand(); break;
    case C.RENAME:
    case C.RENAMENX: rename(); break;
    case C.COPY: copy(); break;
    case C.MOVE: move(); break;
    case C.SCAN: scan(); break;
    case C.KEYS: keys(); break;
    case C.RANDOMKEY: randomkey(); break;
    case C.DBSIZE: dbsize(); break;
    case C.FLUSHDB: flushdb(); break;
    case C.FLUSHALL: flushall(); break;
    case C.SWAPDB: swapdb(); break;
    case C.OBJECT_ENCODING: objectEncoding(); break;
    case C.OBJECT_FREQ: objectFreq(); break;
    case C.OBJECT_IDLETIME: objectIdletime(); break;
    case C.OBJECT_REFCOUNT: objectRefcount(); break;
    case C.MEMORY_USAGE: memoryUsage(); break;

    case C.PING: ping(); break;
    case C.ECHO: bulk(argData(firstArg), argLength(firstArg)); break;

    case C.HOLD: holdCommand(); break;
    case C.RELEASE: releaseCommand(); break;
    case C.PUT: putCommand(); break;
    case C.UNPIN: unpinCommand(); break;
    case C.FAIL: outOfMemory(); break;
    case C.CONFIG: configCommand(); break;
    case C.ACTIVE_EXPIRE: activeExpireCommand(); break;
    case C.DEBUG_OBJECT: debugObject(); break;

    case C.MC_GET:
    case C.MC_GAT: memcachedGet(); break;
    case C.MC_STORE: memcachedStore(); break;
    case C.MC_REFUSED: memcachedRefused(); break;
    case C.MC_DELETE: memcachedDelete(); break;
    case C.MC_DELTA: memcachedDelta(); break;
    case C.MC_TOUCH: memcachedTouch(); break;
    case C.MC_TEXT: memcachedText(); break;
    case C.MC_META_GET:
    case C.MC_META_CHANGE: metaGet(); break;
    case C.MC_META_STORE: metaStore(); break;
    case C.MC_META_DELETE: metaDelete(); break;
    case C.MC_META_DELTA: metaDelta(); break;
    case C.MC_META_DEBUG: metaDebug(); break;
    case C.MC_BINARY_GET:
    case C.MC_BINARY_GAT: binaryGet(); break;
    case C.MC_BINARY_STORE: binaryStore(); break;
    case C.MC_BINARY_REFUSED: binaryRefused(); break;
    case C.MC_BINARY_DELETE: binaryDelete(); break;
    case C.MC_BINARY_DELTA: binaryDelta(); break;
    case C.MC_BINARY_STATUS: binaryStatus(); break;
    default: unreachable();
  }
}

function ping(): void {
  if (argc == 0) text(PONG);
  else if (argc > 1) error(WRONG_ARITY_PING);
  else bulk(argData(firstArg), argLength(firstArg));
}

/** The first line of an array whose elements are replies of several shards. */
function headerOfArray(): void {
  readSigned(argData(firstArg), argLength(firstArg));
  array(<u32>value);
}
