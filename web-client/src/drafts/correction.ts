import type { Tagged } from "#api/client.ts";

export type Side = "mine" | "record";

/**
 * How a value falls into what people decide one by one. Members of `split` fall apart ("name.ur"); what only makes
 * sense together is `joined`: under the first, the others that go with it.
 */
export type Cut = { split?: readonly string[]; joined?: Readonly<Record<string, readonly string[]>> };

/** A change of something that two people may write, as it is kept on the phone. `T` is what the form shows. */
export type Correction<T extends object> = {
  /** Of the version that `record` is. */
  etag: string;
  /** What stood there when she began. */
  began: T;
  /** What stands there now. */
  record: T;
  mine: T;
  /** Fields that both wrote: she chooses. */
  clashes: string[];
  /** Fields that only the other wrote, or where both only added: they are in `mine` already. */
  taken: string[];
  chosen: Record<string, Side>;
  /** Whether she has to look at the differences before she goes on. */
  isOpen: boolean;
};

export function beginFrom<T extends object>({ etag, value }: Tagged<T>): Correction<T> {
  return { etag, began: value, record: value, mine: value, clashes: [], taken: [], chosen: {}, isOpen: false };
}

/** The same over what is in the record now: nothing that was typed is lost, and nothing that the other wrote is undone unseen. */
export function over<T extends object>(before: Correction<T>, { etag, value: theirs }: Tagged<T>, cut: Cut = {}): Correction<T> {
  const { began, record: was, mine: typed, clashes: undecided } = settle(before, cut);
  const clashes: string[] = [];
  const taken: string[] = [];
  let mine = typed;
  for (const field of fieldsOf(cut, was, typed, theirs)) {
    const said = (value: T): string => told(pathsOf(cut, field).map((path) => at(value, path)));
    const isMoved = said(theirs) !== said(was);
    if ((!isMoved && !undecided.includes(field)) || said(typed) === said(theirs)) {
      continue;
    }
    // What she has still to decide about is not put together over her head.
    const both = undecided.includes(field) ? undefined : together(at(was, field), at(typed, field), at(theirs, field));
    if (isMoved && said(typed) === said(was)) {
      mine = withTheirs(mine, theirs, cut, field);
      taken.push(field);
    } else if (both) {
      mine = put(mine, field, both);
      taken.push(field);
    } else {
      clashes.push(field);
    }
  }
  return { etag, began, record: theirs, mine, clashes, taken, chosen: {}, isOpen: clashes.length + taken.length > 0 };
}

export function choose<T extends object>(correction: Correction<T>, field: string, side: Side): Correction<T> {
  return { ...correction, chosen: { ...correction.chosen, [field]: side } };
}

/** The fields about which she has not chosen yet. */
export const undecidedIn = ({ clashes, chosen }: Correction<object>): string[] => clashes.filter((field) => !chosen[field]);

/** What she chose is written into `mine`; what she did not choose stays a clash. */
export function settle<T extends object>(correction: Correction<T>, cut: Cut = {}): Correction<T> {
  const { record, clashes, chosen } = correction;
  const mine = clashes.filter((field) => chosen[field] === "record").reduce((value, field) => withTheirs(value, record, cut, field), correction.mine);
  return { ...correction, mine, clashes: undecidedIn(correction), taken: [], chosen: {}, isOpen: false };
}

function fieldsOf({ split = [], joined = {} }: Cut, ...values: readonly object[]): string[] {
  const followers = new Set(Object.values(joined).flat());
  const names = values.flatMap((value) => Object.entries(value).flatMap(([name, member]) =>
    split.includes(name) ? Object.keys((member as object | null | undefined) ?? {}).map((inner) => `${name}.${inner}`) : [name]));
  return [...new Set(names)].filter((name) => !followers.has(name));
}

const pathsOf = ({ joined = {} }: Cut, field: string): readonly string[] => [field, ...(joined[field] ?? [])];

const at = (value: object, path: string): unknown =>
  path.split(".").reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value);

function put<T extends object>(value: T, path: string, piece: unknown): T {
  const [name = "", ...rest] = path.split(".");
  const inner = ((value as Record<string, unknown>)[name] as object | null | undefined) ?? {};
  return { ...value, [name]: rest.length > 0 ? put(inner, rest.join("."), piece) : piece };
}

const withTheirs = <T extends object>(mine: T, theirs: T, cut: Cut, field: string): T =>
  pathsOf(cut, field).reduce((value, path) => put(value, path, at(theirs, path) ?? null), mine);

/** Two lists to which both only added, as one; undefined when somebody took away, or both wrote of the same thing. */
function together(was: unknown, mine: unknown, theirs: unknown): unknown[] | undefined {
  if (!Array.isArray(mine) || !Array.isArray(theirs)) {
    return undefined;
  }
  const before = Array.isArray(was) ? was : [];
  const lacks = (list: readonly unknown[]) => (one: unknown): boolean => !list.some((other) => told(other) === told(one));
  const [added, addedThere] = [mine, theirs].map((list) => list.filter(lacks(before))) as [unknown[], unknown[]];
  const isTaken = before.some(lacks(mine)) || before.some(lacks(theirs));
  const isSame = added.some((one) => addedThere.some((other) => aboutOf(one) !== undefined && aboutOf(one) === aboutOf(other) && told(one) !== told(other)));
  return isTaken || isSame ? undefined : [...(theirs as unknown[]), ...added.filter(lacks(addedThere))];
}

/** What an entry is about, where there can be one of each: a number, a difficulty. */
const aboutOf = (one: unknown): unknown => {
  const { number, domain } = (typeof one === "object" && one !== null ? one : {}) as { number?: unknown; domain?: unknown };
  return number ?? domain;
};

/** Lists have no order, and an empty one says as little as none. */
function told(value: unknown): string {
  if (value === null || value === undefined || value === "") {
    return "";
  }
  if (Array.isArray(value)) {
    return value.map(told).sort().join();
  }
  return typeof value === "object"
    ? Object.entries(value).map(([name, inner]) => [name, told(inner)] as const).filter(([, inner]) => inner).map(([name, inner]) => `${name}:{${inner}}`).sort().join()
    : JSON.stringify(value);
}
