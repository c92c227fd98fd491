import type { Tagged } from "#api/client.ts";
import type { ItemBody, ItemView } from "./items.ts";

/** All of an item that can be corrected. */
export type Written = ItemBody & { restricted: boolean };
export type Member = keyof Written;

/** A correction as it is kept on the phone: what it began from, what is written now, and where somebody else wrote meanwhile. */
export type Correction = {
  etag: string;
  from: Written;
  mine: Written;
  /** Both wrote there: mine stands until the other is chosen. */
  clashes: Member[];
  /** Only the other wrote there, and it was taken over. */
  taken: Member[];
};

const written = ({ body, restricted }: ItemView): Written => ({ ...body, restricted });

export function beginFrom({ etag, value }: Tagged<ItemView>): Correction {
  return { etag, from: written(value), mine: written(value), clashes: [], taken: [] };
}

/** The same correction over what is in the record now: nothing that was typed is lost, and nothing that the other wrote is undone unseen. */
export function over({ from, mine, clashes: before }: Correction, { etag, value }: Tagged<ItemView>): Correction {
  const theirs = written(value);
  const members = [...new Set([from, mine, theirs].flatMap((one) => Object.keys(one)))] as Member[];
  const moved = members.filter((member) => !same(theirs[member], from[member]));
  const taken = moved.filter((member) => same(mine[member], from[member]));
  const clashes = members.filter((member) => (before.includes(member) || moved.includes(member)) && !taken.includes(member) && !same(mine[member], theirs[member]));
  return { etag, from: theirs, mine: withTheirs(mine, theirs, taken), clashes, taken };
}

/** What the other wrote, in place of mine. */
export function give({ clashes, ...correction }: Correction, member: Member): Correction {
  return { ...correction, clashes: clashes.filter((one) => one !== member), mine: withTheirs(correction.mine, correction.from, [member]) };
}

function withTheirs(mine: Written, theirs: Written, members: readonly Member[]): Written {
  return { ...mine, ...Object.fromEntries(members.map((member) => [member, theirs[member] ?? null])) };
}

/** Codes have no order, and an empty list says as little as none. */
const told = (value: Written[Member]): string => (Array.isArray(value) ? value.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).sort().join() : String(value ?? ""));

const same = (a: Written[Member], b: Written[Member]): boolean => told(a) === told(b);
