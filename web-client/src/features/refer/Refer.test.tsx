import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { dropDraft } from "#drafts/vault.ts";
import { answerTo, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

type User = ReturnType<typeof open>;

const press = async (user: User, name: string | RegExp): Promise<void> => user.click(await screen.findByRole("button", { name }));
const shelter = "01930000-0000-7000-8000-0000000000a2";

// Each begins without a plan.
beforeEach(() => dropDraft((answerTo("GET", "/api/v1/me") as { id: string }).id, `refer-${ids.girl}`));

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
  const user = open(`/cases/${ids.girl}/refer/matches`);
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
    const user = open(`/cases/${ids.girl}/refer/permission`);
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

  it("keeps the ticks when the page is left, and when the server does not answer", async () => {
    const sent = standAtTheWire((one) => (one.method === "PUT" ? problem(503, "unavailable") : oneNeed(one)));
    let user = await toShare();
    await user.click(await screen.findByRole("checkbox", { name: /^Note,/ }));
    await press(user, "Continue");
    expect(await screen.findByText("The server is busy. Nothing is lost; try again.")).toBeTruthy();
    await press(user, "Save and come back");
    await waitFor(() => expect(location.pathname).toBe(`/cases/${ids.girl}`));
    cleanup();

    user = open(`/cases/${ids.girl}/refer/share`);
    expect(await screen.findByRole("checkbox", { name: /^Note,/ })).toHaveProperty("checked", true);
    expect(sent.filter(({ method, path }) => method === "POST" && path.endsWith("/referrals"))).toHaveLength(1);
  });
});
