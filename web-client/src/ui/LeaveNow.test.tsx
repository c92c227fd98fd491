import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Speech } from "#i18n/i18n.tsx";
import { LeaveNow } from "./LeaveNow.tsx";

const replace = vi.fn();
const lock = vi.fn();

beforeEach(() => {
  replace.mockReset();
  lock.mockReset();
  vi.stubGlobal("location", { ...window.location, replace });
  render(<Speech><LeaveNow lock={lock} /></Speech>);
});

afterEach(() => {
  document.documentElement.style.display = "";
});

describe("Leave now", () => {
  it("blanks the page, locks it and replaces it in the history", () => {
    fireEvent.click(screen.getByText("Leave now"));
    expect(document.documentElement.style.display).toBe("none");
    expect(lock).toHaveBeenCalledOnce();
    expect(replace).toHaveBeenCalledOnce();
  });

  it("follows three presses of Shift", () => {
    for (let press = 0; press < 3; press += 1) {
      fireEvent.keyDown(document, { key: "Shift" });
    }
    expect(replace).toHaveBeenCalledOnce();
  });

  it("does not follow Shift while somebody types", () => {
    for (const key of ["Shift", "A", "Shift", "B", "Shift"]) {
      fireEvent.keyDown(document, { key });
    }
    expect(replace).not.toHaveBeenCalled();
  });

  it("goes nowhere when there is no network", () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    fireEvent.click(screen.getByText("Leave now"));
    expect(replace).toHaveBeenCalledWith("about:blank");
  });
});
