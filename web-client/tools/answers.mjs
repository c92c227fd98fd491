// What the server would say, for pictures and tests: invented people, the shapes of the contract.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { age, decisions, evidenceBodies, evidenceItems } from "./ageAnswers.mjs";

const reference = (file) => readFileSync(resolve(import.meta.dirname, "../../api/Referral.Api/Reference", file), "utf8");
const taxonomies = JSON.parse(reference("taxonomies.json")).sets;
const districts = reference("districts.csv").trim().split("\n").slice(1).map((line) => {
  const [code, nameEn, nameUr, provinceCode, lat, lon, , , status] = line.split(",");
  return { code, nameEn, nameUr, provinceCode, lat: Number(lat), lon: Number(lon), status, parentCode: null };
});

export const ids = {
  girl: "01930000-0000-7000-8000-000000000001", woman: "01930000-0000-7000-8000-000000000002",
  need: "01930000-0000-7000-8000-000000000011", need2: "01930000-0000-7000-8000-000000000012",
  basis: "01930000-0000-7000-8000-000000000021", order: "01930000-0000-7000-8000-000000000022", decision: "01930000-0000-7000-8000-000000000023",
  fresh: "01930000-0000-7000-8000-000000000031", accepted: "01930000-0000-7000-8000-000000000032",
  declined: "01930000-0000-7000-8000-000000000033", asked: "01930000-0000-7000-8000-000000000034",
  draft: "01930000-0000-7000-8000-000000000035", served: "01930000-0000-7000-8000-000000000037",
  offered: "01930000-0000-7000-8000-000000000041", requested: "01930000-0000-7000-8000-000000000042", sent: "01930000-0000-7000-8000-000000000044", moved: "01930000-0000-7000-8000-000000000043",
  alert: "01930000-0000-7000-8000-000000000061", block: "01930000-0000-7000-8000-000000000062", lift: "01930000-0000-7000-8000-000000000063",
  closure: "01930000-0000-7000-8000-000000000051", proposed: "01930000-0000-7000-8000-000000000052", separated: "01930000-0000-7000-8000-000000000053", closed: "01930000-0000-7000-8000-000000000003",
  set: "01930000-0000-7000-8000-000000000051", setSent: "01930000-0000-7000-8000-000000000052", setComing: "01930000-0000-7000-8000-000000000056", setApart: "01930000-0000-7000-8000-000000000057", household: "01930000-0000-7000-8000-000000000053", boy: "01930000-0000-7000-8000-000000000003",
  glass: "01930000-0000-7000-8000-000000000058", glassOwn: "01930000-0000-7000-8000-000000000059", glassFound: "01930000-0000-7000-8000-00000000005a", hers: "01930000-0000-7000-8000-00000000005b",
  plan: "01930000-0000-7000-8000-0000000000ea", visit: "01930000-0000-7000-8000-0000000000eb", file: "01930000-0000-7000-8000-0000000000ec",
  note: "01930000-0000-7000-8000-0000000000e8", incident: "01930000-0000-7000-8000-0000000000e9",
};
const police = { id: "01930000-0000-7000-8000-0000000000a1", nameEn: "Police Station Kot Sadar, Kasur", nameUr: "تھانہ کوٹ صدر، قصور" };
const shelter = { id: "01930000-0000-7000-8000-0000000000a2", nameEn: "Roshni Shelter for Girls", nameUr: "روشنی پناہ گاہ برائے لڑکیاں" };
const hospital = { id: "01930000-0000-7000-8000-0000000000a3", nameEn: "Shifa District Hospital", nameUr: "شفا ضلعی ہسپتال" };
const bed = { id: "01930000-0000-7000-8000-0000000000b1", nameEn: "Beds for girls", nameUr: "لڑکیوں کے لیے بستر" };
const ward = { id: "01930000-0000-7000-8000-0000000000b2", nameEn: "Emergency ward", nameUr: "ایمرجنسی وارڈ" };

const crisis = { id: "01930000-0000-7000-8000-0000000000a6", nameEn: "Crisis Centre for Women and Girls", nameUr: "خواتین اور بچیوں کا بحران مرکز" };
const trust = { id: "01930000-0000-7000-8000-0000000000a5", nameEn: "Umeed Trust", nameUr: "امید ٹرسٹ" };
const refuge = { id: "01930000-0000-7000-8000-0000000000b4", nameEn: "Refuge", nameUr: "جائے پناہ" };
const hostel = { id: "01930000-0000-7000-8000-0000000000b5", nameEn: "Hostel for girls", nameUr: "لڑکیوں کا ہاسٹل" };

const at = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
const clock = (kind, started, due, state = "running") => ({ kind, startedAt: at(started), dueAt: at(due), state, stage: null });
const need = (name, kind, set, required = true, afterRelease = []) => ({ name, kind, set, required, afterRelease });

export const me = (areas = ["work", "find", "register", "account"]) => ({
  kind: "worker", id: "01930000-0000-7000-8000-0000000000c1", displayName: "Sana Iqbal", agency: areas.includes("register") ? police : shelter, unitKind: "police",
  district: "PK-PB-KSR", roles: areas.includes("register") ? ["caseworker"] : ["provider_staff"], scopes: [], areas, memberships: [],
});

const row = (id, state, more) => ({
  id, caseCode: "PB-26-7F3K2Q", victimId: null, state, phase: null, urgency: "high", category: "safe_shelter", ageBand: "age_12_13", sex: "female",
  district: "PK-PB-KSR", sender: police, provider: shelter, clock: clock("decide", -60, 180), submittedAt: at(-60), changedAt: at(-30), group: null, reportedBy: "provider", ...more,
});

export const referrals = [
  row(ids.fresh, "submitted", { urgency: "emergency", clock: clock("acknowledge", -22, 38) }),
  row(ids.asked, "info_requested", { category: "medical_care", ageBand: "not_known", sex: "not_known", caseCode: "SD-26-4H9M1T", clock: clock("decide", -300, 900, "paused") }),
  row(ids.accepted, "accepted", { phase: null, urgency: "medium", category: "legal_aid", ageBand: "age_18_plus", clock: null, caseCode: "PB-26-2B6N8W" }),
  row("01930000-0000-7000-8000-000000000036", "submitted", { caseCode: "PB-26-5T1C8D", ageBand: "age_6_9", group: { id: ids.set, kind: "family", together: true, members: 2 } }),
  row(ids.declined, "declined", { urgency: "low", clock: clock("decide", -600, -20, "missed") }),
];

