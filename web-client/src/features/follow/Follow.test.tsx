import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { problem, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

it("answers in three words, without an account, and keeps the code out of the address", async () => {
  const sent = standAtTheWire(({ path }) => path.endsWith("/me") ? problem(401, "sign_in") : undefined);
  const user = open("/follow");

  await user.type(await screen.findByLabelText("Code"), "7f3k 2qx w4x");
  await user.click(screen.getByRole("button", { name: "How far is it?" }));
  await screen.findByText("Being acted on");
  await user.click(screen.getByRole("radio", { name: "Call me back" }));
  await user.click(screen.getAllByRole("button", { name: "Send" })[0] as HTMLElement);

  await screen.findByText("It was sent.");
  expect(sent.filter(({ path }) => path.includes("/public/")).map(({ path, body }) => [path, body])).toEqual([
    ["/api/v1/public/codes/status", { followCode: "7f3k 2qx w4x" }],
    ["/api/v1/public/codes/messages", { followCode: "7f3k 2qx w4x", kind: "call_back" }],
  ]);
  expect(location.href).not.toContain("7f3k");
});

it("says what is wrong with a code that was mistyped", async () => {
  standAtTheWire(({ path }) => path.includes("/public/") ? problem(422, "rule_broken", { errors: [{ pointer: "/followCode", code: "mistyped" }] }) : undefined);
  const user = open("/follow");

  await user.type(await screen.findByLabelText("Code"), "7F3K");
  await user.click(screen.getByRole("button", { name: "How far is it?" }));

  expect(await screen.findAllByText("This code is not complete, or a character is wrong")).not.toHaveLength(0);
});

it("speaks Urdu to whoever wants Sindhi or Pashto, and says why", async () => {
  standAtTheWire(({ path }) => path.endsWith("/me") ? problem(401, "sign_in") : undefined);
  const user = open("/follow");

  await user.click(await screen.findByRole("button", { name: "پښتو" }));

  await screen.findByText("پښتو کے الفاظ ابھی کسی اہلِ زبان کی تصدیق کے منتظر ہیں۔ تب تک یہ صفحہ اردو میں ہے۔");
  expect(document.documentElement.lang).toBe("ur");
});

it("sends no empty answer to how it went, and says nothing was sent once more is typed", async () => {
  const sent = standAtTheWire(({ path }) => path.endsWith("/me") ? problem(401, "sign_in") : undefined);
  const user = open("/follow");
  await user.type(await screen.findByLabelText("Code"), "7f3k 2qx w4x");
  await user.click(screen.getByRole("button", { name: "How far is it?" }));
  await screen.findByText("Being acted on");

  await user.click(screen.getAllByRole("button", { name: "Send" })[1] as HTMLElement);
  expect(screen.getByText("Answer at least one question")).toBeTruthy();
  expect(sent.some(({ path }) => path.endsWith("/feedback"))).toBe(false);

  await user.click(screen.getByRole("radio", { name: "Please stop" }));
  await user.click(screen.getAllByRole("button", { name: "Send" })[0] as HTMLElement);
  await screen.findByText("It was sent.");
  await user.type(screen.getByLabelText("Your words"), "And one thing more");
  expect(screen.queryByText("It was sent.")).toBeNull();
});
