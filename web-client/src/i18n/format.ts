import type { Language } from "./languages.ts";

// Western digits in every language; times are Pakistan's wherever the screen stands.
const locales: Record<Language, string> = { en: "en-GB-u-nu-latn", ur: "ur-PK-u-nu-latn" };
const timeZone = "Asia/Karachi";

const urduHours = [
  [4, "رات"], [12, "صبح"], [16, "دوپہر"], [19, "سہ پہر"], [20, "شام"], [24, "رات"],
] as const;

/** `24 Nov 2026`, `24 نومبر 2026` */
export function formatDate(at: string | Date, language: Language): string {
  const month = language === "en" ? "short" : "long";
  const parts = new Intl.DateTimeFormat(locales[language], { day: "numeric", month, year: "numeric", timeZone })
    .formatToParts(new Date(at));
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("day")} ${part("month")} ${part("year")}`;
}

/** `4:05 pm`, `سہ پہر 4:05` */
export function formatTime(at: string | Date, language: Language): string {
  const [hour = 0, minute = 0] = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone })
    .format(new Date(at)).split(":").map(Number);
  const clock = `${hour % 12 || 12}:${String(minute).padStart(2, "0")}`;
  if (language === "en") {
    return `${clock} ${hour < 12 ? "am" : "pm"}`;
  }
  const partOfDay = urduHours.find(([before]) => hour < before)?.[1] ?? "رات";
  return `${partOfDay} ${clock}`;
}

/** The time alone today, otherwise with its date. */
export function formatMoment(at: string | Date, language: Language, now = new Date()): string {
  const [date, today] = [formatDate(at, language), formatDate(now, language)];
  const time = formatTime(at, language);
  return date === today ? time : `${date}${language === "ur" ? "،" : ","} ${time}`;
}

const digits = /[\u06f0-\u06f9\u0660-\u0669]/g;

/** Inputs take ۰-۹ and ٠-٩; everything after them sees 0-9. */
export function westernDigits(text: string): string {
  return text.replace(digits, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** What a field for a moment holds: the phone's own clock, to the minute. */
export const localMinute = (at: Date): string => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** A typed time is the phone's own; the wire takes UTC, and what has happened never in the future. */
export const pastFromLocal = (typed: string): string => new Date(Math.min(Date.parse(typed), Date.now())).toISOString();
