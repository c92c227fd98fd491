import { i18n } from "@lingui/core";
import { I18nProvider, useLingui } from "@lingui/react";
import type { ReactNode } from "react";
import { keepLanguage, type Language, languages, preferredLanguage } from "./languages.ts";
import type { TextId } from "./ids.ts";

const catalogs = {
  en: () => import("virtual:catalog/en"),
  ur: () => import("virtual:catalog/ur"),
} as const;

/** Loads a language, then shows it; the page keeps the old one until the new one is here. */
export async function speak(language: Language): Promise<void> {
  const { messages } = await catalogs[language]();
  document.documentElement.lang = language;
  document.documentElement.dir = languages[language].dir;
  i18n.loadAndActivate({ locale: language, messages });
  loadHeadingFont(language);
}

export const speakPreferred = (): Promise<void> => speak(preferredLanguage());

export async function changeLanguage(language: Language): Promise<void> {
  await speak(language);
  keepLanguage(language);
}

/** Nastaliq is loved and heavy: only for Urdu headings, only when nothing else waits, never on a saved connection. */
function loadHeadingFont(language: Language): void {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
  if (language !== "ur" || saving) {
    return;
  }
  const load = (): void => document.documentElement.classList.add("nastaliq");
  if ("requestIdleCallback" in window) {
    requestIdleCallback(load);
  } else {
    setTimeout(load, 2000);
  }
}

export function Speech({ children }: { children: ReactNode }): ReactNode {
  return <I18nProvider i18n={i18n}>{children}</I18nProvider>;
}

export type Say = (id: TextId, values?: Record<string, unknown>) => string;

export function useText(): Say {
  const { i18n: spoken } = useLingui();
  return (id, values) => spoken._(id, values);
}

/** For ids made from codes of the server, of which a later release may send one more. */
export function useTextIfAny(): (id: string) => string | undefined {
  const { i18n: spoken } = useLingui();
  return (id) => (id in spoken.messages ? spoken._(id) : undefined);
}

export function useLanguage(): Language {
  return useLingui().i18n.locale as Language;
}

/** For what has no component around it, as a problem that the wire brings. */
export const spokenLanguage = (): Language => (i18n.locale || preferredLanguage()) as Language;
