const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Remaining time as a clock: `4:05`, `1:04:05`, `3 d 4 h`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole >= 2 * DAY) {
    return `${Math.floor(whole / DAY)} d ${Math.floor((whole % DAY) / HOUR)} h`;
  }
  const rest = [Math.floor((whole % HOUR) / MINUTE), whole % MINUTE].map((part) => String(part).padStart(2, "0"));
  return whole >= HOUR ? `${Math.floor(whole / HOUR)}:${rest.join(":")}` : `${Number(rest[0])}:${rest[1]}`;
}

/** A length of time in words, rounded to its largest unit or two: `5 minutes`, `1 hour 30 minutes`. */
export function words(seconds: number): string {
  const units: [number, string][] = [
    [DAY, "day"],
    [HOUR, "hour"],
    [MINUTE, "minute"],
    [1, "second"],
  ];
  const whole = Math.max(0, Math.round(seconds));
  const first = units.findIndex(([length]) => whole >= length);
  if (first === -1) {
    return "0 seconds";
  }
  const parts: string[] = [];
  let rest = whole;
  for (const [length, unit] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) {
      parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
    }
  }
  return parts.join(" ");
}