const view = (id, party, state, more = {}) => ({
  ...row(id, state, {}), groupId: null, party, needId: party === "sender" ? ids.need : null, service: bed, priorState: null, askedUrgency: null, urgencyRule: null,
  reason: null, outcome: null, constraints: ["female_staff"], flags: ["treated_as_child"], population: null, place: "none", reroutedFrom: null, reroutedTo: null, fallbacks: [], entryKinds: ["message"],
  chosen: [{ group: "identity", recordId: null, kind: null }, { group: "health", recordId: null, kind: null }], open: [],
  firstSubmittedAt: party === "sender" && state !== "draft" ? at(-3000) : null, helpedAt: null, minutesToHelp: null,
  acknowledgedAt: null, answeredAt: null, plannedAt: null, plannedEndAt: null, reviewAt: null, startedAt: null, endedAt: null, allowedActions: [], awaitsHandover: false, handovers: [], ...more,
});

/** Who gave her to whom: one that waits for the provider, and one that did not come out even. */
const handover = (id, more = {}) => ({
  id, direction: "arrival", reason: "to_shelter", state: "open", writtenBy: "sender", agency: police, given: 2, received: null, isThere: null,
  givenBy: "ASI Nasreen, 0300 1234567", receivedBy: "شاہدہ، وارڈن", place: "Gate of the shelter", belongings: "A school bag, a shawl", papers: "Copy of the B-form", note: null,
  relationId: null, occurredAt: at(-40), at: at(-35), confirmedAt: null, confirmation: null, finding: null, settledAt: null, settlement: null, confirms: true, findings: [], ...more,
});
const handovers = {
  [ids.accepted]: [],
  [ids.fresh]: [handover("01930000-0000-7000-8000-0000000000d7")],
  [ids.asked]: [handover("01930000-0000-7000-8000-0000000000d8", { state: "missing", received: 1, isThere: false, confirms: false, confirmedAt: at(-10), confirmation: "The second van has not come.", findings: ["miscounted", "found_elsewhere"] })],
};

const answering = [
  { action: "acknowledge", needs: [] },
  { action: "request_info", needs: [need("question", "text", null)] },
  { action: "accept", needs: [need("population", "code", "population")] },
  { action: "decline", needs: [need("reason", "code", "decline_reason"), need("suggestedServiceId", "id", null, false)] },
];

export const details = {
  [ids.fresh]: view(ids.fresh, "provider", "submitted", { urgency: "emergency", clock: clock("acknowledge", -22, 38), allowedActions: answering }),
  [ids.accepted]: view(ids.accepted, "provider", "accepted", {
    victimId: ids.girl, clock: null, place: "reserved", population: "girls", awaitsHandover: true, handovers: ["arrival"], allowedActions: [
      { action: "arrive", needs: [need("at", "time", null), need("plannedEndAt", "plan", null, false)] }, { action: "schedule", needs: [need("plannedAt", "plan", null)] },
      { action: "report_no_show", needs: [need("reason", "code", "no_show_reason"), need("waited", "text", null)] },
      { action: "hold", needs: [need("reason", "code", "hold_reason"), need("reviewAt", "plan", null)] },
    ],
    open: [{ group: "identity", recordId: null, kind: "identity" }, { group: "health", recordId: null, kind: "health" }, { group: "protection", recordId: ids.note, kind: "note" }],
  }),
  [ids.served]: view(ids.served, "provider", "in_service", {
    victimId: ids.girl, clock: clock("report_back", -600, 2000), place: "occupied", population: "girls", startedAt: at(-600), handovers: ["arrival", "release"], allowedActions: [
      { action: "complete", needs: [need("outcome", "code", "outcome", true, ["safely_reunited", "placed_in_family_care"]), need("note", "text", null, false)] },
    ],
  }),
  [ids.declined]: view(ids.declined, "sender", "declined", { victimId: ids.girl, reason: "no_capacity", clock: null, allowedActions: [{ action: "reroute", needs: [need("serviceId", "id", null)] }] }),
  [ids.asked]: view(ids.asked, "sender", "info_requested", {
    victimId: ids.girl, chosen: [{ group: "identity", recordId: null, kind: null }, { group: "protection", recordId: ids.note, kind: "note" }], clock: clock("answer_info", -20, 40), allowedActions: [
      { action: "answer_info", needs: [need("answer", "text", null)] }, { action: "cancel", needs: [need("reason", "code", "cancel_reason")] },
    ],
  }),
  [ids.draft]: view(ids.draft, "sender", "draft", { victimId: ids.girl, submittedAt: null, clock: null, allowedActions: [{ action: "submit", needs: [] }] }),
};

