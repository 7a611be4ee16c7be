// How this page writes times, sizes and names.

const CLOCK = new Intl.DateTimeFormat("es-CO", { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("es-CO", { day: "numeric", month: "long", year: "numeric" });
const SIZE = new Intl.NumberFormat("es-CO", { maximumFractionDigits: 1 });
const DAY_MS = 86_400_000;
const AVATAR_HUES = 6;

/** Bot API dates are Unix seconds; e-mail dates may be ISO text. */
export function toDate(value) {
  return new Date(typeof value === "number" ? value * 1000 : value);
}

export const clock = (value) => CLOCK.format(toDate(value));

const startOfDay = (date) => new Date(date).setHours(0, 0, 0, 0);

export const dayKey = (value) => startOfDay(toDate(value));

export function dayName(key) {
  const ago = Math.round((startOfDay(new Date()) - key) / DAY_MS);
  if (ago === 0) return "Hoy";
  return ago === 1 ? "Ayer" : DAY.format(new Date(key));
}

export const moment = (value) => `${dayName(dayKey(value))}, ${clock(value)}`;

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${SIZE.format(bytes / 1024)} kB`;
  return `${SIZE.format(bytes / 1024 ** 2)} MB`;
}

export function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...word][0].toLocaleUpperCase("es-CO")).join("") || "?";
}

export const avatarClass = (id) => `avatar hue-${id % AVATAR_HUES}`;
