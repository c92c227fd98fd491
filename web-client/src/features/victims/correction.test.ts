import { expect, it } from "vitest";
import { beginFrom, give, over, type Written } from "./correction.ts";

const read = (etag: string, { restricted, ...body }: Written): Parameters<typeof beginFrom>[0] => ({
  etag, value: { id: "", kind: "incident", group: "protection", at: "", changedAt: "", restricted, body },
});
const first: Written = { types: ["bonded_labour"], district: "PK-PB-KSR", text: "Seen at the kiln.", restricted: false };
const begun = beginFrom(read('"1"', first));

it("takes over what only the other wrote, and keeps what only I wrote", () => {
  const mine = { ...begun, mine: { ...first, text: "Seen at the kiln, twice." } };
  expect(over(mine, read('"2"', { ...first, district: "PK-PB-LHR", restricted: true }))).toEqual({
    etag: '"2"', from: { ...first, district: "PK-PB-LHR", restricted: true }, clashes: [], taken: ["district", "restricted"],
    mine: { ...first, text: "Seen at the kiln, twice.", district: "PK-PB-LHR", restricted: true },
  });
});

it("keeps mine where both wrote, until theirs is chosen", () => {
  const after = over({ ...begun, mine: { ...first, text: "Mine." } }, read('"2"', { ...first, text: "Theirs." }));
  expect(after).toMatchObject({ clashes: ["text"], taken: [], mine: { text: "Mine." }, from: { text: "Theirs." } });
  expect(give(after, "text")).toMatchObject({ clashes: [], mine: { text: "Theirs." } });
});

it("still knows of a clash when a third version comes", () => {
  const second = over({ ...begun, mine: { ...first, text: "Mine." } }, read('"2"', { ...first, text: "Theirs." }));
  const third = over(second, read('"3"', { ...first, text: "Theirs.", types: ["forced_labour"] }));
  expect(third).toMatchObject({ etag: '"3"', clashes: ["text"], taken: ["types"], mine: { text: "Mine.", types: ["forced_labour"] } });
});

it("does not take the order of codes, or an empty list, for a change", () => {
  const two = { ...first, types: ["bonded_labour", "forced_labour"] } as Written;
  const after = over({ ...beginFrom(read('"1"', two)), mine: { ...two, means: [] } }, read('"2"', { ...two, types: ["forced_labour", "bonded_labour"], means: null }));
  expect(after).toMatchObject({ clashes: [], taken: [] });
});

it("ends a clash when both wrote the same", () => {
  expect(over({ ...begun, mine: { ...first, text: "Same." } }, read('"2"', { ...first, text: "Same." }))).toMatchObject({ clashes: [], taken: [] });
});
