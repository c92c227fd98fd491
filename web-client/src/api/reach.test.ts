import { expect, it } from "vitest";
import { isOnline, reached, unreached } from "./reach.ts";

it("learns nothing from a late failure about a connection over which something was answered since", () => {
  const askedAt = performance.now() - 1;
  reached();
  expect(unreached(askedAt).status).toBe(0);
  expect(isOnline()).toBe(true);
  unreached(performance.now() + 1);
  expect(isOnline()).toBe(false);
  reached();
  expect(isOnline()).toBe(true);
});
