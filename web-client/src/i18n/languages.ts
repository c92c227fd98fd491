export const languages = { en: { name: "English", dir: "ltr" }, ur: { name: "اردو", dir: "rtl" } } as const;

export type Language = keyof typeof languages;

/** Wait for a speaker who approves the words; until then whoever wants one of these reads Urdu, and is told so. */
export const awaited = { sd: "سنڌي", ps: "پښتو" } as const;

const kept = "language";

export function preferredLanguage(): Language {
  const wanted = localStorage.getItem(kept) ?? navigator.language.slice(0, 2);
  return wanted in languages ? (wanted as Language) : wanted in awaited ? "ur" : "en";
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(kept, language);
}
