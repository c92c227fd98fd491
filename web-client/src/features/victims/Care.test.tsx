import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const posts = (sent: readonly Sent[]): unknown[] => sent.filter(({ method }) => method === "POST").map(({ path, body }) => [path, (body as { kind: string }).kind, (body as { body: unknown }).body]);
const records = `/api/v1/victims/${ids.girl}/records`;
const saved = ({ method, path }: Sent): Response | undefined => (method === "POST" && path === records ? json({ id: ids.plan }, 201) : undefined);

it("makes a plan of goals, with who sees to each and its steps", async () => {
  const sent = standAtTheWire(saved);
  const user = open(`/cases/${ids.girl}/items/plan`);

  await user.click(await screen.findByRole("button", { name: "Save" }));
  expect(screen.getByRole("alert").textContent).toContain("Write what each goal shall reach");
  await user.type(screen.getByLabelText("What shall be reached?"), "Class four");
  await user.selectOptions(await screen.findByLabelText("What kind of help?"), "education_school_enrolment");
  await user.selectOptions(screen.getByLabelText("Who sees to it?"), await screen.findByRole("option", { name: "Sana Iqbal" }));
  await user.click(screen.getByRole("button", { name: "Add a step" }));
  await user.type(screen.getByLabelText("Step 1"), "Ask for the certificate");
  await user.click(screen.getByRole("button", { name: "Add a step" }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(posts(sent)).toEqual([[records, "plan", {
    goals: [{ category: "education_school_enrolment", text: "Class four", state: "planned", workerId: "01930000-0000-7000-8000-0000000000c1", actions: [{ text: "Ask for the certificate", done: false }] }],
  }]]));
});

it("says which visits are due and takes one down", async () => {
  const sent = standAtTheWire(saved);
  const user = open(`/cases/${ids.girl}/visits`);

  await screen.findByText("Three-month check");
  expect(await screen.findByText(/^Late by/)).toBeTruthy();
  await user.click(screen.getByRole("link", { name: "Write down a visit" }));
  await user.click(await screen.findByRole("radio", { name: "Three-month check" }));
  await user.click(screen.getByRole("checkbox", { name: "Is safe" }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(posts(sent)).toEqual([[records, "visit", { visit: "three_month", findings: ["safe"] }]]));
});

it("writes down what cannot wait, and says who is told", async () => {
  const sent = standAtTheWire(saved);
  const user = open(`/cases/${ids.girl}`);

  await user.click(await screen.findByRole("link", { name: "Something serious happened" }));
  await screen.findByText(/told as soon as you save/);
  await user.click(await screen.findByRole("radio", { name: "Left without notice" }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(posts(sent)).toEqual([[records, "critical_incident", { happened: "runaway" }]]));
});

it("names who sees to each goal where the plan is read", async () => {
  standAtTheWire();
  const user = open(`/cases/${ids.girl}/plan`);

  await user.click((await screen.findAllByRole("button", { name: /Show/ }))[0] as HTMLElement);

  await screen.findByText("Class four at the school by the canal");
  expect(screen.getByText("Sees to it:").textContent).toContain("Sana Iqbal");
});
