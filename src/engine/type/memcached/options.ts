/** The options of the current frame (layout/memcached.ts). */
import { argData, firstArg, nextArg } from "../../command/context";
import {
  MC_BITS, MC_CAS, MC_DELTA, MC_FLAGS, MC_GIVE_CAS, MC_MODE, MC_NEW_CAS, MC_TIME,
} from "../../layout/memcached";
import { newCas } from "../../keyspace/extension";

@inline
export function options(): usize {
  return nextArg(firstArg) + 4;
}

@inline
export function bits(): u32 {
  return load<u32>(options(), MC_BITS);
}

@inline
export function has(bit: u32): bool {
  return (bits() & bit) != 0;
}

@inline
export function clientFlags(): u32 {
  return load<u32>(options(), MC_FLAGS);
}

@inline
export function time(): i32 {
  return load<i32>(options(), MC_TIME);
}

@inline
export function mode(): u32 {
  return load<u32>(options(), MC_MODE);
}

@inline
export function expectedCas(): u64 {
  return load<u64>(options(), MC_CAS);
}

@inline
export function delta(): u64 {
  return load<u64>(options(), MC_DELTA);
}

/** The CAS id of what the command writes: a new one, unless the client gave it. */
export function casToGive(): u64 {
  return has(MC_GIVE_CAS) ? load<u64>(options(), MC_NEW_CAS) : newCas();
}

/** The argument behind the options. */
@inline
export function third(): usize {
  return nextArg(nextArg(firstArg));
}

/** A meta command's flags as they were sent. */
@inline
export function words(): usize {
  return argData(third());
}