const member = (id, state, more = {}, rowMore = {}) => ({
  referral: row(id, state, rowMore), service: bed, population: "girls", countsPlaces: true, reason: null, awaitsAnswer: false, awaitsApproval: false, allowedActions: [], awaitsCountSince: null, ...more,
});
const [elder, younger] = [{ caseCode: "PB-26-7F3K2Q", ageBand: "age_12_13" }, { caseCode: "PB-26-5T1C8D", ageBand: "age_6_9" }];
const group = (id, members, more = {}) => ({ id, kind: "family", together: true, state: "open", members, createdAt: at(-60), allowedActions: [], allowedDecisions: [], ...more });
export const groups = {
  [ids.set]: group(ids.set, [
    member(ids.fresh, "submitted", { awaitsAnswer: true }, elder), member("01930000-0000-7000-8000-000000000036", "submitted", { awaitsAnswer: true, population: null }, younger),
  ], { allowedActions: ["answer"] }),
  [ids.setSent]: group(ids.setSent, [
    member(ids.accepted, "accepted", { awaitsApproval: true }, { ...elder, victimId: ids.girl, clock: null }), member(ids.declined, "declined", { reason: "no_capacity" }, { ...younger, victimId: ids.woman, clock: null }),
  ], { state: "partially_accepted", allowedActions: ["ask"] }),
  [ids.setComing]: group(ids.setComing, [elder, younger, { ...younger, caseCode: "PB-26-9HM871" }].map((one, i) => member([ids.accepted, ids.fresh, ids.served][i], "accepted", i < 2
    ? { allowedActions: ["confirm"], awaitsCountSince: at(-20) }
    : { allowedActions: ["depart", "hand_over"] }, { ...one, phase: i < 2 ? "in_transit" : null })), { state: "accepted" }),
  [ids.setApart]: group(ids.setApart, [
    member(ids.accepted, "accepted", { awaitsApproval: true, allowedActions: ["arrive"] }, { ...elder, victimId: ids.girl }), member(ids.fresh, "accepted", { awaitsApproval: true, allowedActions: ["arrive"] }, { ...younger, victimId: ids.woman }),
    member(ids.declined, "declined", { reason: "no_capacity" }, { ...younger, victimId: ids.woman, clock: null }),
  ], { state: "partially_accepted", allowedDecisions: ["approve", "send_back", "refuse"] }),
  [ids.draft]: group(ids.draft, [elder, younger].map((one, i) => member([ids.draft, ids.asked][i], "draft", {}, { ...one, victimId: [ids.girl, ids.woman][i], clock: null, submittedAt: null })), { allowedActions: ["submit"] }),
};

const victim = (id, more = {}) => ({
  id, caseCode: "PB-26-7F3K2Q", leadAgency: police, status: "open", identification: "presumed", sex: "female", ageBand: "age_12_13", ageStatus: "estimated",
  asChild: true, district: "PK-PB-KSR", languages: ["pnb"], householdId: id === ids.girl ? ids.household : null, openedAt: at(-3000), changedAt: at(-3000),
  groups: ["identity", "contact", "demographics", "health"], whole: true, may: { edit: true, refer: true, recordBasis: true, manageTeam: false, block: false, transfer: false, askForLead: false, close: true, reopen: false, determineAge: false, shareWithoutConsent: true, keepOrders: true }, closedAt: null, closedReason: null, emergencyUntil: null, ...more,
});

const service = (one, agency, more = {}) => ({
  ...one, agency, category: "safe_shelter", minAge: 6, maxAge: 17, sex: "female", languages: ["urd", "pnb"], accessibility: [], constraints: ["female_staff"], coverage: [],
  withSiblings: true, hours: { always: true, weekly: [] }, emergency: true, accreditation: null, accreditedTo: null, assuredOn: null, status: "active", confidential: true,
  district: "PK-PB-LHR", lat: null, lon: null, capacity: [], ...more,
});
export const matches = {
  items: [
    { service: service(bed, shelter), rank: 1, reasons: [], distanceKm: null, freePlaces: 3, openNow: true, covered: true },
    { service: service(refuge, crisis, { sex: null, maxAge: null, constraints: [] }), rank: 2, reasons: ["places_not_counted"], distanceKm: 98.6, freePlaces: null, openNow: true, covered: true },
    { service: service(hostel, trust), rank: 3, reasons: [], distanceKm: 41.2, freePlaces: 1, openNow: true, covered: true },
    { service: service({ ...ward }, hospital, { constraints: [], minAge: null, maxAge: null }), rank: 4, reasons: [], distanceKm: 12.4, freePlaces: 0, openNow: false, covered: false },
  ],
  excluded: [{ service: { id: "01930000-0000-7000-8000-0000000000b3", nameEn: "Hostel for boys", nameUr: "لڑکوں کا ہاسٹل" }, reasons: ["sex"] }],
};

const item = (id, kind, minutes, restricted) => ({ id, kind, group: "protection", at: at(minutes), changedAt: at(minutes), restricted, occurrenceId: null, authorIsMe: true });
export const items = [item(ids.note, "note", -2000, false), item(ids.incident, "incident", -3000, true)];

