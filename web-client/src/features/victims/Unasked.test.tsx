import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const path = `/api/v1/victims/${ids.girl}`;
const posts = (sent: readonly Sent[]): unknown[] => sent.filter(({ method, path: to }) => method === "POST" && !to.endsWith("what-if")).map(({ path: to, body }) => [to, body]);
const stored = ({ method, path: to }: Sent): Response | undefined => (method === "POST" && !to.endsWith("what-if") ? json({ id: ids.order }, 201) : undefined);

it("shows what waits, what stands and by whose word, and offers what the server offers", async () => {
  standAtTheWire();
  open(`/cases/${ids.girl}`);

  const section = within((await screen.findByRole("heading", { name: "Permissions" })).closest("section") as HTMLElement);
  await section.findByRole("heading", { name: "Waits for a second person" });
  expect(section.getByText("I want to go to school.")).toBeTruthy();
  expect(section.getByText("Sessions Court Kasur, 112/2026")).toBeTruthy();
  await section.findByRole("button", { name: "End it now" });
  expect(section.getAllByRole("button").map((button) => button.textContent)).toEqual(["Take back the permission", "The court stayed it", "End it now"]);
  expect(section.getByRole("link", { name: "Replace it by a newer one" }).getAttribute("href")).toBe(`/cases/${ids.girl}/permissions/new/orders?instead=${ids.order}`);
});

it("shows who loses what before a stay is written down, and asks when the court said so", async () => {
  const sent = standAtTheWire(({ method, path: to }) => (to.endsWith("/what-if")
    ? json({ losesAccess: [], endsReferrals: [], stays: [], losesOrder: [{ agency: { id: ids.boy, nameEn: "Shifa District Hospital", nameUr: "شفا" }, groups: ["minimum", "identity"] }] })
    : method === "POST" ? json({ id: ids.order }) : undefined));
  const user = open(`/cases/${ids.girl}`);

  await user.click(await screen.findByRole("button", { name: "The court stayed it" }));
  const sheet = within(screen.getByRole("dialog"));
  await sheet.findByText("Shifa District Hospital");
  await user.click(sheet.getByRole("button", { name: "The court stayed it" }));
  expect(sheet.getByRole("alert").textContent).toContain("Give the date of the order");
  await user.type(sheet.getByLabelText("Date of the order"), "2026-11-23");
  await user.click(sheet.getByRole("button", { name: "The court stayed it" }));

  await waitFor(() => expect(posts(sent)).toEqual([[`${path}/bases/${ids.order}/stay`, { orderedOn: "2026-11-23" }]]));
  await screen.findByText(/It holds from this moment/);
});

it("proposes a decision for a child: what is missing is named, and what was typed stays through a refusal", async () => {
  const sent = standAtTheWire(({ method, path: to }) => (method === "POST" && to.endsWith("/best-interests") ? problem(422, "recipient_records", { detail: "Let another agency record it." }) : undefined));
  const user = open(`/cases/${ids.girl}/permissions/new/best-interests`);

  await user.click(await screen.findByRole("button", { name: "Propose" }));
  expect(screen.getByRole("alert").textContent).toContain("Choose why the guardian is not asked");
  expect(screen.getByRole("alert").textContent).toContain("Choose with whom it is shared");
  await user.click(await screen.findByRole("radio", { name: "No guardian is there" }));
  await user.type(screen.getByLabelText("Why"), "Nobody came for her.");
  await user.click(await screen.findByRole("button", { name: /^Roshni Shelter for Girls/ }));
  await user.type(screen.getByLabelText("Until"), "2027-02-01");
  await user.click(screen.getByRole("button", { name: "Propose" }));

  await screen.findByText("Let another agency record it.");
  expect((screen.getByLabelText("Why") as HTMLTextAreaElement).value).toBe("Nobody came for her.");
  const [[to, body]] = posts(sent) as [[string, Record<string, unknown>]];
  expect(to).toBe(`${path}/best-interests`);
  expect(body).toMatchObject({ ground: "guardian_absent", reason: "Nobody came for her.", groups: ["identity"], purposes: ["provide_service"], validTo: "2027-02-01T18:59:59.000Z" });
});

it("amends an order: it says again what the one said whose place it takes, but for its number and its date", async () => {
  const sent = standAtTheWire(stored);
  const user = open(`/cases/${ids.girl}/permissions/new/orders?instead=${ids.order}`);

  await screen.findByText(/takes the place of the one that stands/);
  await user.type(screen.getByLabelText("Number of the order"), "113/2026");
  await user.click(await screen.findByRole("checkbox", { name: /^Boy/ }));
  await user.type(screen.getByLabelText("Date of the order"), "2026-11-23");
  await screen.findByText("Shifa District Hospital");
  await user.clear(screen.getByLabelText("Until"));
  await user.type(screen.getByLabelText("Until"), "2027-02-01");
  await user.click(screen.getByRole("button", { name: "Propose" }));

  await waitFor(() => expect(posts(sent)).toHaveLength(1));
  expect((posts(sent) as [[string, Record<string, unknown>]])[0][1]).toMatchObject({
    court: "Sessions Court Kasur", orderNumber: "113/2026", orderedOn: "2026-11-23", groups: ["identity"], purposes: ["legal_proceedings"], agencies: ["01930000-0000-7000-8000-0000000000a3"], members: [ids.boy], supersedesId: ids.order,
    validTo: "2027-02-01T18:59:59.000Z",
  });
});

it("names the law of a duty, from those that are in force", async () => {
  const sent = standAtTheWire(stored);
  const user = open(`/cases/${ids.girl}/permissions/new/duties`);

  const law = await screen.findByLabelText("Which law");
  expect(within(law).queryByRole("option", { name: /Repealed/ })).toBeNull();
  await user.selectOptions(law, "pk-ptpa-2018");
  await user.type(screen.getByLabelText("Section"), "section 8");
  await user.click(await screen.findByRole("button", { name: /^Shifa District Hospital/ }));
  await user.type(screen.getByLabelText("Until"), "2027-02-01");
  await user.click(screen.getByRole("button", { name: "Write it down" }));

  await waitFor(() => expect(posts(sent)).toHaveLength(1));
  expect((posts(sent) as [[string, Record<string, unknown>]])[0][1]).toMatchObject({ instrumentId: "pk-ptpa-2018", section: "section 8", purposes: ["statutory_report"] });
});

it("lets an emergency last hours", async () => {
  const sent = standAtTheWire(stored);
  const user = open(`/cases/${ids.girl}/permissions/new/emergencies`);

  await user.type(await screen.findByLabelText("Why nobody could be asked"), "She is unconscious.");
  await user.click(await screen.findByRole("button", { name: /^Shifa District Hospital/ }));
  await user.click(screen.getByRole("radio", { name: "6 hours" }));
  await user.click(screen.getByRole("button", { name: "Write it down" }));

  await waitFor(() => expect(posts(sent)).toHaveLength(1));
  expect((posts(sent) as [[string, Record<string, unknown>]])[0][1]).toMatchObject({ whyNotAsked: "She is unconscious.", hours: 6 });
});
