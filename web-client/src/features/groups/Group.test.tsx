import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { answerTo, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const provider = { areas: ["work", "account"] };
const posts = (sent: readonly Sent[]): Sent[] => sent.filter(({ method }) => method === "POST");
const second = "01930000-0000-7000-8000-000000000036";

describe("a provider answers for all", () => {
  it("accepts and holds a place for each, with the version that was read", async () => {
    const sent = standAtTheWire(undefined, provider);
    const user = open(`/groups/${ids.set}`);

    await screen.findByText(/^They must stay together/);
    await user.click(screen.getByRole("button", { name: "Accept and hold 2 places" }));
    const sheet = within(screen.getByRole("dialog"));
    expect(sheet.getAllByRole("combobox")).toHaveLength(2);
    await user.click(sheet.getByRole("button", { name: "Accept and hold 2 places" }));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const [post] = posts(sent);
    expect(post?.path).toBe(`/api/v1/referral-groups/${ids.set}/answer`);
    expect(post?.body).toEqual({ members: [{ referralId: ids.fresh, answer: "accept", population: "girls" }, { referralId: second, answer: "accept", population: "girls" }] });
    expect(post?.headers.get("If-Match")).toBe('"1"');
  });

  it("takes some, and says why not the others", async () => {
    const sent = standAtTheWire(undefined, provider);
    const user = open(`/groups/${ids.set}`);

    await user.click(await screen.findByRole("button", { name: "Accept and hold 2 places" }));
    const sheet = within(screen.getByRole("dialog"));
    await user.click(sheet.getByRole("checkbox", { name: /^2\./ }));
    expect(sheet.getAllByRole("combobox")).toHaveLength(1);
    expect(sheet.getByText(/^They must stay together/)).toBeTruthy();
    await user.click(sheet.getByRole("button", { name: "Accept and hold 1 place" }));
    expect(sheet.getByRole("alert").textContent).toContain("Choose why");
    await user.click(await sheet.findByLabelText("No place free"));
    await user.click(sheet.getByRole("button", { name: "Accept and hold 1 place" }));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(posts(sent)[0]?.body).toEqual({
      members: [{ referralId: ids.fresh, answer: "accept", population: "girls" }, { referralId: second, answer: "decline", reason: "no_capacity" }],
    });
  });

  it("does not accept nobody", async () => {
    const sent = standAtTheWire(undefined, provider);
    const user = open(`/groups/${ids.set}`);
    await user.click(await screen.findByRole("button", { name: "Accept and hold 2 places" }));
    const sheet = within(screen.getByRole("dialog"));
    for (const one of sheet.getAllByRole("checkbox")) {
      await user.click(one);
    }
    await user.click(sheet.getByRole("button", { name: /^Accept/ }));
    expect(sheet.getByRole("alert").textContent).toContain("Choose whom you take");
    expect(posts(sent)).toEqual([]);
  });

  it("is told that there is no room for all, and keeps the sheet", async () => {
    standAtTheWire(({ method }) => (method === "POST" ? problem(409, "capacity_exhausted") : undefined), provider);
    const user = open(`/groups/${ids.set}`);

    await user.click(await screen.findByRole("button", { name: "Accept and hold 2 places" }));
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Accept and hold 2 places" }));

    expect(await within(screen.getByRole("dialog")).findByText(/Nothing was held/)).toBeTruthy();
  });

  it("says why it cannot help, once for all, and then sees nothing of them", async () => {
    const sent = standAtTheWire(({ method }) => (method === "POST" ? new Response(null, { status: 204 }) : undefined), provider);
    const user = open(`/groups/${ids.set}`);

    await user.click(await screen.findByRole("button", { name: "We cannot help" }));
    const sheet = within(screen.getByRole("dialog"));
    await user.click(sheet.getByRole("button", { name: "We cannot help" }));
    expect(sheet.getByRole("alert").textContent).toContain("Choose why");
    await user.click(await sheet.findByLabelText("No place free"));
    await user.click(sheet.getByRole("button", { name: "We cannot help" }));

    await screen.findByText(/The sender was told/);
    expect(location.pathname).toBe("/referrals/received");
    expect(posts(sent)[0]?.body).toEqual({ members: [ids.fresh, second].map((referralId) => ({ referralId, answer: "decline", reason: "no_capacity" })) });
  });

  it("declines also whoever began to wait while the sheet was open", async () => {
    let isSecondWaiting = false;
    const sent = standAtTheWire(({ method, path, headers }) => {
      if (!path.includes(`/referral-groups/${ids.set}`) || (method === "POST" && headers.get("If-Match") === '"2"')) {
        return undefined;
      }
      if (method === "POST") {
        isSecondWaiting = true;
        return problem(412, "stale");
      }
      const group = answerTo(method, path, provider) as { members: { referral: { id: string } }[] };
      return json({ ...group, members: group.members.map((one) => (one.referral.id === second ? { ...one, awaitsAnswer: isSecondWaiting } : one)) }, 200, { ETag: isSecondWaiting ? '"2"' : '"1"' });
    }, provider);
    const user = open(`/groups/${ids.set}`);

    await user.click(await screen.findByRole("button", { name: "We cannot help" }));
    const sheet = within(screen.getByRole("dialog"));
    await user.click(await sheet.findByLabelText("No place free"));
    await user.click(sheet.getByRole("button", { name: "We cannot help" }));
    await sheet.findByRole("status");
    await waitFor(() => expect(sent.filter(({ method, path }) => method === "GET" && path.endsWith(ids.set))).toHaveLength(2));
    await user.click(sheet.getByRole("button", { name: "We cannot help" }));

    await waitFor(() => expect(posts(sent)).toHaveLength(2));
    expect(posts(sent)[1]?.body).toEqual({ members: [ids.fresh, second].map((referralId) => ({ referralId, answer: "decline", reason: "no_capacity" })) });
  });
});

describe("a sender", () => {
  it("sees who answered what, and that an arrival waits", async () => {
    standAtTheWire();
    open(`/groups/${ids.setSent}`);

    await screen.findByText(/1 arrival waits/);
    expect(await screen.findByText("No place free")).toBeTruthy();
    expect(screen.getByText("Arrival waits for approval")).toBeTruthy();
  });

  it("asks the supervisor again, with the reason", async () => {
    const sent = standAtTheWire();
    const user = open(`/groups/${ids.setSent}`);

    await user.click(await screen.findByRole("button", { name: "Ask the supervisor again" }));
    const sheet = within(screen.getByRole("dialog"));
    await user.click(sheet.getByRole("button", { name: "Ask the supervisor again" }));
    expect(sheet.getByRole("alert").textContent).toContain("Write why");
    await user.type(sheet.getByLabelText("Why can they not stay together?"), "No home has two places.");
    await user.click(sheet.getByRole("button", { name: "Ask the supervisor again" }));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(posts(sent).map(({ path, body }) => [path, body])).toEqual([[`/api/v1/referral-groups/${ids.setSent}/ask`, { words: "No home has two places." }]]);
  });

  it("is shown who has still to be asked", async () => {
    standAtTheWire(({ method }) => (method === "POST" ? problem(422, "no_basis", { errors: [{ pointer: `/members/${ids.draft}/groups/identity`, code: "no_basis" }] }) : undefined));
    const user = open(`/groups/${ids.draft}`);

    await user.click(await screen.findByRole("button", { name: "Send 2 referrals" }));
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Send 2 referrals" }));

    const link = await screen.findByRole("link", { name: "Ask: Girl, 12-13" });
    expect(link.getAttribute("href")).toBe(`/cases/${ids.girl}/refer/permission?group=${ids.draft}`);
    expect(screen.getAllByRole("link", { name: /^Ask:/ })).toHaveLength(1);
  });

  it("refers siblings together: the same need for each, one provider for all", async () => {
    const sent = standAtTheWire(({ method, path }) => (method === "GET" && path.endsWith(`${ids.boy}/needs`) ? json({ items: [], next: null }) : undefined));
    const user = open(`/cases/${ids.girl}`);

    await user.click(await screen.findByRole("link", { name: "Refer them together" }));
    await user.click(await screen.findByRole("button", { name: "Continue" }));
    expect(screen.getByRole("alert").textContent).toContain("Choose what they need");
    await user.selectOptions(screen.getByLabelText("What do they need?"), "Safe shelter");
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await user.click(await screen.findByRole("button", { name: "Prepare 2 referrals" }));

    await waitFor(() => expect(location.pathname).toBe(`/groups/${ids.draft}`));
    const [need, drafted] = posts(sent);
    expect(need?.path).toBe(`/api/v1/victims/${ids.boy}/needs`);
    expect(need?.body).toMatchObject({ category: "safe_shelter", urgency: "high", constraints: ["with_siblings"] });
    expect(drafted?.body).toMatchObject({ kind: "family", together: true, members: [{ victimId: ids.girl, needId: ids.need, groups: ["identity"] }, { victimId: ids.boy, groups: ["identity"] }] });
  });
});
