import { screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

const files = `/api/v1/victims/${ids.girl}/attachments`;
const posts = (sent: readonly Sent[]): Sent[] => sent.filter(({ method, path }) => method === "POST" && path === files);
const picture = (): File => new File(["what the camera wrote, and where"], "IMG_2041.jpg", { type: "image/jpeg" });

// What jsdom cannot draw.
beforeEach(() => {
  vi.stubGlobal("createImageBitmap", vi.fn(() => Promise.resolve({ width: 4000, height: 3000, close() {} })));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation(function drawn(this: HTMLCanvasElement, done) {
    done(new Blob([`drawn ${this.width}x${this.height}`], { type: "image/jpeg" }));
  });
});
afterEach(() => vi.restoreAllMocks());

it("sends a picture drawn anew, and nothing of what the camera wrote", async () => {
  const sent = standAtTheWire(({ method, path }) => (method === "POST" && path === files ? json({ id: ids.girl }, 201) : undefined));
  const user = open(`/cases/${ids.girl}/files`);

  await user.click(await screen.findByRole("button", { name: "Save the file" }));
  expect(screen.getByText("Choose what it shows")).toBeTruthy();
  expect(screen.getByText("Choose a picture or a PDF")).toBeTruthy();
  await user.selectOptions(screen.getByLabelText("What does it show?"), await screen.findByRole("option", { name: "Birth certificate" }));
  await user.upload(screen.getByLabelText("Picture or PDF"), picture());
  await user.click(screen.getByRole("button", { name: "Save the file" }));

  await screen.findByText("Saved. Only the team can open it.");
  const [post] = posts(sent);
  expect(post?.body).toBe("drawn 2000x1500");
  expect(post?.headers.get("Content-Type")).toBe("image/jpeg");
  expect(post?.headers.get("Idempotency-Key")).toBeTruthy();
  expect(new URLSearchParams(post?.query).get("shows")).toBe("birth_certificate");
  expect(post?.query).not.toContain("IMG");
});

it("says what to change when the server does not take it, and sends the same file again under the same id", async () => {
  let isTaken = false;
  const sent = standAtTheWire(({ method, path }) => (method !== "POST" || path !== files ? undefined : isTaken ? json({ id: ids.girl }, 201) : problem(422, "file_infected", { detail: "The virus scanner found something in this file." })));
  const user = open(`/cases/${ids.girl}/files`);

  await user.selectOptions(await screen.findByLabelText("What does it show?"), await screen.findByRole("option", { name: "Statement" }));
  await user.upload(screen.getByLabelText("Picture or PDF"), new File(["%PDF-1.7"], "statement.pdf", { type: "application/pdf" }));
  await user.click(screen.getByRole("button", { name: "Save the file" }));
  await screen.findByText(/The virus scanner found something/);
  isTaken = true;
  await user.click(screen.getByRole("button", { name: "Save the file" }));
  await screen.findByText("Saved. Only the team can open it.");

  const [first, second] = posts(sent).map(({ query }) => new URLSearchParams(query).get("attachmentId"));
  expect(first).toBe(second);
  expect(posts(sent)[0]?.body).toBe("%PDF-1.7");
});

it("does not send what this phone cannot read, nor what is too big", async () => {
  const sent = standAtTheWire();
  const user = open(`/cases/${ids.girl}/files`);

  await user.selectOptions(await screen.findByLabelText("What does it show?"), await screen.findByRole("option", { name: "Photo" }));
  vi.stubGlobal("createImageBitmap", vi.fn(() => Promise.reject(new DOMException("no picture"))));
  await user.upload(screen.getByLabelText("Picture or PDF"), picture());
  await user.click(screen.getByRole("button", { name: "Save the file" }));
  await screen.findByText("This phone cannot read that picture. Choose another one.");
  await user.upload(screen.getByLabelText("Picture or PDF"), new File([new Uint8Array(6 * 1024 * 1024)], "big.pdf", { type: "application/pdf" }));
  await user.click(screen.getByRole("button", { name: "Save the file" }));
  await screen.findByText("This file is larger than 5 MB. Choose a smaller one.");

  expect(posts(sent)).toEqual([]);
});

it("opens a file by two presses, the second of them for the file itself", async () => {
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:one", revokeObjectURL: () => undefined }));
  const sent = standAtTheWire(({ path }) => (path.startsWith(`${files}/`) ? new Response("bytes", { headers: { "Content-Type": "image/jpeg" } }) : undefined));
  const user = open(`/cases/${ids.girl}/files`);

  await user.click(await screen.findByRole("button", { name: "Show" }));
  expect(sent.some(({ path }) => path.startsWith(`${files}/`))).toBe(false);
  await user.click(await screen.findByRole("button", { name: "Open the file" }));

  const shown = await screen.findByRole("img", { name: "Birth certificate" });
  expect(shown.getAttribute("src")).toBe("blob:one");
  await waitFor(() => expect(sent.filter(({ path }) => path === `${files}/${ids.file}`)).toHaveLength(1));
});
