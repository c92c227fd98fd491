// What the server would say of an age, for pictures and tests.
const at = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();

export const evidence = {
  paper: "01930000-0000-7000-8000-0000000009e1", examined: "01930000-0000-7000-8000-0000000009e2", said: "01930000-0000-7000-8000-0000000009e3",
};
const item = (id, minutes) => ({ id, kind: "age_evidence", group: "legal", at: at(minutes), changedAt: at(minutes), restricted: false, occurrenceId: null, authorIsMe: true });
export const evidenceItems = [item(evidence.paper, -700), item(evidence.examined, -800), item(evidence.said, -2900)];
export const evidenceBodies = {
  [evidence.paper]: { evidence: "birth_certificate", bornOn: "2010-03-02", years: null, least: null, most: null, text: "Union council 14, entry found. اندراج موجود ہے۔" },
  [evidence.examined]: { evidence: "medical_examination", bornOn: null, years: 18, least: 17, most: 20, text: null },
  [evidence.said]: { evidence: "statement", bornOn: null, years: 16, least: null, most: null, text: "Her own word." },
};

const rule = (law, limit, more = {}) => ({
  id: `rule-${law}`, jurisdiction: "PK-PB", purpose: "child_protection", limit, sex: null, instrumentId: "act", law, from: "2004-05-21", to: null, precision: "day", kind: "statute", verifyBy: null, note: null, confidence: "high", ...more,
});
const row = (place, district, on, answer, status, its, recordId = null) => ({
  place, district, province: district.slice(0, 5), on, recordId, purpose: "child_protection", answer, status, rule: its, benchmark: 18,
});
export const age = {
  asOf: "2026-11-30", release: 1, knownAt: at(-700), ageBand: "age_16_17", ageStatus: "disputed", least: 16, most: 18, protectiveAnswer: { asChild: true, reason: "disputed" },
  rows: [
    row("home", "PK-SD-KHS", "2026-11-30", "may_be", "in_force", rule("SCPA Act 2011", 18)),
    row("present", "PK-PB-KSR", "2026-11-30", "may_be", "unverified", rule("PDNC Act 2004", 15, { note: "Amendment of 2024 not seen - verify" })),
    row("act", "PK-JK-MZD", "2026-03-01", "no_rule", "no_rule", null, "01930000-0000-7000-8000-0000000000e9"),
  ],
  notKnown: [],
};

const decision = (id, kind, minutes, more) => ({
  id, kind, at: at(minutes), by: { id: "01930000-0000-7000-8000-0000000000c2", displayName: "Imran Sial" }, agency: { id: "01930000-0000-7000-8000-0000000000a1", nameEn: "Police Station Kot Sadar, Kasur", nameUr: "تھانہ کوٹ صدر، قصور" },
  restsOn: [], setAside: [], evidence: null, bornFrom: null, bornTo: null, stands: false, ...more,
});
export const decisions = [
  decision("01930000-0000-7000-8000-0000000009d2", "dispute", -300, { reason: "Her aunt says that the certificate is her sister's. خالہ کے مطابق سرٹیفکیٹ بہن کا ہے۔", stands: true }),
  decision("01930000-0000-7000-8000-0000000009d1", "determination", -650, { reason: "The union council confirmed the entry.", evidence: "birth_certificate", bornFrom: "2010-03-02", bornTo: "2010-03-02" }),
];
