/** Figures as people read them: three digits and a unit. */

/** Stands for a figure that does not exist. */
export const NONE = '–';

/** From microseconds: `123 µs`, `1.23 ms`, `12.3 s`. */
export function latencyText(micros: number | undefined): string {
  if (micros === undefined || !Number.isFinite(micros)) return NONE;
  if (micros < 999.5) return `${threeDigits(micros)} µs`;
  if (micros < 999_500) return `${threeDigits(micros / 1e3)} ms`;
  return `${threeDigits(micros / 1e6)} s`;
}

/** Requests a second: `950/s`, `45.6 k/s`, `1.23 M/s`. */
export function rateText(perSecond: number | undefined): string {
  if (perSecond === undefined || !Number.isFinite(perSecond)) return NONE;
  const { text, prefix } = scaled(perSecond, 1000);
  return prefix === '' ? `${text}/s` : `${text} ${prefix}/s`;
}

/** `2,739,120` */
export function countText(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** From a share of 1: `12.3 %`; what is above zero never reads as zero. */
export function shareText(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) return NONE;
  const percent = share * 100;
  if (percent > 0 && percent < 0.001) return '<0.001 %';
  if (percent < 100 && percent > 99.95) return '>99.9 %';
  return `${threeDigits(percent)} %`;
}

/** `1.50 GiB` */
export function bytesText(bytes: number): string {
  const { text, prefix } = scaled(bytes, 1024);
  return prefix === '' ? `${text} B` : `${text} ${prefix === 'k' ? 'K' : prefix}iB`;
}

/** `9.5 s`, `2:05 min`, `2:03:04 h` */
export function durationText(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return hours === 0 ? `${minutes}:${two(whole % 60)} min` : `${hours}:${two(minutes)}:${two(whole % 60)} h`;
}

/** `×1.23` */
export function ratioText(ratio: number | undefined): string {
  if (ratio === undefined || !Number.isFinite(ratio)) return NONE;
  return `×${ratio < 10 ? ratio.toFixed(2) : threeDigits(ratio)}`;
}

/** `1 error`, `2 errors` */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** 0, 0.0123, 1.23, 12.3, 123 and, of more, whole numbers. */
function threeDigits(value: number): string {
  if (value === 0) return '0';
  if (value >= 99.95) return String(Math.round(value));
  if (value >= 9.995) return value.toFixed(1);
  if (value >= 0.0995) return value.toFixed(2);
  return String(Number(value.toPrecision(2)));
}

function scaled(value: number, base: number): { text: string; prefix: string } {
  const prefixes = ['', 'k', 'M', 'G', 'T'];
  let rest = value;
  let at = 0;
  for (; rest >= base * 0.9995 && at < prefixes.length - 1; at++) rest /= base;
  return { text: threeDigits(rest), prefix: prefixes[at] ?? '' };
}