const plans = [item(ids.plan, "plan", -900, false)];
const visits = [item(ids.visit, "visit", -400, false)];
const files = [{ ...item(ids.file, "attachment", -300, false), group: "identity" }];
const visitsDue = [["three_month", -140000, -900, "missed"], ["six_month", -140000, 120000, "running"], ["twelve_month", -140000, 380000, "running"]].map(([visit, started, due, state], i) => ({
  id: `01930000-0000-7000-8000-0000000006f${i}`, kind: "follow_up", subjectKind: "victim", subjectId: ids.girl, topic: null, visit, urgency: "medium", startedAt: at(started), dueAt: at(due), state, stage: "none", canBeDone: false,
}));
const ofHer = [["act_before", "court_hearing", 1500, true], ["act_before", "medico_legal_examination", -90, true], ["plan_review", null, 9000, false]].map(([kind, topic, due, canBeDone], i) => ({
  id: `01930000-0000-7000-8000-0000000005f${i}`, kind, subjectKind: "victim", subjectId: ids.girl, topic, visit: null, urgency: "high", startedAt: at(due - 3000), dueAt: at(due), state: due < 0 ? "missed" : "running", stage: "none", canBeDone,
}));
const overseen = [["confirm_cancel", ids.accepted, -300], ["attest_deletion", ids.declined, -4000]].map(([kind, subjectId, due], i) => ({
  id: `01930000-0000-7000-8000-0000000004f${i}`, kind, subjectKind: "referral", subjectId, topic: null, visit: null, urgency: "high", startedAt: at(due - 900), dueAt: at(due), state: "missed", stage: "missed", canBeDone: false,
}));
const late = [["acknowledge", "referral", ids.fresh, -20], ["follow_up", "victim", ids.girl, -900], ["decide", "referral", ids.accepted, 40]].map(([kind, subjectKind, subjectId, due], i) => ({
  id: `01930000-0000-7000-8000-0000000007f${i}`, kind, subjectKind, subjectId, topic: null, visit: null, urgency: "high", startedAt: at(due - 100), dueAt: at(due), state: "running", stage: "none", canBeDone: false,
}));
const bureau = { id: "01930000-0000-7000-8000-0000000000a4", nameEn: "Child Protection Bureau, Lahore", nameUr: "چائلڈ پروٹیکشن بیورو، لاہور" };
const transfer = (id, more = {}) => ({
  id, victimId: null, caseCode: "PB-26-7F3K2Q", from: police, to: shelter, askedBy: "offer", state: "open", stays: true, reason: "person_moved", declineReason: null, urgency: "high",
  ageBand: "age_12_13", sex: "female", district: "PK-PB-KSR", askedAt: at(-40), dueAt: at(2840), endedAt: null, allowedActions: ["accept", "decline"], ...more,
});
export const transfers = {
  [ids.offered]: transfer(ids.offered),
  [ids.requested]: transfer(ids.requested, { victimId: ids.girl, to: bureau, askedBy: "request", stays: null, reason: "jurisdiction", urgency: null, caseCode: "PB-26-2B6N8W", ageBand: "age_6_9" }),
  [ids.sent]: transfer(ids.sent, { victimId: ids.girl, to: bureau, allowedActions: ["revoke"] }),
  [ids.moved]: transfer(ids.moved, { victimId: ids.girl, from: bureau, to: police, state: "declined", declineReason: "no_capacity", stays: false, endedAt: at(-2000), allowedActions: [] }),
};
const approval = (id, more = {}) => ({
  id, kind: "closure", state: "open", subjectKind: "victim", subjectId: ids.woman, victimId: ids.woman, caseCode: "SD-26-9Q4R7Z", ageBand: "age_18_plus", sex: "female", district: "PK-PB-KSR", agency: police,
  urgency: "medium", reason: "goals_met", criteria: ["safe_where_she_lives", "person_agrees", "knows_the_way_back"], askedBy: { id: "01930000-0000-7000-8000-0000000000c2", displayName: "Imran Sial" },
  askedAt: at(-1500), dueAt: at(1200), escalated: false, decidedBy: null, decidedAt: null, question: null, line: null, own: false, mayWithdraw: false, allowedDecisions: ["approve", "send_back", "refuse"], groupId: null, ...more,
});
const glass = (id, more = {}) => ({
  id, victimId: ids.hers, caseCode: "PB-26-2B6N8W", ageBand: "age_14_15", sex: "female", district: "PK-PB-KSR", openedBy: { id: "01930000-0000-7000-8000-0000000000c5", displayName: "Dr. Hina Raza" }, agency: hospital, leadAgency: police,
  reason: "medical_emergency", groups: ["identity", "health"], openedAt: at(-70), untilAt: at(170), dueAt: at(1370), escalated: false, answer: null, reviewedBy: null, reviewedAt: null, note: null, line: null, readings: [],
  own: false, mayEnd: true, allowedAnswers: ["justified", "too_wide", "not_justified"], ...more,
});
const glassWords = {
  note: "She was brought in unconscious and bleeds. بے ہوش لائی گئی ہے۔",
  readings: [{ action: "record.read", groups: ["identity"], times: 1, firstAt: at(-69), lastAt: at(-69) }, { action: "record.read", groups: ["health"], times: 3, firstAt: at(-66), lastAt: at(-20) }],
};
const glasses = {
  [ids.glass]: glass(ids.glass),
  [ids.glassOwn]: glass(ids.glassOwn, { own: true, allowedAnswers: [] }),
  [ids.glassFound]: glass(ids.glassFound, {
    victimId: null, caseCode: null, ageBand: null, sex: null, district: null, mayEnd: false, allowedAnswers: [], untilAt: at(-30), answer: "not_justified", reviewedBy: { id: "01930000-0000-7000-8000-0000000000c2", displayName: "Imran Sial" }, reviewedAt: at(-30),
  }),
};
const asked = "She lives with her aunt and has found work there. وہ اپنی خالہ کے ساتھ محفوظ ہے۔";
export const approvals = {
  [ids.separated]: approval(ids.separated, {
    kind: "set_broken", subjectKind: "referral", subjectId: ids.accepted, victimId: ids.girl, caseCode: "PB-26-7F3K2Q", ageBand: "age_12_13", urgency: "high", reason: null, criteria: [], askedAt: at(-1700), dueAt: at(-260), escalated: true, groupId: ids.setApart,
  }),
  [ids.closure]: approval(ids.closure),
  [ids.proposed]: approval(ids.proposed, { victimId: ids.girl, caseCode: "PB-26-2B6N8W", own: true, mayWithdraw: true, allowedDecisions: [], askedAt: at(-60), dueAt: at(2800) }),
};
const block = (id, more = {}) => ({
  id, worker: null, agency: null, reason: "related_to_perpetrator", note: "Cousin of the kiln owner. بھٹہ مالک کا رشتہ دار۔", fromAt: at(-9000), liftedAt: null, watchedUntil: null, lift: null, marks: [], ...more,
});
const colleague = { id: "01930000-0000-7000-8000-0000000000c3", displayName: "Rafiq Masih" };
export const blocks = [
  block(ids.block, { worker: colleague }),
  block("01930000-0000-7000-8000-000000000064", { reason: "alleged_perpetrator", note: null, marks: ["national_id", "name_and_father"] }),
  block("01930000-0000-7000-8000-000000000065", { agency: hospital, reason: "under_review", note: null, lift: { id: ids.lift, askedBy: { id: "01930000-0000-7000-8000-0000000000c2", displayName: "Imran Sial" }, askedAt: at(-60), dueAt: at(2800) } }),
  block("01930000-0000-7000-8000-000000000066", { worker: { ...colleague, displayName: "Noreen Akhtar" }, note: null, liftedAt: at(-4000), watchedUntil: at(120_000) }),
];
approvals[ids.lift] = approval(ids.lift, {
  kind: "block_lift", subjectKind: "block", subjectId: ids.block, victimId: ids.girl, caseCode: "PB-26-7F3K2Q", ageBand: "age_12_13", reason: null, criteria: [], askedAt: at(-60), dueAt: at(2800), block: blocks[0],
});
const silentAlert = {
  id: ids.alert, kind: "tried", victimId: ids.girl, caseCode: "PB-26-7F3K2Q", ageBand: "age_12_13", sex: "female", district: "PK-PB-KSR", blockId: ids.block,
  worker: colleague, agency: police, operation: "getVictim", at: at(-45), raisedAt: at(-44), handledAt: null, handledBy: null, words: null, block: null,
};
const agencies = [shelter, hospital, bureau, police].map((one, i) => ({
  ...one, parentId: null, code: null, kind: ["shelter", "health", "child_protection", "police"][i], province: "PK-PB", district: ["PK-PB-LHR", "PK-PB-KSR", "PK-PB-LHR", "PK-PB-KSR"][i], status: "active",
  hasAccount: true, confidential: false, helpline: null, address: null, lat: null, lon: null, calendar: "usual", isOwn: false,
}));
export const bodies = {
  ...evidenceBodies,
  [ids.note]: { text: "Asks for her sister every evening. وہ ہر شام اپنی بہن کا پوچھتی ہے۔" },
  [ids.plan]: { goals: [{ category: "education_school_enrolment", text: "Class four at the school by the canal", state: "going", workerId: "01930000-0000-7000-8000-0000000000c1", agencyId: null, dueOn: "2027-04-01", actions: [{ text: "Ask for the birth certificate", dueOn: null, done: true }, { text: "سکول کی ہیڈ ٹیچر سے بات", dueOn: null, done: false }] }], reviewOn: "2027-02-01" },
  [ids.file]: { shows: "birth_certificate" },
  [ids.visit]: { visit: "in_care", findings: ["safe", "spoken_alone", "learns"], text: "She showed her school bag." },
  [ids.incident]: { types: ["bonded_labour"], means: ["debt"], placeKind: "brick_kiln", district: "PK-PB-KSR", from: "2026-03-01", text: "The whole family worked off an advance." },
};

