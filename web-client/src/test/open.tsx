import { render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { App } from "#app/App.tsx";

/** The whole client, opened at an address. */
export function open(path: string): UserEvent {
  window.history.replaceState(null, "", path);
  render(<App />);
  return userEvent.setup();
}
