const key = "seen";

/** Milliseconds without a touch after which nothing stays open. */
export const idleAfter = 5 * 60_000;

/** When somebody last touched the page: kept beside the page, so that one that was closed does not open by itself later. */
export const seen = {
  note: (): void => localStorage.setItem(key, String(Date.now())),
  isFresh: (): boolean => Date.now() - Number(localStorage.getItem(key) ?? 0) < idleAfter,
  forget: (): void => localStorage.removeItem(key),
};
