import { screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { ids, problem, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";
import type { UserEvent } from "@testing-library/user-event";

async function add(user: UserEvent, who: string, name: string, age?: string): Promise<void> {
  await user.selectOptions(await screen.findByLabelText("Who is with you?"), who);
  if (age) {
    await user.selectOptions(screen.getByLabelText("About how old?"), age);
  }
  await user.type(screen.getByLabelText("Name in English letters"), name);
  await user.click(screen.getByRole("button", { name: "Add to the family" }));
}

it("registers a family in one request with ids of its own, and goes on to refer them together", async () => {
  const sent = standAtTheWire();
  const user = open("/register");
  await user.click(await screen.findByRole("link", { name: "A family was found" }));

  await user.click(await screen.findByRole("button", { name: /^Register 0/ }));
  expect(screen.getByRole("alert").textContent).toContain("Add at least two people");
  await add(user, "Girl", "Zainab", "12-13");
  await add(user, "Woman", "Rani");
  await user.click(screen.getByRole("button", { name: "Register 2 people" }));

  await waitFor(() => expect(location.pathname).toBe(`/households/${ids.household}/refer`));
  const post = sent.find(({ method }) => method === "POST");
  expect(post?.path).toBe("/api/v1/victims/intake");
  expect(post?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f-]{36}$/);
  expect(post?.body).toMatchObject({
    kind: "family",
    members: [
      { found: { district: "PK-PB-KSR" }, sex: "female", age: { band: "age_12_13" }, name: { latin: "Zainab" } },
      { sex: "female", age: { band: "age_18_plus" }, name: { latin: "Rani" } },
    ],
  });
  const body = post?.body as { members: { id: string }[] } | undefined;
  expect(new Set(body?.members.map(({ id }) => id)).size).toBe(2);
});

it("says which of them is to be mended, and keeps what was typed when the page is left", async () => {
  standAtTheWire(({ method }) => method === "POST" ? problem(422, "rule_broken", { errors: [{ pointer: "/members/1/name/latin", code: "wrong_script", detail: "Write Latin letters here." }] }) : undefined);
  const user = open("/register/family");
  await add(user, "Girl", "Zainab");
  await add(user, "Boy", "Bilal");

  await user.click(screen.getByRole("button", { name: "Register 2 people" }));

  await screen.findByText("2. Write Latin letters here.");
  expect(screen.getAllByText(/Write Latin letters here/)).toHaveLength(1);
  expect(screen.getByText("Bilal")).toBeTruthy();
});
