import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const searches = (sent: readonly Sent[]): unknown[] => sent.filter(({ path }) => path.endsWith("/victims/search")).map(({ body }) => body);
const press = async (user: ReturnType<typeof open>, name: string | RegExp): Promise<void> => user.click(await screen.findByRole("button", { name }));

describe("find", () => {
  it("lists who may be the same, and why, without a name until it is asked for", async () => {
    const sent = standAtTheWire();
    const user = open("/find");
    await user.type(await screen.findByLabelText("Name"), "Zainab");
    await user.type(screen.getByLabelText("Phone"), "۱۲۳۴۵۶۷");
    await press(user, "Search");

    const she = await screen.findByRole("link", { name: "Girl, 12-13" });
    expect(she.getAttribute("href")).toBe(`/cases/${ids.girl}`);
    expect(document.body.textContent).toContain("Name alike, Father's name alike");
    expect(document.body.textContent).not.toContain("زینب");
    expect(searches(sent)).toEqual([{ name: "Zainab", phone: "1234567" }]);

    await press(user, "Show names");
    await screen.findByText("زینب");
    expect(document.title + location.href + JSON.stringify({ ...localStorage })).not.toMatch(/Zainab|زینب/);
  });

  it("asks for something to search by, and shows at the field what the server refuses", async () => {
    const sent = standAtTheWire(({ path }) => path.endsWith("/search")
      ? problem(422, "nothing_to_search_by", { errors: [{ pointer: "/name", code: "too_common", detail: "Very many people have this name." }] }) : undefined);
    const user = open("/find");
    await press(user, "Search");
    expect(screen.getByRole("alert").textContent).toContain("Write at least one of these");
    expect(document.title).toBe("Error: Find a person");
    expect(searches(sent)).toHaveLength(0);

    await user.type(screen.getByLabelText("Name"), "Muhammad");
    await press(user, "Search");
    await screen.findByText("Very many people have this name.", { selector: ".wrong-text" });
    expect(screen.queryByRole("button", { name: "Register as new" })).toBeNull();
  });

  it("registers as new without asking for the name again", async () => {
    const sent = standAtTheWire(({ path }) => path.endsWith("/search") ? json({ items: [], more: false }) : undefined);
    const user = open("/find");
    await user.type(await screen.findByLabelText("Name"), "زینب");
    await user.type(screen.getByLabelText("Father's name"), "Aslam");
    await press(user, "Search");
    await screen.findByText("Nobody like this among the cases that you may see.");
    await press(user, "Register as new");
    for (const answer of ["Girl", "6-9", "Kasur", "No"]) {
      await press(user, answer);
    }
    await user.click(await screen.findByRole("checkbox", { name: "Free legal help" }));
    await press(user, "Continue");
    await press(user, "Register as new");
    await screen.findByRole("heading", { name: "Who allows us to share?" });

    expect(sent.find(({ method, path }) => method === "POST" && path === "/api/v1/victims")?.body).toMatchObject({ name: { ur: "زینب" }, fatherName: { latin: "Aslam" } });
  }, 60_000);
});

describe("registering", () => {
  it("looks for the person first, and never keeps anybody from going on", async () => {
    const sent = standAtTheWire(({ path }) => path.endsWith("/search") ? problem(503, "unavailable") : undefined);
    const user = open(`/register/${crypto.randomUUID()}/name`);
    await user.type(await screen.findByLabelText("Name in English letters"), "Zainab");
    await user.type(screen.getByLabelText(/^Father's name/), "Aslam");
    await press(user, "Search");
    await screen.findByRole("button", { name: "Try again" });
    expect(searches(sent)).toEqual([{ name: "Zainab", fatherName: "Aslam" }]);
    await press(user, "Register as new");
    await screen.findByRole("heading", { name: "Who is with you?" });
  }, 60_000);

  it("opens the case that is there instead of making another", async () => {
    standAtTheWire();
    const user = open(`/register/${crypto.randomUUID()}/name`);
    await user.type(await screen.findByLabelText("Name in Urdu"), "زینب");
    await press(user, "Search");
    await user.click(await screen.findByRole("link", { name: "Girl, 12-13" }));
    await screen.findByRole("heading", { name: "Case" });
  }, 60_000);
});