const laterWords = "Her sister was found on Monday. Nobody has told her yet.";
const told = (id, more = {}) => ({
  id, kind: "intake", channel: "helpline", outcome: null, urgency: "high", district: "PK-PB-KSR", reportedAt: at(-25), receivedAt: at(-25), isLate: false, callBackBy: null, stopBy: null, victimId: null, ...more,
});
export const report = told("01930000-0000-7000-8000-000000000041", {
  isAnonymous: true, story: "Two girls carry bricks at night behind the canal. ان میں سے ایک کے ہاتھ جلے ہوئے ہیں۔",
  reporter: { name: null, phone: "+923001234567", mayRing: true, callNote: "After six, ask for Noreen" }, handler: police, aboutAgency: null, aboutWorker: null,
  relatedId: null, duplicates: ["01930000-0000-7000-8000-000000000043"], callBackBy: at(235), stopBy: at(1435),
  messages: [
    { kind: "call_back", at: at(-5), body: { text: "After six", wasHeard: null, wasHelped: null, feltSafe: null, wouldAskAgain: null } },
    { kind: "feedback", at: at(-9), body: { text: null, wasHeard: "yes", wasHelped: null, feltSafe: "not_sure", wouldAskAgain: null } },
  ],
  may: { sort: true, link: true },
});
const reports = [
  { ...told(report.id), unread: 1, callBackBy: report.callBackBy, stopBy: report.stopBy },
  { ...told("01930000-0000-7000-8000-000000000042", { kind: "complaint", channel: "walk_in", urgency: null, district: null, isLate: true }), unread: 0 },
];

const page = (items) => ({ items, next: null });

