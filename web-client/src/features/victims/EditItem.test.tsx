import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { answerTo, ids, json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

// What is typed is kept by person: somebody else for each test.
let girl = "";
beforeEach(() => {
  girl = crypto.randomUUID();
});

type Body = { text?: string; types?: string[]; district?: string };

/** The record on the server: an `If-Match` of another version is refused, as there. */
function recordOf(id: string): { body: Body; restricted: boolean; version: number; answer: (sent: Sent) => Response | undefined } {
  const { body } = answerTo("GET", `/api/v1/victims/x/records/${id}`) as { body: Body };
  const record = {
    body, restricted: false, version: 1,
    answer: ({ method, path, headers, body: sent }: Sent): Response | undefined => {
      if (!path.endsWith(`/records/${id}`)) {
        return undefined;
      }
      if (method === "PUT") {
        if (headers.get("If-Match") !== `"${record.version}"`) {
          return problem(412, "stale");
        }
        Object.assign(record, sent, { version: record.version + 1 });
      }
      return json({ ...(answerTo("GET", path) as object), body: record.body, restricted: record.restricted }, 200, { ETag: `"${record.version}"` });
    },
  };
  return record;
}

it("corrects a note from the case", async () => {
  const record = recordOf(ids.note);
  const sent = standAtTheWire(record.answer);
  const user = open(`/cases/${girl}`);
  await user.click(await screen.findByText("What happened: 2 entries"));
  await user.click(screen.getByRole("link", { name: /^Correct Note,/ }));
  const words = await screen.findByLabelText("In words");
  await waitFor(() => expect(words).toHaveProperty("value", record.body.text));
  await user.clear(words);
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByRole("alert").textContent).toContain("Write the note");
  await user.type(words, "She has found her sister.");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
  const put = sent.find(({ method }) => method === "PUT");
  expect(put?.headers.get("If-Match")).toBe('"1"');
  expect(put?.body).toEqual({ body: { text: "She has found her sister." }, restricted: false });
});

it("shows both versions when somebody was faster, and saves what was chosen", async () => {
  const record = recordOf(ids.incident);
  standAtTheWire(record.answer);
  const user = open(`/cases/${girl}/records/${ids.incident}`);
  const words = await screen.findByLabelText("In words");
  const began = record.body.text ?? "";
  await user.clear(words);
  await user.type(words, "Mine");
  Object.assign(record, { body: { ...record.body, text: "Theirs", types: ["forced_labour"] }, restricted: true, version: 2 });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await screen.findByRole("heading", { name: "Changed meanwhile. Look again" });
  expect(screen.getByText("Taken over from the record")).toBeTruthy();
  expect(screen.getByText("Only I")).toBeTruthy();
  const both = screen.getByRole("region", { name: "In words" });
  expect(within(both).getByText(began)).toBeTruthy();
  expect(within(both).getByRole("radio", { name: "Now in the record Theirs" })).toHaveProperty("checked", false);
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByRole("alert").textContent).toContain("Choose what shall stand");
  await user.click(within(both).getByRole("radio", { name: "Yours Mine" }));
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
  expect(record).toMatchObject({ version: 3, restricted: true, body: { text: "Mine", types: ["forced_labour"], district: "PK-PB-KSR" } });
});

it("takes what is in the record where that is better, and goes on writing over it", async () => {
  const record = recordOf(ids.note);
  standAtTheWire(record.answer);
  const user = open(`/cases/${girl}/records/${ids.note}`);
  await user.type(await screen.findByLabelText("In words"), " And mine");
  Object.assign(record, { body: { text: "Theirs" }, version: 2 });
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(await screen.findByRole("radio", { name: "Now in the record Theirs" }));
  await user.click(screen.getByRole("button", { name: "Write more first" }));
  const words = await screen.findByLabelText("In words");
  expect(words).toHaveProperty("value", "Theirs");
  await user.type(words, " and more");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
  expect(record).toMatchObject({ version: 3, body: { text: "Theirs and more" } });
});

it("keeps what was typed while the page is left, and finds then what changed meanwhile", async () => {
  const record = recordOf(ids.note);
  standAtTheWire(record.answer);
  let user = open(`/cases/${girl}/records/${ids.note}`);
  const words = await screen.findByLabelText("In words");
  await user.clear(words);
  await user.type(words, "Mine");
  await user.click(screen.getByRole("button", { name: "Save and come back" }));
  await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
  cleanup();

  Object.assign(record, { body: { text: "Theirs" }, version: 2 });
  user = open(`/cases/${girl}/records/${ids.note}`);
  const both = await screen.findByRole("region", { name: "In words" });
  await user.click(within(both).getByRole("radio", { name: "Yours Mine" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
  expect(record.body).toEqual({ text: "Mine" });
});

it("says at the field what the server does not take", async () => {
  const record = recordOf(ids.note);
  standAtTheWire((sent) => (sent.method === "PUT"
    ? problem(422, "invalid", { errors: [{ pointer: "/body/text", code: "too_long", detail: "Write less" }] }) : record.answer(sent)));
  const user = open(`/cases/${girl}/records/${ids.note}`);
  await user.type(await screen.findByLabelText("In words"), "!");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await within(await screen.findByRole("alert")).findByText("Write less")).toBeTruthy();
});

/** Left as a draft, changed by somebody else meanwhile, and opened again where both are shown. */
async function reopened(record: ReturnType<typeof recordOf>, id: string, type: (user: ReturnType<typeof open>) => Promise<void>, theirs: Body): Promise<ReturnType<typeof open>> {
  let user = open(`/cases/${girl}/records/${id}`);
  await type(user);
  await user.click(screen.getByRole("button", { name: "Save and come back" }));
  await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
  cleanup();
  Object.assign(record, { body: theirs, version: 2 });
  user = open(`/cases/${girl}/records/${id}`);
  await screen.findByRole("heading", { name: "Changed meanwhile. Look again" });
  return user;
}

const write = async (user: ReturnType<typeof open>, text: string): Promise<void> => {
  const words = await screen.findByLabelText("In words");
  await user.clear(words);
  await user.type(words, text);
};

it("says what the server does not take also when it began with what both wrote", async () => {
  const record = recordOf(ids.note);
  standAtTheWire((sent) => (sent.method === "PUT"
    ? problem(422, "invalid", { errors: [{ pointer: "/body/text", code: "too_long", detail: "Write less" }] }) : record.answer(sent)));
  const user = await reopened(record, ids.note, (one) => write(one, "Mine"), { text: "Theirs" });
  await user.click(await screen.findByRole("radio", { name: "Yours Mine" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await within(await screen.findByRole("alert")).findByText("Write less")).toBeTruthy();
});

it("does not send what lacks something after the choice", async () => {
  const record = recordOf(ids.note);
  const sent = standAtTheWire(record.answer);
  const user = await reopened(record, ids.note, (one) => write(one, " "), { text: "Theirs" });
  await user.click(await screen.findByRole("radio", { name: /^Yours/ }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Write the note");
  expect(sent.some(({ method }) => method === "PUT")).toBe(false);
});
