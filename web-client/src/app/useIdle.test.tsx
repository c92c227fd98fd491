import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useIdle } from "./useIdle.ts";

const end = vi.fn();

function Watched(): React.ReactNode {
  return <p>{useIdle(true, end) ? "soon" : "quiet"}</p>;
}

beforeEach(() => {
  end.mockReset();
  vi.useFakeTimers();
  render(<Watched />);
});
afterEach(() => vi.useRealTimers());

const pass = (minutes: number): void => act(() => {
  vi.advanceTimersByTime(minutes * 60_000);
});

it("warns in the fifth idle minute and ends the session after it, once", () => {
  pass(3.5);
  expect(screen.getByText("quiet")).toBeTruthy();
  pass(1);
  expect(screen.getByText("soon")).toBeTruthy();
  pass(5);
  expect(end).toHaveBeenCalledOnce();
});

it("counts a touch of another tab", () => {
  pass(4.5);
  localStorage.setItem("seen", String(Date.now()));
  pass(4.5);
  expect(end).not.toHaveBeenCalled();
});

it("counts anew from every touch", () => {
  pass(4.5);
  act(() => document.dispatchEvent(new Event("pointerdown")));
  pass(4.5);
  expect(end).not.toHaveBeenCalled();
});