/** The answer to a request, or undefined. */
export function answerTo(method, path, { areas, query = "", isLater = false } = {}) {
  const [, , , noun, id, sub, subId, last] = path.split("/");
  switch (`${method} ${noun}`) {
    case "GET me": return id === "contact"
      ? { email: "desk@invented.example", phone: "+923001234567", byEmail: true, bySms: false, language: "urd", quietFrom: "22:00", quietTo: "06:00", channels: ["email", "sms"] }
      : me(areas);
    case "GET districts": return page(districts);
    case "GET provinces": return page([{ code: "PK-PB", nameEn: "Punjab", nameUr: "پنجاب", type: "province" }]);
    case "GET helplines": return page([
      { number: "15", nameEn: "Police emergency", nameUr: "پولیس ایمرجنسی", provinceCode: null, hours: "24x7", serves: "" },
      { number: "1121", nameEn: "Child protection helpline", nameUr: "چائلڈ پروٹیکشن ہیلپ لائن", provinceCode: null, hours: "24x7", serves: "" },
    ]);
    case "GET taxonomies": {
      const set = taxonomies[id];
      return set && { name: id, version: "1", title: set.title, codes: set.codes.map(({ code, labels, definition_en: definitionEn = null, retired = false }) => ({ code, labels, definitionEn, retired })) };
    }
    case "GET referrals":
      if (!id) { return page(referrals); }
      if (sub === "history") { return page([{ at: at(-60), action: "referral.submitted", from: "draft", to: "submitted", party: "sender", agency: police, reportedBy: null }]); }
      if (sub === "entries") { return page([{ id: "01930000-0000-7000-8000-0000000000d1", kind: "message", text: "کیا بچی کو دوا کی ضرورت ہے؟ We have a nurse until 6 pm.", codes: [], at: at(-15), agency: shelter, mine: false }]); }
      if (sub === "matches") { return { ...matches, items: [{ ...matches.items[0], service: service(ward, hospital) }] }; }
      if (sub === "preview") {
        return {
          before: ["ageBand", "sex", "district", "category", "urgency", "constraints"],
          after: [
            ...["identity", "health"].map((group) => ({ group, recordId: null, kind: group, covered: true, basisId: ids.basis })),
            { group: "protection", recordId: ids.note, kind: "note", covered: true, basisId: ids.basis },
          ],
          missing: [], respondBy: { acknowledge: at(60), decide: at(240) },
        };
      }
      if (sub === "handovers") { return page(handovers[id] ?? []); }
      return details[id] ?? (id.endsWith("dead") ? undefined : { ...details[ids.draft], id });
    case "GET referral-groups": return groups[id];
    case "POST referral-groups": return sub ? groups[id] : groups[ids.draft];
    case "GET households": return page([
      victim(ids.girl, { openReferrals: 1 }), victim(ids.boy, { sex: "male", ageBand: "age_6_9", caseCode: "PB-26-5T1C8D", openReferrals: 0 }),
    ]);
    case "GET agencies": return page(agencies);
    case "GET audit": return id === "seals" ? page(seals) : page(journal);
    case "POST audit": return { seals: 3, rows: 412, badPosition: null, fault: null, next: null, newest: 3, waiting: 1, witnessed: 3 };
    case "GET transfers":
      if (id) { return transfers[id]; }
      return page(query.includes(ids.girl) ? [transfer(ids.sent), transfers[ids.moved]] : query.includes("victimId") ? [transfers[ids.moved]] : query.includes("box=sent") ? [transfers[ids.sent]] : [transfers[ids.offered], transfers[ids.requested]]);
    case "POST transfers": return transfer(id ?? ids.offered, { victimId: ids.girl, allowedActions: ["revoke"] });
    case "GET law": return id === "proposals" ? page(proposals) : path.endsWith("/changes") ? page(changes) : id === "releases" ? (sub ? { number: 1, instruments: laws, rules: [] } : page([{ number: 1, state: "approved", note: "Brought by the product.", proposedAt: at(-9000), approvedAt: at(-9000) }])) : page([["PK-PB", 18, "unverified"], ["PK-SD", 18, "in_force"], ["PK-KP", 16, "in_force"], ["PK-BA", 18, "in_force"], ["PK-IS", 18, "in_force"], ["PK-GB", 16, "reach_uncertain"], ["PK-JK", null, "no_rule"]].map(([province, limit, status]) => ({
      purpose: "marriage_female", province, limit, sex: null, status, benchmark: 18,
      rule: limit && { id: `rule-${province}`, jurisdiction: province, purpose: "marriage_female", limit, sex: null, instrumentId: "act", law: "Child Marriage Restraint Act 2013", from: "2014-06-11", to: null, precision: "day", kind: "statute", verifyBy: null, note: province === "PK-PB" ? "If the ordinance lapsed (90 days) without an Act, the 1929 age of 16 revives - verify" : null, confidence: "high" },
    })));
    case "GET clocks": return page(query.includes("overseen") ? (areas?.includes("desk") && !areas.includes("work") ? overseen : []) : query.includes("follow_up") ? visitsDue : query.includes(`victimId=${ids.girl}`) ? [ofHer[1], ofHer[0], ofHer[2]] : areas?.includes("desk") ? late : []);
    case "GET break-glass": return id ? glasses[id] && { ...glasses[id], ...glassWords, ...(id === ids.glassFound && { note: null }) } : page(areas?.includes("desk") ? [glasses[ids.glass]] : areas?.includes("emergency") ? [glasses[ids.glassOwn]] : []);
    case "POST break-glass": return glass(id ?? ids.glassOwn, { own: !sub, allowedAnswers: [], ...(sub === "review" && { answer: "justified" }), ...(sub === "end" && { untilAt: at(0), mayEnd: false }) });
    case "GET approvals": return id ? approvals[id] && { ...approvals[id], question: asked } : page(query.includes("victimId") ? [] : Object.values(approvals));
    case "GET silent-alerts": return id ? { ...silentAlert, block: { ...blocks[0], note: null } } : page(areas?.includes("alerts") ? [silentAlert] : []);
    case "POST silent-alerts": return { ...silentAlert, handledAt: at(0), words: laterWords };
    case "POST workers": return { items: [colleague] };
    case "POST approvals": return approval(id, { state: sub === "withdraw" ? "withdrawn" : "approved", allowedDecisions: [] });
    case "GET services":
      return page([
        service(bed, shelter, { isOwn: true, questionedAt: at(-90), capacity: [
          { population: "girls", licensed: 12, reserved: 2, occupied: 7, free: 3, waiting: 1, asOf: at(-30), doubtedAt: at(-10), tag: '"5"' },
          { population: "boys", licensed: 4, reserved: 0, occupied: 4, free: 0, waiting: 0, asOf: at(-3000), doubtedAt: null, tag: '"2"' },
          { population: "women_with_children", licensed: 3, reserved: 0, occupied: 1, free: 2, waiting: 0, asOf: at(-40), doubtedAt: null, tag: '"3"' },
        ] }),
        service(ward, shelter, { isOwn: true, category: "medical_care" }),
      ]);
    case "GET reports": return id ? report : page(query.includes("kind=complaint") ? reports.filter(({ kind }) => kind === "complaint") : reports);
    case "PUT reports": return report;
    case "POST reports": return sub === "called-back" ? { ...report, callBackBy: null } : sub === "stop-answered" ? { ...report, stopBy: null } : sub ? { ...report, outcome: "case_opened", victimId: ids.girl, may: { sort: false, link: false } } : { id: crypto.randomUUID(), isLate: false, handler: police, followCode: "7F3K-2QX-W4X" };
    case "POST public": return sub === "status" ? { status: "being_acted_on" } : { sent: true };
    case "GET notifications": return page([
      { id: "01930000-0000-7000-8000-0000000000f1", kind: "referral.accepted", subjectKind: "referral", subjectId: ids.accepted, stage: "none", dueAt: null, at: at(-5), readAt: null },
      { id: "01930000-0000-7000-8000-0000000000f2", kind: "clock.answer_info", subjectKind: "referral", subjectId: ids.asked, stage: "escalated", dueAt: at(40), at: at(-20), readAt: null },
    ]);
    case "PUT referrals": return { ...details[ids.draft], id };
    case "POST referrals": return sub ? view(id, "sender", "submitted", { victimId: ids.girl }) : { ...details[ids.draft], id: crypto.randomUUID() };
    case "GET victims":
      if (sub === "blocks") { return page(blocks); }
      if (!id) { return page([victim(ids.girl), victim(ids.woman, { sex: "female", ageBand: "age_18_plus", asChild: false, caseCode: "SD-26-9Q4R7Z", district: "PK-SD-KHC" })].map((one) => ({ ...one, openReferrals: 2 }))); }
      if (sub === "needs" && last === "matches") { return matches; }
      if (sub === "needs") { return page([{ id: ids.need, category: "safe_shelter", urgency: "emergency", status: "open", unmetReason: null, constraints: [], at: at(-100) }, { id: ids.need2, category: "medical_care", urgency: "high", status: "open", unmetReason: null, constraints: [], at: at(-100) }]); }
      if (sub === "bases") { return subId ? bases.find((one) => one.id === subId) ?? bases[0] : page(bases); }
      if (sub === "records") { return subId ? { ...[...items, ...plans, ...visits, ...files, ...evidenceItems].find((one) => one.id === subId), attachment: subId === ids.file ? { mediaType: "image/jpeg", size: 204800 } : null, body: isLater ? { ...bodies[subId], text: laterWords } : bodies[subId], workers: subId === ids.plan ? [{ id: "01930000-0000-7000-8000-0000000000c1", displayName: "Sana Iqbal" }] : [], agencies: [] } : page(query.includes("kind=plan") ? plans : query.includes("kind=visit") ? visits : query.includes("kind=age_evidence") ? evidenceItems : query.includes("kind=attachment") ? files : items); }
      if (sub === "age") { return age; }
      if (sub === "age-determinations") { return page(decisions); }
      if (sub === "identity") { return { name: { ur: "زینب", latin: isLater ? "Zaynab Bibi" : "Zainab" }, fatherName: { ur: "محمد اسلم", latin: isLater ? "Muhammad Aslam" : null }, aliases: [], nationalId: null, nationalIdKind: null, birth: { on: null, years: 12, band: null, asOf: "2026-11-24", evidence: "appearance" }, nationality: null }; }
      if (sub === "contact") { return { phones: [{ number: "+923001234567", mayRing: false, whose: "father", when: null, askFor: null, neverSay: "That she has left" }], address: null, district: null, safeContact: null }; }
      if (sub === "health") { return { disability: [], urgentNotes: "Burn on the left arm", conditions: null, medication: null, allergies: null, pregnant: null }; }
      if (sub === "demographics") { return { languages: ["pnb"], religion: null, schooling: null, maritalStatus: null, occupation: null, industry: "brick_kiln" }; }
      if (sub === "team") { return page([{ id: "01930000-0000-7000-8000-0000000000c1", kind: "worker", displayName: "Sana Iqbal", agency: police, fromAt: at(-3000) }]); }
      if (sub === "assignable") {
        return page([
          { id: "01930000-0000-7000-8000-0000000000c2", displayName: "Imran Sial", canBeAssigned: true }, { id: "01930000-0000-7000-8000-0000000000c3", displayName: "رخسانہ بی بی", canBeAssigned: true },
          { id: "01930000-0000-7000-8000-0000000000c4", displayName: "Away Today", canBeAssigned: false },
        ]);
      }
      if (sub === "messages") { return page(voice); }
      if (sub === "readers") {
        return page([
          { agency: shelter, role: "provider_staff", groups: ["identity"], firstAt: at(-4000), lastAt: at(-30), times: 3 },
          { agency: police, role: "caseworker,supervisor", groups: ["identity", "health"], firstAt: at(-9000), lastAt: at(-9000), times: 1 },
        ]);
      }
      if (sub === "access-log") { return page([{ at: at(-30), agency: shelter, role: "provider_staff", action: "record.read", groups: ["identity"], outcome: "done" }]); }
      if (id === ids.hers) { return victim(id, { caseCode: "PB-26-2B6N8W", ageBand: "age_14_15", householdId: null, groups: ["identity", "health"], whole: false, emergencyUntil: at(170), may: Object.fromEntries(Object.keys(victim(id).may).map((one) => [one, false])) }); }
      if (id === ids.closed) { return victim(id, { status: "closed", closedAt: at(-900), closedReason: "goals_met", may: { edit: true, refer: false, recordBasis: true, manageTeam: false, block: false, transfer: false, askForLead: false, close: false, reopen: true } }); }
      return victim(id, areas?.includes("desk") ? { may: { edit: true, refer: true, recordBasis: true, manageTeam: true, block: true, transfer: true, askForLead: false, close: true, reopen: false, determineAge: true, shareWithoutConsent: true, keepOrders: true } } : {});
    case "POST victims":
      if (sub === "may-share") {
        return page([
          ...["minimum", "identity", "demographics", "health"].map((group) => ({ group, recordId: null, covered: true, basisId: ids.basis, why: null })),
          { group: "contact", recordId: null, covered: false, basisId: null, why: "group_not_covered" },
          { group: "protection", recordId: ids.note, covered: true, basisId: ids.basis, why: null },
          { group: "protection", recordId: ids.incident, covered: false, basisId: null, why: "group_not_covered" },
        ]);
      }
      if (id === "search") {
        return {
          items: [
            { id: ids.girl, caseCode: "PB-26-7F3K2Q", ageBand: "age_12_13", sex: "female", district: "PK-PB-KSR", status: "open", likeness: "likely", because: ["name", "father_name"] },
            { id: ids.woman, caseCode: "SD-26-9Q4R7Z", ageBand: "age_18_plus", sex: "female", district: "PK-SD-KHC", status: "closed", likeness: "possible", because: ["name"] },
          ],
          more: true,
        };
      }
      if (id === "intake") { return { householdId: ids.household, members: [victim(ids.girl), victim(ids.boy)] }; }
      if (id === "names") { return page([{ id: ids.girl, name: { ur: "زینب", latin: "Zainab" } }, { id: ids.woman, name: null }]); }
      if (last === "what-if") { return { losesAccess: [{ agency: shelter, groups: ["minimum", "identity"], referralId: ids.fresh }], endsReferrals: [ids.fresh], stays: [], losesOrder: [] }; }
      if (sub === "needs") { return { id: ids.need, category: "safe_shelter", urgency: "high", status: "open", unmetReason: null, constraints: [], at: at(0) }; }
      if (sub === "bases") { return bases.find((one) => one.id === subId) ?? bases[0]; }
      if (sub === "follow-code") { return { followCode: "7F3K-2QX-W4M" }; }
      if (sub === "messages") { return voice[2]; }
      if (sub === "age-disputes") { return decisions[0]; }
      if (sub === "age-determinations") { return decisions[1]; }
      return victim(ids.girl);
    default: return undefined;
  }
}

