const left = "lists-left";

/** When somebody left in a hurry: what was read before opens no more, though the page may be gone before it is deleted. */
export const leaveLists = (): void => localStorage.setItem(left, String(Date.now()));

/** Lists that were read by then are gone. */
export const listsLeftAt = (): number => Number(localStorage.getItem(left) ?? 0);

const key = "seen";
const forgotten = "seen-forgotten";

/** Milliseconds without a touch after which nothing stays open. */
export const idleAfter = 5 * 60_000;

/** When somebody last touched the page: kept beside the page, so that one that was closed does not open by itself later. */
export const seen = {
  note: (): void => localStorage.setItem(key, String(Date.now())),
  isKnown: (): boolean => localStorage.getItem(key) !== null,
  /** In whichever tab. */
  at: (): number => Number(localStorage.getItem(key) ?? 0),
  isFresh: (): boolean => Date.now() - seen.at() < idleAfter,
  forget(): void {
    localStorage.removeItem(key);
    window.dispatchEvent(new Event(forgotten));
  },
  /** Calls when it is forgotten, in this tab or in another; the answer stops that. */
  onForgotten(act: () => void): () => void {
    const elsewhere = (event: StorageEvent): void => {
      if ((event.key === key && event.newValue === null) || event.key === null) {
        act();
      }
    };
    window.addEventListener(forgotten, act);
    window.addEventListener("storage", elsewhere);
    return () => {
      window.removeEventListener(forgotten, act);
      window.removeEventListener("storage", elsewhere);
    };
  },
};
