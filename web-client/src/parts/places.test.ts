import { expect, it } from "vitest";
import { placeOf } from "./places.ts";

it.each([
  ["victim", "stop.asked", "/cases/7/voice"],
  ["victim", "clock.callback", "/cases/7/voice"],
  ["victim", "stop_request", "/cases/7/voice"],
  ["report", "callback.asked", "/reports/7"],
  ["victim", "age.disputed", "/cases/7/age"],
  ["victim", "clock.plan_review", "/cases/7/plan"],
  ["victim", "victim.closed", "/cases/7"],
  ["silent_alert", "alert.raised", "/desk/alerts/7"],
])("of a %s, %s leads to where it is answered", (subjectKind, kind, place) => {
  expect(placeOf({ subjectKind, subjectId: "7", kind })).toBe(place);
});
