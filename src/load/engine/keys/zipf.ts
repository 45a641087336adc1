/**
 * Zipf's law over 1 to n by rejection-inversion: W. Hörmann and G. Derflinger, "Rejection-inversion to generate variates
 * from monotone discrete distributions", ACM TOMACS 6(3), 1996. Constant time for any exponent above 0; n may change.
 */
import { randomUnit } from "../base";

let exponent: f64 = 1;
let count: f64 = 0;
let atFirst: f64 = 0;
let atLast: f64 = 0;
let accept: f64 = 0;

export function initZipf(skew: f64): void {
  exponent = skew;
  count = 0;
  atFirst = integral(1.5) - 1;
  accept = 2 - inverse(integral(2.5) - density(2));
}

/** A rank from 0 to n - 1, the smaller ones more often. */
export function zipfRank(n: u64): u64 {
  if (<f64>n != count) {
    count = <f64>n;
    atLast = integral(count + 0.5);
  }
  while (true) {
    const u = atLast + randomUnit() * (atFirst - atLast);
    const x = inverse(u);
    let k = Math.floor(x + 0.5);
    if (k < 1) k = 1;
    else if (k > count) k = count;
    if (k - x <= accept || u >= integral(k + 0.5) - density(k)) return <u64>k - 1;
  }
}

/** x^-exponent, and its integral, which is 0 at 1; both hold for an exponent of 1 too. */
function density(x: f64): f64 {
  return Math.exp(-exponent * Math.log(x));
}

function integral(x: f64): f64 {
  const log = Math.log(x);
  return expm1Over((1 - exponent) * log) * log;
}

function inverse(y: f64): f64 {
  const t = Math.max(y * (1 - exponent), -1);
  return Math.exp(log1pOver(t) * y);
}

/** (e^x - 1) / x and log(1 + x) / x, also where x is near 0. */
function expm1Over(x: f64): f64 {
  return Math.abs(x) > 1e-8 ? Math.expm1(x) / x : 1 + (x / 2) * (1 + x / 3);
}

function log1pOver(x: f64): f64 {
  return Math.abs(x) > 1e-8 ? Math.log1p(x) / x : 1 - x * (0.5 - x / 3);
}
