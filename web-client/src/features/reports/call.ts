import type { ReportDraft } from "./reports.ts";

export type Channel = ReportDraft["channel"];
export type Urgency = NonNullable<ReportDraft["urgency"]>;

/** In the order of their keys: 1 to 5. */
export const choices = ["junk", "wrong_number", "information", "known", "help"] as const;
export type Choice = (typeof choices)[number];

/** How calls come to those who sit at a desk; a partner's system says its own. */
export const channels: readonly Channel[] = ["helpline", "walk_in", "police", "labour_inspection", "health_facility", "school", "court", "community", "outreach", "message", "media"];

export const urgencies: readonly Urgency[] = ["emergency", "high", "medium", "low"];

/** One call as it is written down. The id and the moment are made here, so that an answer that never came back is not entered twice. */
export type Call = {
  id: string;
  begunAt: string;
  choice?: Choice;
  channel: Channel;
  kind: "intake" | "complaint";
  urgency?: Urgency;
  district?: string;
  story: string;
  aboutAgencyId?: string;
  aboutWorkerId?: string | undefined;
  name: string;
  phone: string;
  isAnonymous: boolean;
  agreesToKeep: boolean;
  mayRing: boolean;
  callNote: string;
};

export const newCall = (): Call => ({
  id: crypto.randomUUID(), begunAt: new Date().toISOString(), channel: "helpline", kind: "intake", story: "",
  name: "", phone: "", isAnonymous: false, agreesToKeep: false, mayRing: false, callNote: "",
});

const outcomes: Partial<Record<Choice, NonNullable<ReportDraft["outcome"]>>> = { junk: "junk", wrong_number: "wrong_number", information: "information_given" };

export function draftOf(call: Call): ReportDraft {
  const { choice, id, channel } = call;
  const outcome = choice && outcomes[choice];
  const draft: ReportDraft = { id, channel, kind: "intake", reportedAt: call.begunAt, ...(outcome && { outcome }) };
  return choice === "help" ? { ...draft, ...told(call) } : draft;
}

/** What only a real one has: words, and the caller as far as he wants to be known. */
function told({ kind, urgency, district, story, aboutAgencyId, aboutWorkerId, ...call }: Call): Partial<ReportDraft> {
  const name = call.isAnonymous ? "" : call.name.trim();
  const phone = call.isAnonymous && !call.agreesToKeep ? "" : call.phone.trim();
  const note = phone && call.callNote.trim();
  return {
    kind,
    ...(urgency && { urgency }),
    ...(district && { district }),
    ...(story.trim() && { story: story.trim() }),
    ...(kind === "complaint" && aboutAgencyId && { aboutAgencyId }),
    ...(aboutWorkerId && { aboutWorkerId }),
    ...((name || phone || call.isAnonymous) && {
      reporter: {
        isAnonymous: call.isAnonymous, agreesToKeep: call.agreesToKeep, mayRing: phone !== "" && call.mayRing,
        ...(name && { name }), ...(phone && { phone }), ...(note && { callNote: note }),
      },
    }),
  };
}
