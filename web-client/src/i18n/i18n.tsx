import { i18n } from "@lingui/core";
import { I18nProvider, useLingui } from "@lingui/react";
import type { ReactNode } from "react";
import { keepLanguage, type Language, languages, preferredLanguage } from "./languages.ts";
import type { TextId } from "./ids.ts";

/** The words that everybody may need, and those of the screens behind the sign-in: the first screen does not wait for these. */
const catalogs = {
  en: { first: () => import("virtual:catalog/en/first"), inside: () => import("virtual:catalog/en/inside") },
  ur: { first: () => import("virtual:catalog/ur/first"), inside: () => import("virtual:catalog/ur/inside") },
} as const;

let isInside = false;

/** Loads a language, then shows it; the page keeps the old one until the new one is here. */
export async function speak(language: Language): Promise<void> {
  const { first, inside } = catalogs[language];
  const parts = await Promise.all(isInside ? [first(), inside()] : [first()]);
  parts.forEach(({ messages }) => i18n.load(language, messages));
  document.documentElement.lang = language;
  document.documentElement.dir = languages[language].dir;
  i18n.activate(language);
  loadHeadingFont(language);
}

/** From now on the words of all screens are there, in this language and in each that is chosen later. */
export async function speakInside(): Promise<void> {
  isInside = true;
  const language = spokenLanguage();
  const { messages } = await catalogs[language].inside();
  i18n.load(language, messages);
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

/** Those that the screens can say here and that begin in one of these ways: what they are made of, the server can send. */
export function useTextIds(starts: readonly string[]): string[] {
  const { i18n: spoken } = useLingui();
  return Object.keys(spoken.messages).filter((id) => starts.some((start) => id.startsWith(start)));
}

export function useLanguage(): Language {
  return useLingui().i18n.locale as Language;
}

/** For what has no component around it, as a problem that the wire brings. */
export const spokenLanguage = (): Language => (i18n.locale || preferredLanguage()) as Language;
