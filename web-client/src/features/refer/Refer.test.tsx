import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { answerTo, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

type User = ReturnType<typeof open>;

const press = async (user: User, name: string | RegExp): Promise<void> => user.click(await screen.findByRole("button", { name }));
const shelter = "01930000-0000-7000-8000-0000000000a2";

// A plan is kept by person: somebody else for each test, so that each begins without one.
let girl = "";
beforeEach(() => {
  girl = crypto.randomUUID();
});

/** One need, so one provider. */
const oneNeed = ({ method, path }: Pick<Sent, "method" | "path">): Response | undefined => {
  if (method !== "GET" || !path.endsWith("/needs")) {
    return undefined;
  }
  const { items } = answerTo(method, path) as { items: unknown[] };
  return json({ items: items.slice(0, 1), next: null });
};

/** To the page on which the worker says what goes along. */
async function toShare(): Promise<User> {
  const user = open(`/cases/${girl}/refer/matches`);
  await press(user, "Continue");
  await screen.findByRole("heading", { name: "What goes along?" });
  return user;
}

const bodyOf = (sent: readonly Sent[], method: string): unknown => sent.findLast((one) => one.method === method && /\/referrals(\/[^/]+)?$/.test(one.path))?.body;

describe("what goes along", () => {
  it("sends the documents and the one item that were ticked, and lists them before", async () => {
    const sent = standAtTheWire(oneNeed);
    const user = await toShare();

    await user.click(await screen.findByRole("checkbox", { name: /^Health/ }));
    await user.click(screen.getByRole("checkbox", { name: /^Note,/ }));
    await press(user, "Continue");

    await screen.findByRole("heading", { name: "Check before you send" });
    expect(bodyOf(sent, "PUT")).toMatchObject({ groups: ["health"], records: [ids.note] });
    const table = await screen.findByRole("table");
    const rows = within(table).getAllByRole("row").map((row) => row.textContent);
    expect(rows).toContainEqual(expect.stringMatching(/^Note, .*Only after they accept.*Permission is given$/));
    expect(rows).toContainEqual("1 other entry of the caseNot shared");
  });

  it("says of each item whether the permission covers it, and asks for the one that it does not", async () => {
    const sent = standAtTheWire(oneNeed);
    const user = await toShare();

    await waitFor(() => expect(screen.getByRole("checkbox", { name: /^Note,.*Permission is given/ })).toBeTruthy());
    expect(sent.find(({ path }) => path.endsWith("/may-share"))?.body).toEqual({
      agencyId: shelter, purpose: "provide_service", groups: ["identity", "contact", "demographics", "health"], records: [ids.note, ids.incident],
    });
    expect(screen.queryByText(/^Some of this has no permission yet/)).toBeNull();
    await user.click(screen.getByRole("checkbox", { name: /^Incident,.*Restricted: no permission names it yet/ }));
    expect(screen.getByText(/^Some of this has no permission yet/)).toBeTruthy();

    await press(user, "Ask for permission");
    await press(user, /^The child, able to decide/);
    expect(await screen.findByRole("checkbox", { name: /^Incident,/ })).toHaveProperty("checked", true);
    expect(screen.getByText(/^And what is written here: Incident, /)).toBeTruthy();
    await user.click(await screen.findByRole("radio", { name: "Thumb print" }));
    await press(user, "They agree");
    await waitFor(() => expect(sent.find(({ method, path }) => method === "POST" && path.endsWith("/bases"))?.body).toMatchObject({ records: [ids.incident] }));

    await press(user, "Continue");
    expect(await screen.findByRole("checkbox", { name: /^Incident,/ })).toHaveProperty("checked", true);
  });

  it("gives an item to nobody by itself where several providers are asked", async () => {
    standAtTheWire();
    const user = open(`/cases/${girl}/refer/permission`);
    await press(user, /^The child, able to decide/);
    await user.click(await screen.findByRole("checkbox", { name: /^Note,/ }));
    await user.click(await screen.findByRole("radio", { name: "Thumb print" }));
    await press(user, "They agree");
    await press(user, "Continue");

    await waitFor(() => expect(screen.getAllByRole("checkbox", { name: /^Note,/ })).toHaveLength(2));
    for (const item of screen.getAllByRole("checkbox", { name: /^Note,/ })) {
      expect(item).toHaveProperty("checked", false);
    }
  });

  it("goes back to the group that could not be sent without it", async () => {
    standAtTheWire();
    const user = open(`/cases/${girl}/refer/permission?group=${ids.draft}`);
    await press(user, /^The child, able to decide/);
    await user.click(await screen.findByRole("radio", { name: "Thumb print" }));
    await press(user, "They agree");

    await waitFor(() => expect(location.pathname).toBe(`/groups/${ids.draft}`));
  });

  it("keeps the ticks when the page is left, and when the server does not answer", async () => {
    const sent = standAtTheWire((one) => (one.method === "PUT" ? problem(503, "unavailable") : oneNeed(one)));
    let user = await toShare();
    await user.click(await screen.findByRole("checkbox", { name: /^Note,/ }));
    await press(user, "Continue");
    expect(await screen.findByText("The server is busy. Nothing is lost; try again.")).toBeTruthy();
    await press(user, "Save and come back");
    await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
    cleanup();

    user = open(`/cases/${girl}/refer/share`);
    expect(await screen.findByRole("checkbox", { name: /^Note,/ })).toHaveProperty("checked", true);
    expect(sent.filter(({ method, path }) => method === "POST" && path.endsWith("/referrals"))).toHaveLength(1);
  });
});

describe("who is asked next", () => {
  const refuge = "01930000-0000-7000-8000-0000000000b4";
  const hostel = "01930000-0000-7000-8000-0000000000b5";

  async function toCheck(): Promise<User> {
    const user = await toShare();
    await press(user, "Continue");
    await screen.findByRole("heading", { name: "Check before you send" });
    return user;
  }

  const tick = async (user: User, name: RegExp): Promise<void> => user.click(await screen.findByRole("checkbox", { name, hidden: true }));
  const puts = (sent: readonly Sent[]): Sent[] => sent.filter(({ method }) => method === "PUT");

  it("goes out in the order that was chosen, written before it is sent", async () => {
    let version = 1;
    const sent = standAtTheWire((one) => (
      one.method === "PUT" ? json(answerTo("PUT", one.path), 200, { ETag: `"${++version}"` }) : oneNeed(one)
    ));
    const user = await toCheck();

    expect(await screen.findByText(/goes by itself to the next one chosen here, after the same check of the permission/)).toBeTruthy();
    expect(screen.queryByRole("checkbox", { name: /^Emergency ward/, hidden: true })).toBeNull();
    expect(screen.getByText(/^Not offered, because the permission does not cover them: Shifa District Hospital$/)).toBeTruthy();
    await tick(user, /^Refuge/);
    await tick(user, /^Hostel for girls/);
    await press(user, "Ask earlier Hostel for girls");
    const order = screen.getAllByRole("listitem").map((one) => one.textContent).filter((text) => /^\d\. /.test(text ?? ""));
    expect(order).toEqual([expect.stringMatching(/^1\. Hostel for girls/), expect.stringMatching(/^2\. Refuge/)]);
    const before = puts(sent).length;
    await press(user, "Send 1 referral");

    await screen.findByRole("heading", { name: "Sent" });
    expect(puts(sent)).toHaveLength(before + 1);
    expect(puts(sent).at(-1)?.body).toMatchObject({ fallbacks: [hostel, refuge] });
    const submit = sent.find(({ path }) => path.endsWith("/submit"));
    expect(submit?.headers.get("If-Match")).toBe(`"${version}"`);
  });

  it("writes nothing more where nobody is chosen", async () => {
    const sent = standAtTheWire(oneNeed);
    const user = await toCheck();
    const before = puts(sent).length;
    await press(user, "Send 1 referral");
    await screen.findByRole("heading", { name: "Sent" });
    expect(puts(sent)).toHaveLength(before);
  });

  it("says where the permission does not cover all of it for the next one", async () => {
    standAtTheWire((one) => {
      const { agencyId } = (one.body ?? {}) as { agencyId?: string };
      const { items } = (answerTo("POST", `/api/v1/victims/${girl}/may-share`)) as { items: { group: string; covered: boolean }[] };
      return one.path.endsWith("/may-share") && agencyId?.endsWith("a6")
        ? json({ items: items.map((row) => ({ ...row, covered: row.group !== "identity" && row.covered })), next: null })
        : oneNeed(one);
    });
    const user = await toShare();
    await user.click(await screen.findByRole("checkbox", { name: /^Who the person is/ }));
    await press(user, "Continue");
    await tick(user, /^Refuge/);
    await tick(user, /^Hostel/);
    expect(await screen.findByText("The permission does not cover all of this for them")).toBeTruthy();
    expect(screen.getAllByText("The permission does not cover all of this for them")).toHaveLength(1);
  });

  it("keeps who was chosen when the page is left, and tells of one that can no longer be asked", async () => {
    let gone = false;
    const sent = standAtTheWire((one) => {
      const found = answerTo("GET", `/api/v1/victims/${girl}/needs/${ids.need}/matches`) as { items: { service: { id: string } }[] };
      return gone && one.path.endsWith("/matches") ? json({ ...found, items: found.items.filter(({ service }) => service.id !== refuge) }) : oneNeed(one);
    });
    let user = await toCheck();
    await tick(user, /^Refuge/);
    await tick(user, /^Hostel/);
    await press(user, "Save and come back");
    await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
    cleanup();

    gone = true;
    user = open(`/cases/${girl}/refer/check`);
    expect(await screen.findByText("One that you had chosen can no longer be asked.")).toBeTruthy();
    await press(user, "Take off the list");
    expect(screen.queryByText("One that you had chosen can no longer be asked.")).toBeNull();
    await press(user, "Send 1 referral");
    await screen.findByRole("heading", { name: "Sent" });
    expect(puts(sent).at(-1)?.body).toMatchObject({ fallbacks: [hostel] });
  });
});
