/** Settings that reach the engine: at the start by a call, later as the command `_config`, in the order of requests. */
import { setPolicy } from "../eviction/policy";
import { state } from "../state";
import { ok } from "../wire/resp";
import { integerValue, readInteger } from "./arguments";
import { firstArg, nextArg } from "./context";

export function configure(pages: u32, reserve: u32, policy: u32, byFrequency: u32, protoMaxBulk: u32, notify: u32): void {
  const s = state();
  s.limitPages = pages;
  s.reservePages = reserve;
  setPolicy(policy);
  s.frequencyNamed = byFrequency;
  s.protoMaxBulk = protoMaxBulk;
  s.notify = notify;
}

let next: usize = 0;

function number(): u32 {
  readInteger(next);
  next = nextArg(next);
  return <u32>integerValue;
}

/** `_config pages reserve policy byFrequency protoMaxBulk notify`. */
export function configCommand(): void {
  next = firstArg;
  const pages = number();
  const reserve = number();
  const policy = number();
  const byFrequency = number();
  const protoMaxBulk = number();
  configure(pages, reserve, policy, byFrequency, protoMaxBulk, number());
  ok();
}

/** `_active-expire 0|1`. */
export function activeExpireCommand(): void {
  next = firstArg;
  state().activeExpire = <u32>(number() != 0);
  ok();
}
