import { describe, expect, it } from "vitest";
import { formatDate, formatMoment, formatTime, westernDigits } from "./format.ts";

describe("times are Pakistan's, digits are 0-9", () => {
  it.each([
    ["2026-11-24T11:05:00Z", "4:05 pm", "سہ پہر 4:05"],
    ["2026-11-24T19:30:00Z", "12:30 am", "رات 12:30"],
    ["2026-11-24T04:00:00Z", "9:00 am", "صبح 9:00"],
    ["2026-11-24T14:10:00Z", "7:10 pm", "شام 7:10"],
  ])("%s", (at, en, ur) => {
    expect(formatTime(at, "en")).toBe(en);
    expect(formatTime(at, "ur")).toBe(ur);
  });

  it("names the month", () => {
    expect(formatDate("2026-11-24T11:05:00Z", "en")).toBe("24 Nov 2026");
    expect(formatDate("2026-11-24T11:05:00Z", "ur")).toBe("24 نومبر 2026");
  });

  it("leaves out the date of today only", () => {
    const now = new Date("2026-11-24T11:05:00Z");
    expect(formatMoment("2026-11-24T12:00:00Z", "en", now)).toBe("5:00 pm");
    expect(formatMoment("2026-11-24T20:00:00Z", "en", now)).toBe("25 Nov 2026, 1:00 am");
  });

  it("takes the digits of both keyboards", () => {
    expect(westernDigits("۱۲ ٣٤ 56")).toBe("12 34 56");
  });
});
