import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { json, problem, type Sent, standAtTheWire } from "#test/wire.ts";
import { open } from "#test/open.tsx";

let girl = "";
beforeEach(() => {
  girl = crypto.randomUUID();
});

type Identity = { name: { ur: string | null; latin: string | null }; fatherName?: object; nationality?: string };

/** The document on the server: an `If-Match` of another version is refused, as there. */
function identityOf(value: Identity): { value: Identity; version: number; answer: (sent: Sent) => Response | undefined } {
  const document = {
    value, version: 1,
    answer: ({ method, path, headers, body }: Sent): Response | undefined => {
      if (!path.endsWith("/identity")) {
        return undefined;
      }
      if (method === "PUT") {
        if (headers.get("If-Match") !== `"${document.version}"`) {
          return problem(412, "stale");
        }
        Object.assign(document, { value: body, version: document.version + 1 });
      }
      return json(document.value, 200, { ETag: `"${document.version}"` });
    },
  };
  return document;
}

const writes = (document: ReturnType<typeof identityOf>, name: Partial<Identity["name"]>): void => {
  Object.assign(document, { value: { ...document.value, name: { ...document.value.name, ...name } }, version: document.version + 1 });
};

it("saves over nothing that somebody else wrote: field by field, twice if it must be", async () => {
  const document = identityOf({ name: { ur: "زینب", latin: null }, nationality: "PK" });
  standAtTheWire(document.answer);
  const user = open(`/cases/${girl}/about/identity`);
  const latin = await screen.findByLabelText("Name in English letters");
  await waitFor(() => expect(screen.getByLabelText("Name in Urdu")).toHaveProperty("value", "زینب"));
  await user.type(latin, "Zainab");
  writes(document, { latin: "Zaynab", ur: "زینب بی بی" });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await screen.findByRole("heading", { name: "Changed meanwhile. Look again" });
  const both = within(screen.getByRole("region", { name: "Name in English letters" }));
  expect(both.getByText("Nothing has been written here yet.")).toBeTruthy();
  await user.click(both.getByRole("radio", { name: "Yours Zainab" }));
  expect(screen.getByText("زینب بی بی")).toBeTruthy();
  writes(document, { latin: "Zeynab" });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await user.click(await screen.findByRole("radio", { name: "Now in the record Zeynab" }));
  expect(screen.getByRole("radio", { name: "Yours Zainab" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
  expect(document.value).toEqual({ name: { ur: "زینب بی بی", latin: "Zeynab" }, nationality: "PK" });
  expect(document.version).toBe(4);
});

it("shows what changed while the form was left for later", async () => {
  const document = identityOf({ name: { ur: null, latin: null } });
  standAtTheWire(document.answer);
  let user = open(`/cases/${girl}/about/identity`);
  await user.type(await screen.findByLabelText("Name in English letters"), "Zainab");
  await user.click(screen.getByRole("button", { name: "Save and come back" }));
  await waitFor(() => expect(location.pathname).toBe(`/cases/${girl}`));
  cleanup();

  writes(document, { ur: "زینب" });
  user = open(`/cases/${girl}/about/identity`);
  await screen.findByText("Taken over from the record");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(document.value.name).toEqual({ ur: "زینب", latin: "Zainab" }));
});

it("says at the field what the server does not take, and keeps what was typed", async () => {
  const document = identityOf({ name: { ur: null, latin: null } });
  standAtTheWire((sent) => (sent.method === "PUT"
    ? problem(422, "invalid", { errors: [{ pointer: "/name/latin", code: "too_long", detail: "Write less" }] }) : document.answer(sent)));
  const user = open(`/cases/${girl}/about/identity`);
  await user.type(await screen.findByLabelText("Name in English letters"), "Zainab");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await within(await screen.findByRole("alert")).findByText("Write less")).toBeTruthy();
  expect(screen.getByLabelText("Name in English letters")).toHaveProperty("value", "Zainab");
});

type Changed = [kind: string, field: string, typed: string, before: object, theirs: object, words: string[][]];
const rules = { ring: false, message: false, visit: false };

// Also what the form does not ask for: somebody else wrote it, and it is saved over.
it.each<Changed>([
  ["identity", "Name in English letters", "Zainab", { name: {} }, { name: {}, aliases: [{ ur: null, latin: "Zebi" }], nationality: "Afghan" }, [["Other names", "Zebi"], ["Nationality", "Afghan"]]],
  ["contact", "Address", "Canal road", { safeContact: rules }, { district: "PK-PB-KSR", safeContact: { ...rules, times: "After ten", askFor: "The aunt", neverSay: "Police", language: "pan" } },
    [["Never say", "Police"], ["Ask for", "The aunt"], ["Safe times", "After ten"], ["Language to speak in", "Punjabi"], ["District", "Kasur"]]],
  ["health", "Allergies", "Dust", {}, { pregnant: true }, [["Pregnancy", "Yes"]]],
])("shows all that somebody else wrote meanwhile: %s", async (kind, field, typed, before, theirs, words) => {
  let isChanged = false;
  standAtTheWire(({ method, path }) => {
    if (!path.endsWith(`/${girl}/${kind}`)) {
      return undefined;
    }
    if (method === "PUT") {
      isChanged = true;
      return problem(412, "stale");
    }
    return json(isChanged ? theirs : before, 200, { ETag: isChanged ? '"2"' : '"1"' });
  });
  const user = open(`/cases/${girl}/about/${kind}`);
  await user.type(await screen.findByLabelText(field), typed);
  await user.click(screen.getByRole("button", { name: "Save" }));
  const taken = within(await screen.findByRole("region", { name: "Taken over from the record" }));
  for (const [label, value] of words) {
    const name = taken.getByText(label as string);
    await waitFor(() => expect(name.nextElementSibling?.textContent).toContain(value));
  }
});
