import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { sendUnsent } from "#drafts/queue.ts";
import { answerTo, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const provider = { areas: ["work", "account"] };
const declined = () => answerTo("GET", `/api/v1/referrals/${ids.declined}`) as object;
const accepted = () => answerTo("GET", `/api/v1/referrals/${ids.accepted}`);

describe("a provider answers", () => {
  it("in three taps: card, accept, accept", async () => {
    const sent = standAtTheWire(({ method }) => (method === "POST" ? json(accepted()) : undefined), provider);
    const user = open("/referrals/received");

    await user.click((await screen.findAllByRole("link", { name: "Safe shelter" }))[0]!);
    await user.click(await screen.findByRole("button", { name: "Accept and hold 1 place" }));
    const sheet = screen.getByRole("dialog");
    await waitFor(() => expect(within(sheet).getByLabelText("Whose place is held?")).toHaveProperty("value", "girls"));
    await user.click(within(sheet).getByRole("button", { name: "Accept and hold 1 place" }));

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const post = sent.find(({ method }) => method === "POST");
    expect(post?.path).toBe(`/api/v1/referrals/${ids.fresh}/accept`);
    expect(post?.body).toEqual({ population: "girls" });
    expect(post?.headers.get("If-Match")).toBe('"1"');
    expect(post?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is told that the last place is gone, and keeps the sheet", async () => {
    standAtTheWire(({ method }) => (method === "POST" ? problem(409, "capacity_exhausted") : undefined), provider);
    const user = open(`/referrals/${ids.fresh}`);

    await user.click(await screen.findByRole("button", { name: "Accept and hold 1 place" }));
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Accept and hold 1 place" }));

    expect(await within(screen.getByRole("dialog")).findByText("The last place has just been taken")).toBeTruthy();
  });

  it("must say why it cannot help, then sees nothing of it any more", async () => {
    const sent = standAtTheWire(({ method }) => (method === "POST" ? new Response(null, { status: 204 }) : undefined), provider);
    const user = open(`/referrals/${ids.fresh}`);

    await user.click(await screen.findByRole("button", { name: "We cannot help" }));
    const sheet = screen.getByRole("dialog");
    await user.click(within(sheet).getByRole("button", { name: "We cannot help" }));
    expect(within(sheet).getByRole("alert").textContent).toContain("Choose why");

    await user.click(await within(sheet).findByLabelText("No place free"));
    await user.click(within(sheet).getByRole("button", { name: "We cannot help" }));

    expect(await screen.findByText(/The sender was told/)).toBeTruthy();
    expect(location.pathname).toBe("/referrals/received");
    expect(sent.find(({ method }) => method === "POST")?.body).toEqual({ reason: "no_capacity" });
  });

  it("is led to the handover before it says that a family has the child", async () => {
    standAtTheWire(({ method }) => (method === "POST" ? problem(409, "release_needed", { detail: "A child goes to a family only by a handover." }) : undefined), provider);
    const user = open(`/referrals/${ids.served}`);

    await user.click(await screen.findByRole("button", { name: "Record the outcome" }));
    const sheet = screen.getByRole("dialog");
    expect(within(sheet).queryByRole("link", { name: "Handover" })).toBeNull();
    await user.click(await within(sheet).findByLabelText("Safely reunited with family"));
    expect(within(sheet).getByText(/The agency that leads the case writes it down/)).toBeTruthy();
    await user.click(within(sheet).getByRole("button", { name: "Record the outcome" }));
    expect(await within(sheet).findByText("A child goes to a family only by a handover.")).toBeTruthy();
    await user.click(within(sheet).getByRole("link", { name: "Handover" }));

    expect(location.pathname).toBe(`/referrals/${ids.served}/handover`);
  });

  it("keeps what was typed when somebody was faster, and sends the newest version next", async () => {
    let tries = 0;
    const sent = standAtTheWire(({ method, path }) => {
      if (method === "POST") {
        tries += 1;
        return tries === 1 ? problem(412, "stale") : json(accepted());
      }
      return path.endsWith(ids.fresh) ? json(answerTo(method, path), 200, { ETag: tries === 0 ? '"1"' : '"2"' }) : undefined;
    }, provider);
    const user = open(`/referrals/${ids.fresh}`);

    await user.click(await screen.findByRole("button", { name: "Ask a question" }));
    const sheet = screen.getByRole("dialog");
    await user.type(within(sheet).getByLabelText("Question"), "Which languages?");
    await user.click(within(sheet).getByRole("button", { name: "Ask a question" }));
    expect(await within(sheet).findByText("Changed meanwhile. Look again")).toBeTruthy();
    expect(within(sheet).getByLabelText("Question")).toHaveProperty("value", "Which languages?");
    await waitFor(() => expect(sent.filter(({ method, path }) => method === "GET" && path.endsWith(ids.fresh))).toHaveLength(2));
    await user.click(within(sheet).getByRole("button", { name: "Ask a question" }));

    await waitFor(() => expect(tries).toBe(2));
    expect(sent.filter(({ method }) => method === "POST").map(({ headers }) => headers.get("If-Match"))).toEqual(['"1"', '"2"']);
  });

  it("opens a name only when asked, and no title or address ever holds it", async () => {
    const sent = standAtTheWire(undefined, provider);
    const user = open(`/referrals/${ids.accepted}`);

    await screen.findByRole("button", { name: "Show name" });
    expect(sent.some(({ path }) => path.endsWith("/identity"))).toBe(false);
    await user.click(screen.getByRole("button", { name: "Show name" }));

    expect(await screen.findByText("Zainab")).toBeTruthy();
    expect(document.title + location.href).not.toContain("Zainab");
    await user.click(screen.getByRole("button", { name: "Hide" }));
    expect(screen.queryByText("Zainab")).toBeNull();
  });
});

describe("a sender whose referral was declined", () => {
  it("reads how long help has been waited for, and how long it took, whatever provider gave it", async () => {
    standAtTheWire(({ path }) => path === `/api/v1/referrals/${ids.asked}` ? json({ ...answerTo("GET", path) as object, minutesToHelp: 180, reportedBy: "sender" }) : undefined);
    open(`/referrals/${ids.declined}`);
    expect(await screen.findByText(/Help has not begun\.$/)).toBeTruthy();
    cleanup();
    open(`/referrals/${ids.asked}`);
    expect(await screen.findByText(/^3 h, from the first request/)).toBeTruthy();
    expect(screen.getByText(/^Told by the sender/)).toBeTruthy();
  });

  it("sends to the next provider in one tap, with the same need and groups", async () => {
    let isSentOn = false;
    const sent = standAtTheWire(({ method, path }) => {
      isSentOn ||= method === "POST";
      return isSentOn && (method === "POST" || path.endsWith(ids.declined)) ? json({ ...declined(), reroutedTo: ids.fresh }) : undefined;
    });
    const user = open(`/referrals/${ids.declined}`);

    expect(await screen.findByText("No place free")).toBeTruthy();
    expect(await screen.findByText("The permission covers it")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Send to the next provider" }));

    await waitFor(() => expect(sent.filter(({ method }) => method === "POST")).toHaveLength(1));
    const act = sent.find(({ method }) => method === "POST");
    expect(act?.path).toBe(`/api/v1/referrals/${ids.declined}/reroute`);
    expect(act?.body).toEqual({ serviceId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
    await waitFor(() => expect(location.pathname).toBe(`/referrals/${ids.fresh}`));
  });

  it("follows where it went and is not asked to send it again", async () => {
    standAtTheWire(({ method, path }) => (method === "GET" && path.endsWith(ids.declined) ? json({ ...declined(), reroutedTo: ids.fresh }) : undefined));
    open(`/referrals/${ids.declined}`);

    expect((await screen.findByRole("link", { name: "Open that referral" })).getAttribute("href")).toBe(`/referrals/${ids.fresh}`);
    expect(screen.queryByRole("button", { name: "Send to the next provider" })).toBeNull();
  });
});

it("keeps a message and a service given where there is no connection, shows that nobody has read them, and sends each once", async () => {
  const view = { ...(answerTo("GET", `/api/v1/referrals/${ids.accepted}`) as object), entryKinds: ["message", "service_delivered"] };
  let isReachable = false;
  let isLost = false;
  const sent = standAtTheWire(({ method, path }) => {
    if (method === "POST" && (!isReachable || isLost)) {
      isLost = false;
      throw new TypeError("Failed to fetch");
    }
    return path.endsWith(ids.accepted) ? json(view) : undefined;
  }, provider);
  const user = open(`/referrals/${ids.accepted}`);
  const posts = (): Sent[] => sent.filter(({ method, path }) => method === "POST" && path.endsWith("/entries"));

  await user.click(await screen.findByText("Write a message"));
  await user.type(screen.getByRole("textbox", { name: "Message" }), "Seen by the nurse");
  await user.click(screen.getByRole("button", { name: "Send message" }));
  expect((await screen.findByText("Not sent yet")).closest("li")?.textContent).toContain("Seen by the nurse");
  expect(location.pathname).toBe(`/referrals/${ids.accepted}`);
  await user.click(screen.getByRole("radio", { name: "Service given" }));
  await user.type(screen.getByRole("textbox", { name: "Message" }), "Stitches");
  await user.click(screen.getByRole("button", { name: "Send message" }));
  await waitFor(() => expect(screen.getAllByText("Not sent yet")).toHaveLength(2));

  [isReachable, isLost] = [true, true];
  const { id: worker } = answerTo("GET", "/api/v1/me") as { id: string };
  expect(await sendUnsent(worker)).toBe("offline");
  expect(await sendUnsent(worker)).toBeUndefined();

  await waitFor(() => expect(screen.queryByText("Not sent yet")).toBeNull());
  const [first, , ...rest] = posts();
  expect(new Set(posts().map(({ headers }) => headers.get("Idempotency-Key"))).size).toBe(2);
  expect(first?.body).toMatchObject({ kind: "message", text: "Seen by the nurse", occurredAt: expect.stringMatching(/^20/) as string });
  expect(rest.map(({ body }) => body)).toEqual([first?.body, first?.body, posts()[1]?.body]);
});

describe("a provider plans", () => {
  it("books a time to come, and what it typed goes out in UTC", async () => {
    const sent = standAtTheWire(({ method }) => (method === "POST" ? json(accepted()) : undefined), provider);
    const user = open(`/referrals/${ids.accepted}`);

    await user.click(await screen.findByRole("button", { name: "Book a time" }));
    const sheet = within(screen.getByRole("dialog"));
    await user.click(sheet.getByRole("button", { name: "Book a time" }));
    expect((await sheet.findAllByText("Say when they are expected")).length).toBeGreaterThan(0);
    fireEvent.change(sheet.getByLabelText(/When are they expected/), { target: { value: "2031-05-04T10:30" } });
    await user.click(sheet.getByRole("button", { name: "Book a time" }));

    await waitFor(() => expect(sent.find(({ method, path }) => method === "POST" && path.endsWith("/schedule"))?.body).toEqual({ plannedAt: new Date("2031-05-04T10:30").toISOString() }));
  });

  it("keeps what is rarely done under More", async () => {
    standAtTheWire(undefined, provider);
    const user = open(`/referrals/${ids.accepted}`);

    await screen.findByRole("button", { name: "Did not arrive" });
    expect(screen.queryByRole("button", { name: "Put on hold" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "More" }));
    expect(screen.getByRole("button", { name: "Put on hold" })).toBeTruthy();
  });
});

it("covers the page when the session has ended under it", async () => {
  standAtTheWire(({ path }) => (path.includes("/referrals") ? problem(401, "sign_in") : undefined), provider);
  open("/referrals/received");
  const lock = await screen.findByRole("dialog", { name: "Locked" });
  expect(within(lock).getByRole("link", { name: "Sign in again" }).getAttribute("href")).toBe("/web/signin?return=%2Freferrals%2Freceived&lang=en");
});
