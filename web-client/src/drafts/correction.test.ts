import { expect, it } from "vitest";
import { beginFrom, choose, type Correction, over, settle, undecidedIn } from "./correction.ts";

type Record = { name?: { ur?: string | null; latin?: string | null } | null; number?: string | null; paper?: string | null; codes?: string[] | null; phones?: object[] | null; text?: string; kept?: boolean };

const cut = { split: ["name"], joined: { number: ["paper"] } };
const first: Record = { codes: ["bonded_labour"], number: "1", paper: "card", text: "Seen at the kiln.", kept: false };
const typed = (mine: Partial<Record>): Correction<Record> => ({ ...beginFrom({ etag: '"1"', value: first }), mine: { ...first, ...mine } });
const then = (before: Correction<Record>, etag: string, change: Partial<Record>): Correction<Record> => over(before, { etag, value: { ...before.record, ...change } }, cut);

it("takes over what only the other wrote, and keeps what only she wrote", () => {
  expect(then(typed({ text: "Twice." }), '"2"', { kept: true })).toMatchObject({
    etag: '"2"', began: first, record: { kept: true }, mine: { text: "Twice.", kept: true }, clashes: [], taken: ["kept"], isOpen: true,
  });
});

it("asks where both wrote, and knows what stood there before", () => {
  const after = then(typed({ text: "Mine." }), '"2"', { text: "Theirs." });
  expect(after).toMatchObject({ clashes: ["text"], taken: [], began: { text: "Seen at the kiln." }, mine: { text: "Mine." }, record: { text: "Theirs." } });
  expect(undecidedIn(after)).toEqual(["text"]);
  expect(settle(choose(after, "text", "record"), cut)).toMatchObject({ clashes: [], mine: { text: "Theirs." }, isOpen: false });
  expect(settle(choose(after, "text", "mine"), cut)).toMatchObject({ clashes: [], mine: { text: "Mine." }, isOpen: false });
  expect(settle(after, cut)).toMatchObject({ clashes: ["text"], mine: { text: "Mine." } });
});

it("asks again only about what changed again", () => {
  const second = choose(then(typed({ text: "Mine.", number: "2" }), '"2"', { text: "Theirs.", number: "3" }), "text", "mine");
  const third = then(second, '"3"', { codes: ["forced_labour"] });
  expect(third).toMatchObject({ etag: '"3"', clashes: ["number"], taken: ["codes"], mine: { text: "Mine.", number: "2" }, began: { text: "Seen at the kiln." } });
  expect(then(choose(third, "number", "mine"), '"4"', { text: "Theirs again." })).toMatchObject({ clashes: ["text"], mine: { text: "Mine.", number: "2" } });
});

it("decides about each script of a name by itself, and about a number together with its paper", () => {
  const after = then(typed({ name: { ur: "زینب" }, number: "2" }), '"2"', { name: { latin: "Zainab" }, paper: "form" });
  expect(after).toMatchObject({ mine: { name: { ur: "زینب", latin: "Zainab" }, number: "2", paper: "card" }, taken: ["name.latin"], clashes: ["number"] });
  expect(settle(choose(after, "number", "record"), cut).mine).toMatchObject({ number: "1", paper: "form", name: { ur: "زینب" } });
});

it("puts lists together to which both only added", () => {
  expect(then(typed({ codes: ["bonded_labour", "begging"] }), '"2"', { codes: ["forced_labour", "bonded_labour"] })).toMatchObject({
    clashes: [], taken: ["codes"], mine: { codes: ["forced_labour", "bonded_labour", "begging"] },
  });
  expect(then(typed({ codes: [] }), '"2"', { codes: ["bonded_labour", "forced_labour"] })).toMatchObject({ clashes: ["codes"], mine: { codes: [] } });
  expect(then(typed({ phones: [{ number: "1", mayRing: true }] }), '"2"', { phones: [{ number: "1", mayRing: false }] }).clashes).toEqual(["phones"]);
});

it("does not put a list together that she has still to decide about", () => {
  const second = then(typed({ codes: ["bonded_labour", "begging"] }), '"2"', { codes: [] });
  expect(second.clashes).toEqual(["codes"]);
  expect(then(second, '"3"', { codes: ["forced_labour"] })).toMatchObject({ clashes: ["codes"], taken: [], mine: { codes: ["bonded_labour", "begging"] }, record: { codes: ["forced_labour"] } });
});

it("does not take the order of codes, or nothing in another spelling, for a change", () => {
  const two: Record = { ...first, codes: ["a", "b"], name: null };
  const after = over({ ...beginFrom({ etag: '"1"', value: two }), mine: { ...two, phones: [], name: { ur: null } } }, { etag: '"2"', value: { ...two, codes: ["b", "a"], phones: null } }, cut);
  expect(after).toMatchObject({ clashes: [], taken: [], isOpen: false });
});

it("ends a clash when both wrote the same", () => {
  expect(then(typed({ text: "Same." }), '"2"', { text: "Same." })).toMatchObject({ clashes: [], taken: [], isOpen: false });
});
