import "fake-indexeddb/auto";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { speak, speakInside } from "#i18n/i18n.tsx";

configure({
  // A busy machine is slow, not wrong.
  asyncUtilTimeout: 30_000,
  // What is missing, and not the page without it: drawing that takes longer than looking, at every look. `screen.debug()` draws it.
  getElementError: (message) => Object.assign(new Error(message ?? undefined), { name: "TestingLibraryElementError" }),
});

// What jsdom does not have.
HTMLDialogElement.prototype.showModal = function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close(this: HTMLDialogElement) {
  this.open = false;
};
window.matchMedia = (media) => ({ matches: false, media, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList;
window.scrollTo = () => undefined;
Blob.prototype.text ??= function text(this: Blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(this);
  });
};

beforeEach(async () => {
  await speak("en");
  await speakInside();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.history.replaceState(null, "", "/");
});
