import { cleanup, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { forget } from "#drafts/sealed.ts";
import { saveDraft, warnedAfter } from "#drafts/vault.ts";
import { answerTo, ids, json, problem, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const press = async (user: ReturnType<typeof open>, name: string | RegExp): Promise<void> => user.click(await screen.findByRole("button", { name }));

describe("someone was found", () => {
  it("is registered, allowed, matched and referred in sixteen taps", async () => {
    // Nothing more has been written of her yet.
    const sent = standAtTheWire(({ method, path }) => (method === "GET" && path.endsWith("/records") ? json({ items: [], next: null }) : undefined));
    const user = open("/referrals/received");
    let taps = 0;
    const tap = async (name: string | RegExp, role: "button" | "link" | "checkbox" | "radio" = "button"): Promise<void> => {
      taps += 1;
      await user.click(await screen.findByRole(role, { name }));
    };

    await tap("New", "link");
    await tap("Someone was found");
    await tap("I do not know the name");
    await tap("Girl");
    await tap("12-13");
    await tap("Kasur");
    await tap(/^Yes, now/);
    await tap("Safe shelter", "checkbox");
    await tap("Medical care", "checkbox");
    await tap("Continue");
    await tap("Register as new");
    await tap("The child, able to decide");
    await tap("Thumb print", "radio");
    await tap("They agree");
    await screen.findByRole("heading", { name: "Who can help with each?" });
    await screen.findAllByText("Roshni Shelter for Girls");
    await tap("Continue");
    await screen.findByRole("heading", { name: "Check before you send" });
    await tap(/^Send \d referral/);
    await screen.findByRole("heading", { name: /ent$/ });

    expect(taps).toBe(16);
    const posts = sent.filter(({ method }) => method === "POST");
    const registered = posts.find(({ path }) => path === "/api/v1/victims")?.body;
    expect(registered).toMatchObject({ found: { district: "PK-PB-KSR" }, sex: "female", age: { band: "age_12_13" } });
    expect(registered).not.toHaveProperty("name");
    expect(posts.filter(({ path }) => path.endsWith("/needs")).map(({ body }) => body)).toMatchObject([
      { category: "safe_shelter", urgency: "emergency" }, { category: "medical_care", urgency: "emergency" },
    ]);
    expect(posts.find(({ path }) => path.endsWith("/bases"))?.body).toMatchObject({
      kind: "consent", refused: false, capacity: "self_mature_child", givenBy: { relation: "self" }, form: "thumb_print", groups: ["identity", "demographics", "health"],
    });
    expect(posts.filter(({ path }) => path === "/api/v1/referrals")).toHaveLength(2);
    expect(posts.every(({ headers }) => headers.get("Idempotency-Key"))).toBe(true);
  }, 60_000);

  it("goes on by itself when nobody like this is found, says so, and can be looked at again", async () => {
    const sent = standAtTheWire(({ path }) => (path.endsWith("/search") ? json({ items: [], more: false }) : undefined));
    const user = open(`/register/${crypto.randomUUID()}/name`);
    await user.type(await screen.findByLabelText("Name in Urdu"), "زینب");
    await press(user, "Search");
    await screen.findByRole("heading", { name: "Who is with you?" });
    await screen.findByText("Nobody like this among the cases that you may see.");
    await press(user, "Back");
    await screen.findByRole("heading", { name: "Not registered before" });
    await press(user, "Register as new");
    await screen.findByRole("heading", { name: "Who is with you?" });
    expect(sent.filter(({ path }) => path.endsWith("/search"))).toHaveLength(2);
  });

  it("loses nothing when the page is closed in the middle", async () => {
    standAtTheWire();
    const draft = crypto.randomUUID();
    const user = open(`/register/${draft}/name`);
    await user.type(await screen.findByLabelText("Name in Urdu"), "زینب");
    await press(user, "Search");
    await screen.findByText("Father's name alike", { exact: false });
    await press(user, "Register as new");
    await press(user, "Girl");
    await screen.findByRole("heading", { name: "About how old?" });
    cleanup();

    open("/register");
    await screen.findByRole("heading", { name: "Kept on this phone" });
    cleanup();

    open(`/register/${draft}/name`);
    await waitFor(async () => expect(await screen.findByLabelText("Name in Urdu")).toHaveProperty("value", "زینب"));
    expect(JSON.stringify({ ...localStorage }) + document.title + location.href).not.toContain("زینب");
  });

  it("warns of a draft that is about to go", async () => {
    standAtTheWire();
    const { id: worker } = answerTo("GET", "/api/v1/me") as { id: string };
    await forget(worker);
    const savedAt = Date.now() - warnedAfter - 60_000;
    await saveDraft(worker, { id: "old", kind: "registration", startedAt: savedAt, savedAt, value: {} });
    open("/register");
    await screen.findByText(/^Will be deleted /);
    await forget(worker);
  });

  it("says what to do when a question is passed over", async () => {
    standAtTheWire();
    const user = open(`/register/${crypto.randomUUID()}/name`);
    await press(user, "Search");
    const summary = screen.getByRole("alert");
    expect(summary.textContent).toContain("Write a name, or choose that you do not know it");
    expect(document.activeElement).toBe(summary);
    expect(document.title).toBe("Error: New");
  });

  it("sends the same keys again when the network broke in between", async () => {
    let broken = true;
    const sent = standAtTheWire(({ method, path }) => {
      if (method === "POST" && path.endsWith("/needs") && broken) {
        broken = false;
        return problem(503, "unavailable");
      }
      return method === "POST" && path === "/api/v1/victims" ? json(answerTo("GET", `/api/v1/victims/${ids.girl}`), 201) : undefined;
    });
    const draft = crypto.randomUUID();
    const user = open(`/register/${draft}/name`);
    for (const answer of ["I do not know the name", "Boy", "6-9", "Kasur", "No"]) {
      await press(user, answer);
    }
    await user.click(await screen.findByRole("checkbox", { name: "Free legal help" }));
    await press(user, "Continue");
    await press(user, "Register as new");
    await screen.findByText(/Nothing is lost; try again/);
    await press(user, "Register as new");
    await screen.findByRole("heading", { name: "Who allows us to share?" });

    const keys = sent.filter(({ method, path }) => method === "POST" && path === "/api/v1/victims").map(({ headers }) => headers.get("Idempotency-Key"));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  }, 60_000);

  it("says which answer is refused and why", async () => {
    standAtTheWire(({ method, path }) => method === "POST" && path === "/api/v1/victims"
      ? problem(422, "rule_broken", { detail: "Correct the places named in errors.", errors: [{ pointer: "/name/ur", code: "script", detail: "Write it in Urdu letters." }] })
      : undefined);
    const user = open(`/register/${crypto.randomUUID()}/name`);
    for (const answer of ["I do not know the name", "Boy", "6-9", "Kasur", "No"]) {
      await press(user, answer);
    }
    await user.click(await screen.findByRole("checkbox", { name: "Free legal help" }));
    await press(user, "Continue");
    await press(user, "Register as new");

    expect(await screen.findByText("Write it in Urdu letters.")).toBeTruthy();
    expect(screen.queryByText(/named in errors/)).toBeNull();
  }, 60_000);

  it("is kept on the phone without a connection, and sent once there is one", async () => {
    let isOffline = true;
    const sent = standAtTheWire(({ method, path }) => {
      if (isOffline && method === "POST") {
        throw new TypeError("Failed to fetch");
      }
      return method === "POST" && path.endsWith("/search") ? json({ items: [] }) : undefined;
    });
    const user = open(`/register/${crypto.randomUUID()}/name`);
    await user.type(await screen.findByLabelText("Name in Urdu"), "زینب");
    await press(user, "Search");
    await screen.findByText(/^No connection, so nobody was looked for/, undefined, { timeout: 20_000 });
    for (const answer of ["Register as new", "Boy", "6-9", "Kasur", "No"]) {
      await press(user, answer);
    }
    await user.click(await screen.findByRole("checkbox", { name: "Free legal help" }));
    await press(user, "Continue");
    await press(user, "Register as new");
    await screen.findByRole("heading", { name: "Not sent yet" });
    expect(await screen.findByRole("link", { name: "1 not sent yet" })).toBeTruthy();
    expect((await screen.findByText("Registration")).closest("main")?.textContent).not.toContain("زینب");
    const before = sent.length;

    isOffline = false;
    window.dispatchEvent(new Event("online"));
    expect((await screen.findByRole("link", { name: "Open the case" })).getAttribute("href")).toMatch(/^\/cases\//);
    await screen.findByText("Everything has been sent.");
    expect(sent.slice(before).filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([
      "/api/v1/victims/search", "/api/v1/victims", expect.stringMatching(/\/needs$/),
    ]);
  }, 60_000);
});
