import type { BasisView } from "#api/shapes.ts";
import type { Draft, Group, Purpose, UnaskedKind } from "./unasked.ts";

/** What stands in the form. */
export type Answers = {
  ground: string; capacity: string; relation: string; law: string; agencies: string[]; records: string[]; members: string[]; groups: Group[]; purposes: Purpose[]; hours: string; until: string; orderedOn: string;
  words: Record<string, string>;
};

export const nothing = (purpose?: Purpose): Answers => ({
  ground: "", capacity: "court_appointed_guardian", relation: "legal_guardian", law: "", agencies: [], records: [], members: [], groups: ["identity"], purposes: purpose ? [purpose] : [], hours: "24", until: "", orderedOn: "", words: {},
});

/** What a newer one is likely to say again. Its number and date are its own, and whom else it names is asked anew. */
export function carried({ bestInterests: why, order, givenBy, groups, records, purposes, recipients, capacity, validTo }: BasisView): Partial<Answers> {
  const words: Record<string, string | null | undefined> = {
    reason: why?.reason, childSaid: why?.childSaid, tried: why?.tried, risks: why?.risks, court: order?.court, authority: order?.court, judge: order?.judge, guardianName: givenBy.name,
  };
  return {
    ground: why?.ground ?? "", capacity: capacity === "state_custodian" ? capacity : "court_appointed_guardian", agencies: recipients.agencies.map(({ id }) => id), records,
    groups: groups.filter((group): group is Group => group !== "minimum"), purposes: purposes as Purpose[], until: validTo ? dayOf(validTo) : "",
    words: Object.fromEntries(Object.entries(words).filter((word): word is [string, string] => Boolean(word[1]))),
  };
}

/** A day in Pakistan, whole. */
const endOf = (day: string): string => new Date(`${day}T23:59:59+05:00`).toISOString();

const dayOf = (moment: string): string => new Date(Date.parse(moment) + 5 * 60 * 60 * 1000).toISOString().slice(0, 10);

export function draftOf(kind: UnaskedKind, id: string, answers: Answers, said: (name: string) => string, instead: string | undefined): Draft {
  const { agencies, records, members, groups, purposes, orderedOn } = answers;
  const recipients = { agencies };
  const validTo = answers.until ? endOf(answers.until) : null;
  const maybe = (name: string): string | null => said(name) || null;
  const order = { orderedOn, orderNumber: said("orderNumber"), judge: maybe("judge"), note: maybe("note") };
  const replaces = instead ? { supersedesId: instead } : {};
  switch (kind) {
    case "best-interests": {
      const ground = answers.ground as "guardian_absent";
      return { kind, body: { id, ground, reason: said("reason"), childSaid: maybe("childSaid"), tried: maybe("tried"), risks: maybe("risks"), groups, records, purposes, recipients, validTo, ...replaces } };
    }
    case "orders": return { kind, body: { id, court: said("court"), ...order, groups, records, members, purposes, agencies, validTo, ...replaces } };
    case "duties": return { kind, body: { id, instrumentId: answers.law, section: said("section"), note: maybe("note"), groups, records, purposes, recipients, validTo } };
    case "emergencies": return { kind, body: { id, whyNotAsked: said("whyNotAsked"), hours: Number(answers.hours), groups, records, recipients } };
    case "guardianships": return {
      kind,
      body: { id, guardian: { relation: "legal_guardian", name: said("guardianName") }, capacity: answers.capacity as "state_custodian", authority: said("authority"), ...order, orderNumber: maybe("orderNumber"), validTo, ...replaces },
    };
    case "legal-holds": return { kind, body: { id, authority: said("authority"), orderedOn, orderNumber: maybe("orderNumber"), reason: said("reason"), validTo } };
  }
}
