import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { forget } from "#drafts/sealed.ts";
import { saveDraft } from "#drafts/vault.ts";
import { answerTo, ids, json, problem, report, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";
import { newCall } from "./call.ts";

const desk = { areas: ["find", "register", "reports", "account"] };
const taken = (sent: readonly Sent[]): Record<string, unknown>[] => sent.filter(({ method, path }) => method === "POST" && path.endsWith("/reports")).map(({ body }) => body as Record<string, unknown>);

it("ends a prank in three inputs: the page, a key, Enter", async () => {
  const sent = standAtTheWire(undefined, desk);
  const user = open("/reports/new");
  await screen.findByRole("heading", { name: "New call or visit" });

  await user.keyboard("1");
  await user.keyboard("{Enter}");

  await screen.findByText(/handles it/);
  expect(taken(sent)).toEqual([expect.objectContaining({ channel: "helpline", kind: "intake", outcome: "junk" })]);
  expect(taken(sent)[0]).not.toHaveProperty("reporter");
  expect((screen.getByRole("radio", { name: /Silent or prank/ }) as HTMLInputElement).checked).toBe(false);
});

it("sends no name of a caller who stays unknown, and the number only with their word", async () => {
  const sent = standAtTheWire(undefined, desk);
  const user = open("/reports/new");

  await user.click(await screen.findByRole("radio", { name: /Needs help/ }));
  await user.type(screen.getByLabelText("Name of the caller"), "Noreen");
  await user.type(screen.getByLabelText("Phone"), "03001234567");
  await user.type(screen.getByLabelText("What was told"), "Two girls.");
  await user.click(screen.getByRole("checkbox", { name: /Wants to stay unknown/ }));
  expect(screen.queryByLabelText("Phone")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Save, next call" }));

  await screen.findByText("7F3K-2QX-W4X");
  expect(JSON.stringify(taken(sent))).not.toMatch(/Noreen|0300/);
  expect(taken(sent)[0]).toMatchObject({ story: "Two girls.", reporter: { isAnonymous: true, agreesToKeep: false } });
});

it("names what the server did not take, and keeps what was typed", async () => {
  standAtTheWire(({ method, path }) => method === "POST" && path.endsWith("/reports")
    ? problem(422, "rule_broken", { errors: [{ pointer: "/reporter/phone", code: "wrong_form", detail: "This does not have the form it must have." }] })
    : undefined, desk);
  const user = open("/reports/new");

  await user.click(await screen.findByRole("radio", { name: /Needs help/ }));
  await user.type(screen.getByLabelText("Phone"), "17");
  await user.click(screen.getByRole("button", { name: "Save, next call" }));

  expect(await screen.findAllByText("This does not have the form it must have.")).not.toHaveLength(0);
  expect((screen.getByLabelText("Phone") as HTMLInputElement).value).toBe("17");
});

it("lists what waits without a word of it, and makes one a case", async () => {
  const sent = standAtTheWire(undefined, desk);
  const user = open("/reports");

  await user.click((await screen.findAllByRole("link", { name: /Helpline call/ }))[0] as HTMLElement);
  await screen.findByText(/Two girls carry bricks/);
  await user.click(screen.getByRole("button", { name: "Make it a case" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(await sheet.findByRole("radio", { name: "Female" }));
  await user.click(await sheet.findByRole("radio", { name: /^6/ }));
  await user.click(sheet.getByRole("button", { name: "Make it a case" }));

  await waitFor(() => expect(location.pathname).toBe(`/cases/${ids.girl}`));
  const post = sent.find(({ method, path }) => method === "POST" && path.endsWith(`/reports/${report.id}/convert`));
  expect(post?.body).toMatchObject({ found: { district: "PK-PB-KSR" }, sex: "female", age: { band: "age_6_9" } });
  expect(post?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
});

it("sorts with the version that was read", async () => {
  const sent = standAtTheWire(({ method, path }) => method === "PUT" && path.includes("/reports/") ? json(report) : undefined, desk);
  const user = open(`/reports/${report.id}`);

  await user.click(await screen.findByRole("button", { name: "Sort it" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(await sheet.findByRole("radio", { name: /Passed to another body/ }));
  await user.click(sheet.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const put = sent.find(({ method }) => method === "PUT");
  expect(put?.headers.get("If-Match")).toBe('"1"');
  expect(put?.body).toMatchObject({ outcome: "passed_on", urgency: "high", story: report.story });
});

it("asks what shall stand when somebody else sorted it first", async () => {
  let theirs = {};
  const sent = standAtTheWire(({ method, path, headers, body }) => {
    if (!path.endsWith(`/reports/${report.id}`)) {
      return undefined;
    }
    if (method === "PUT" && headers.get("If-Match") !== '"2"') {
      theirs = { outcome: "passed_on", urgency: "emergency" };
      return problem(412, "stale");
    }
    return json({ ...report, ...theirs, ...(body as object) }, 200, { ETag: "outcome" in theirs ? '"2"' : '"1"' });
  }, desk);
  const user = open(`/reports/${report.id}`);
  await user.click(await screen.findByRole("button", { name: "Sort it" }));
  const sheet = within(screen.getByRole("dialog"));
  await user.click(sheet.getByRole("radio", { name: "Same report again" }));
  await user.click(sheet.getByRole("button", { name: "Save" }));

  const outcome = within(await sheet.findByRole("region", { name: "What became of it" }));
  await user.click(outcome.getByRole("radio", { name: /^Yours/ }));
  await user.click(sheet.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const [, second] = sent.filter(({ method }) => method === "PUT");
  expect(second?.headers.get("If-Match")).toBe('"2"');
  expect(second?.body).toMatchObject({ outcome: "duplicate", urgency: "emergency" });
});

it("says that somebody waits for a call, and takes the word that it was made", async () => {
  const sent = standAtTheWire(undefined, desk);
  const user = open(`/reports/${report.id}`);

  await screen.findByText(/^Somebody waits to be called back/);
  await user.click(screen.getByRole("button", { name: "We have called" }));

  await waitFor(() => expect(sent.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([`/api/v1/reports/${report.id}/called-back`]));
});

it("says of a duplicate which report tells the same, and shows who told this one again", async () => {
  const sent = standAtTheWire(undefined, desk);
  const user = open(`/reports/${report.id}`);

  expect((await screen.findByRole("link", { name: "Report 1" })).getAttribute("href")).toBe("/reports/01930000-0000-7000-8000-000000000043");
  await user.click(screen.getByRole("button", { name: "Sort it" }));
  expect(screen.queryByRole("group", { name: "Which report tells the same?" })).toBeNull();
  await user.click(screen.getByRole("radio", { name: "Same report again" }));
  await user.click(await screen.findByRole("radio", { name: /Came in person/ }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Save" }));

  await waitFor(() => expect(sent.find(({ method }) => method === "PUT")?.body).toMatchObject({ outcome: "duplicate", relatedId: "01930000-0000-7000-8000-000000000042" }));
});

it("says that somebody asked that it stops, and takes the word that they have an answer", async () => {
  const sent = standAtTheWire(undefined, desk);
  const user = open(`/reports/${report.id}`);

  await screen.findByText(/^Somebody asked that it stops/);
  await user.click(screen.getByRole("button", { name: "We have answered" }));

  await waitFor(() => expect(sent.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([`/api/v1/reports/${report.id}/stop-answered`]));
});

it("begins every call empty, and keeps one that was left unfinished to go on with", async () => {
  await forget((answerTo("GET", "/api/v1/me", desk) as { id: string }).id);
  standAtTheWire(undefined, desk);
  const user = open("/reports/new");
  await user.click(await screen.findByRole("radio", { name: /Needs help/ }));
  await user.type(screen.getByLabelText("What was told"), "Two girls.");
  await user.click(screen.getByRole("link", { name: "To the reports" }));
  await user.click(await screen.findByRole("link", { name: "New call or visit" }));
  expect(await screen.findByRole("radio", { name: /Needs help/ })).toHaveProperty("checked", false);
  await user.click(screen.getByRole("radio", { name: /Silent or prank/ }));
  await user.click(screen.getByRole("link", { name: "To the reports" }));

  await user.click(await screen.findByRole("button", { name: /^Go on/ }));
  expect(await screen.findByLabelText("What was told")).toHaveProperty("value", "Two girls.");
  await user.click(screen.getByRole("button", { name: "Save, next call" }));
  await screen.findByText("7F3K-2QX-W4X");
  await user.click(screen.getByRole("link", { name: "To the reports" }));
  await screen.findByRole("heading", { name: "Reports" });
  await waitFor(() => expect(screen.queryByRole("button", { name: /^Go on/ })).toBeNull());
});

it("says whose household is meant, found by name alone", async () => {
  const meant = { id: ids.woman, displayName: "Rashida Bibi" };
  const sent = standAtTheWire(({ path }) => (path.endsWith("/workers/match") ? json({ items: [meant] }) : undefined), desk);
  const user = open("/reports/new");

  await user.click(await screen.findByRole("radio", { name: /Needs help/ }));
  await user.click(screen.getByText(/household of somebody who works/));
  const agency = screen.getByLabelText("Which agency?") as HTMLSelectElement;
  await waitFor(() => expect(agency.options.length).toBeGreaterThan(1));
  await user.selectOptions(agency, agency.options[1]!);
  await user.type(screen.getByLabelText(/Name of the worker/), "Rasheeda");
  await user.click(screen.getByRole("button", { name: "Look for this name" }));
  await user.click(await screen.findByRole("radio", { name: "Rashida Bibi" }));
  await user.type(screen.getByLabelText("What was told"), "The girl in the kitchen.");
  await user.click(screen.getByRole("button", { name: "Save, next call" }));

  await screen.findByText("7F3K-2QX-W4X");
  expect(sent.find(({ path }) => path.endsWith("/workers/match"))?.body).toEqual({ agencyId: agency.value || expect.any(String), name: "Rasheeda" });
  expect(taken(sent)[0]).toMatchObject({ kind: "intake", aboutWorkerId: meant.id });
  expect(taken(sent)[0]).not.toHaveProperty("aboutAgencyId");
});

it("takes nothing in before a kept call has been read", async () => {
  const worker = (answerTo("GET", "/api/v1/me", desk) as { id: string }).id;
  const id = crypto.randomUUID();
  await saveDraft(worker, { id, kind: "report", startedAt: Date.now(), savedAt: Date.now(), value: { ...newCall(), id, choice: "help", story: "Two girls." } });
  let read = (): void => undefined;
  const isRead = new Promise<void>((done) => {
    read = done;
  });
  const { decrypt } = crypto.subtle;
  const slow = vi.spyOn(crypto.subtle, "decrypt").mockImplementation(async (...what) => {
    await isRead;
    return decrypt.apply(crypto.subtle, what);
  });
  standAtTheWire(undefined, desk);
  open(`/reports/new/${id}`);
  await screen.findByRole("heading", { name: "New call or visit" });
  expect(screen.queryByRole("radio")).toBeNull();
  read();
  expect(await screen.findByLabelText("What was told")).toHaveProperty("value", "Two girls.");
  slow.mockRestore();
});

describe("whoever takes calls has no referrals, and the client asks for none", () => {
  const refused = (sent: readonly Sent[]): Sent[] => sent.filter(({ path }) => path.startsWith("/api/v1/referrals"));

  it("in the case that a report became", async () => {
    const sent = standAtTheWire(undefined, desk);
    open(`/cases/${ids.girl}`);

    await screen.findByRole("heading", { name: "Needs" });
    await screen.findByRole("heading", { name: "Who works on it" });
    expect(screen.queryByRole("heading", { name: "Referrals" })).toBeNull();
    expect(refused(sent)).toEqual([]);
  });

  it("by the address of a queue, which leads to where their day begins", async () => {
    const sent = standAtTheWire(undefined, desk);
    open("/referrals/received");

    await waitFor(() => expect(location.pathname).toBe("/reports"));
    expect(refused(sent)).toEqual([]);
  });

  it("in the list of cases, which has no way to the queues", async () => {
    standAtTheWire(undefined, desk);
    open("/cases");

    await screen.findByRole("heading", { name: "Cases" });
    expect(screen.queryByRole("link", { name: "Sent" })).toBeNull();
  });
});

it("begins with the news where neither work nor calls nor places are somebody's own", async () => {
  standAtTheWire(undefined, { areas: ["insights", "account"] });
  open("/");

  await waitFor(() => expect(location.pathname).toBe("/notices"));
});

it("leads from a registration to the case where others refer", async () => {
  const may = { edit: false, refer: false, recordBasis: false, manageTeam: false, block: false, transfer: false, askForLead: false, close: false, reopen: false };
  standAtTheWire(({ method, path }) => method === "POST" && path === "/api/v1/victims" ? json({ ...(answerTo("GET", `/api/v1/victims/${ids.girl}`) as object), may }, 201) : undefined, desk);
  const user = open(`/register/${crypto.randomUUID()}/name`);
  for (const answer of ["I do not know the name", "Girl", "12-13", "Kasur", /^Yes, now/]) {
    await user.click(await screen.findByRole("button", { name: answer }));
  }
  await user.click(await screen.findByRole("checkbox", { name: "Safe shelter" }));
  await user.click(screen.getByRole("button", { name: "Continue" }));
  await user.click(await screen.findByRole("button", { name: "Register as new" }));

  await waitFor(() => expect(location.pathname).toBe(`/cases/${ids.girl}`));
});
