/** Sindhi and Pashto wait for their speakers. */
export const languages = { en: { name: "English", dir: "ltr" }, ur: { name: "اردو", dir: "rtl" } } as const;

export type Language = keyof typeof languages;

const kept = "language";

export function preferredLanguage(): Language {
  const wanted = localStorage.getItem(kept) ?? navigator.language.slice(0, 2);
  return wanted in languages ? (wanted as Language) : "en";
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(kept, language);
}