const unsaid = { text: null, wasHeard: null, wasHelped: null, feltSafe: null, wouldAskAgain: null };
export const voice = [
  { id: "01930000-0000-7000-8000-00000000d001", kind: "stop", at: at(-60), body: { ...unsaid, text: "گھر پر کوئی نہ آئے" }, dueAt: at(900), answer: null, answeredAt: null },
  { id: "01930000-0000-7000-8000-00000000d002", kind: "feedback", at: at(-200), body: { ...unsaid, wasHeard: "yes", feltSafe: "no" }, dueAt: null, answer: null, answeredAt: null },
  { id: "01930000-0000-7000-8000-00000000d003", kind: "call_back", at: at(-4000), body: unsaid, dueAt: null, answer: { outcome: "called", words: "She is well." }, answeredAt: at(-3900) },
];

const laws = [["pk-ptpa-2018", "PTPA 2018", "in_force"], ["pk-old", "Repealed Act", "repealed"]].map(([id, shortName, status]) => ({ id, shortName, fullTitle: shortName, jurisdiction: "PK", subject: "trafficking", from: "2018", to: null, status, source: "own knowledge", confidence: "high", note: null }));
const aRule = { id: "pk-kp-marriage-female-1", jurisdiction: "PK-KP", purpose: "marriage_female", limit: 16, sex: null, instrumentId: "act", law: "Child Marriage Restraint Act 1929", from: "1961-07-15", to: null, precision: "day", kind: "statute", verifyBy: null, note: null, confidence: "medium" };
const changes = [
  { before: aRule, after: { ...aRule, to: "2027-01-01" }, members: ["to"], rewritesPast: false },
  { before: null, after: { ...aRule, id: "pk-kp-marriage-female-2", limit: 18, from: "2027-01-01" }, members: [], rewritesPast: false },
  { before: aRule, after: { ...aRule, limit: 14 }, members: ["limit"], rewritesPast: true },
];
const proposals = [
  { number: 2, state: "proposed", note: "An invented act of Khyber Pakhtunkhwa.", proposedBy: { id: "01930000-0000-7000-8000-0000000000c2", displayName: "Imran Sial" }, proposedAt: at(-60), decidedBy: null, decidedAt: null, line: null, mayWithdraw: false, allowedDecisions: ["approve", "refuse"] },
  { number: 1, state: "approved", note: "Brought by the product.", proposedBy: null, proposedAt: at(-9000), decidedBy: null, decidedAt: at(-9000), line: null, mayWithdraw: false, allowedDecisions: [] },
];
const unasked = { occurrenceId: null, bestInterests: null, order: null, law: null, reason: null, note: null, records: [], supersedesId: null, witness: null };
const bases = [{
  ...unasked, id: ids.basis, kind: "consent", status: "active", givenBy: { relation: "mother", name: null }, capacity: "guardian_with_assent", form: "thumb_print", language: "urd", allowedActions: ["withdraw"],
  scriptVersion: "2026-11", validFrom: at(-200), validTo: null, groups: ["identity", "health"], records: [], purposes: ["provide_service"], recipients: { agencies: [], kinds: ["shelter"], districts: ["PK-PB"] }, hideFrom: { agencies: [], kinds: [] }, endedAt: null, endedReason: null,
}];
/** Nobody gave these: an order that stands, and a decision that waits for a second person. */
const nobodys = { ...unasked, givenBy: { relation: "none", name: null }, capacity: "none", form: "none", language: null, scriptVersion: null, validFrom: at(-300), hideFrom: { agencies: [], kinds: [] }, endedAt: null, endedReason: null };
bases.push({
  ...nobodys, id: ids.order, kind: "court_order", status: "active", validTo: at(60 * 24 * 30), groups: ["minimum", "identity"], purposes: ["legal_proceedings"], recipients: { agencies: [hospital], kinds: [], districts: [] },
  order: { court: "Sessions Court Kasur", orderNumber: "112/2026", judge: null, orderedOn: "2026-11-20" }, allowedActions: ["stay", "amend", "end"],
}, {
  ...nobodys, id: ids.decision, kind: "best_interests_decision", status: "pending", validTo: at(60 * 24 * 60), groups: ["minimum", "identity", "health"], purposes: ["provide_service"], recipients: { agencies: [shelter], kinds: [], districts: [] },
  bestInterests: { ground: "guardian_conflicted", reason: "Her uncle works for the kiln.", childSaid: "I want to go to school.", tried: null, risks: "The uncle may hear of it." }, allowedActions: [],
});
const hash = "50de710f25e97ae900e8b886b0a95bda2573e48041c90c58e35fe0d27ac29057";
const seals = [1, 2, 3].map((n) => ({ n, fromPosition: n * 150 - 149, toPosition: n === 3 ? 412 : n * 150, hash: hash.slice(n) + hash.slice(0, n), previous: hash, macKey: "journal-mac-8e1350d8", signature: hash + hash, signingKey: "journal-signing-505cd524", at: at(-60 + n) }));
const line = { clientId: null, agency: police, role: "caseworker", outcome: "done", subjectKind: "victim", subjectId: ids.girl, victimId: ids.girl, groups: [], facts: {} };
const journal = [
  { ...line, id: "01930000-0000-7000-8000-0000000000a1", position: null, at: at(-1), workerId: "01930000-0000-7000-8000-0000000000c1", action: "record.read", groups: ["identity", "health"], facts: { count: "2" } },
  { ...line, id: "01930000-0000-7000-8000-0000000000a2", position: 412, at: at(-30), workerId: "01930000-0000-7000-8000-0000000000c2", agency: shelter, role: "provider_staff,supervisor", action: "refused.unknown", outcome: "unknown", subjectKind: "referral", subjectId: ids.fresh, victimId: null },
  { ...line, id: "01930000-0000-7000-8000-0000000000a3", position: 411, at: at(-3000), workerId: null, agency: null, role: "", action: "clock.missed", subjectKind: "referral", subjectId: ids.asked, facts: { clock: "answer_info" } },
  { ...line, id: "01930000-0000-7000-8000-0000000000a4", position: 410, at: at(-3001), workerId: "01930000-0000-7000-8000-0000000000c3", agency: shelter, role: "agency_admin", action: "capacity.set", subjectKind: "service", subjectId: ids.need, victimId: null },
];
