import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, problem, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const path = `/api/v1/victims/${ids.girl}`;

it("shows her code once, on paper that says nothing of her", async () => {
  standAtTheWire();
  const user = open(`/cases/${ids.girl}/voice`);

  await user.click(await screen.findByRole("button", { name: "Give her a code" }));

  const paper = (await screen.findByText("7F3K-2QX-W4M")).closest(".slip") as HTMLElement;
  expect(paper.textContent).toContain("/follow");
  expect(paper.textContent).not.toContain("PB-");
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain("7F3K");
});

it("reads what she says, until when she waits, and what became of it", async () => {
  standAtTheWire();
  open(`/cases/${ids.girl}/voice`);

  const stop = (await screen.findByRole("heading", { name: "She asks that it stops" })).closest("article") as HTMLElement;
  expect(stop.textContent).toContain("گھر پر کوئی نہ آئے");
  expect(stop.textContent).toContain("Answer by:");
  const called = screen.getByRole("heading", { name: "She wants to be called" }).closest("article") as HTMLElement;
  expect(called.textContent).toContain("She is well.");
  expect(within(called).queryByRole("button")).toBeNull();
  expect((screen.getByRole("heading", { name: "How it went" }).closest("article") as HTMLElement).textContent).toContain("Did you feel safe? No");
});

it("asks what became of a wish that it stops before it sends the answer", async () => {
  const sent = standAtTheWire();
  const user = open(`/cases/${ids.girl}/voice`);
  const stop = (await screen.findByRole("heading", { name: "She asks that it stops" })).closest("article") as HTMLElement;

  await user.click(within(stop).getByRole("button", { name: "Write down what became of it" }));
  const sheet = within(await screen.findByRole("dialog"));
  await user.click(sheet.getByRole("button", { name: "Write down what became of it" }));
  expect(await sheet.findByText("Choose what became of it")).toBeTruthy();
  expect(sent.some(({ method }) => method === "POST")).toBe(false);

  await user.click(sheet.getByRole("radio", { name: "A part of it stops" }));
  await user.click(sheet.getByRole("button", { name: "Write down what became of it" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent.find(({ method }) => method === "POST")).toMatchObject({ path: `${path}/messages/01930000-0000-7000-8000-00000000d001/answer`, body: { outcome: "partly_stopped" } });
});

it("keeps what was typed when the answer is refused", async () => {
  standAtTheWire(({ method }) => (method === "POST" ? problem(500, "fault") : undefined));
  const user = open(`/cases/${ids.girl}/voice`);
  const stop = (await screen.findByRole("heading", { name: "She asks that it stops" })).closest("article") as HTMLElement;
  await user.click(within(stop).getByRole("button", { name: "Write down what became of it" }));
  const sheet = within(await screen.findByRole("dialog"));
  await user.click(sheet.getByRole("radio", { name: "All of it stops" }));
  await user.type(sheet.getByLabelText(/What was done, or why not/), "No more visits");
  await user.click(sheet.getByRole("button", { name: "Write down what became of it" }));

  await sheet.findByRole("status");
  expect((sheet.getByLabelText(/What was done, or why not/) as HTMLTextAreaElement).value).toBe("No more visits");
});

it("says in sentences who read what, by agency and role", async () => {
  standAtTheWire();
  open(`/cases/${ids.girl}/seen`);

  const rows = await screen.findAllByText(/: read /);
  expect(rows[0]?.textContent).toMatch(/: read 3 times, from .* to /);
  expect(rows[1]?.textContent).toMatch(/: read once, on /);
});
