/** `12.3 s`, or `1 h 02 min 05 s` from a minute on. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const padded = (value: number) => String(value).padStart(2, "0");
  return `${hours > 0 ? `${hours} h ${padded(minutes)}` : minutes} min ${padded(whole % 60)} s`;
}
