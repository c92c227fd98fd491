/** Where a thing of a notice or a deadline is shown; a person's own page for all else. */
const pages: Readonly<Record<string, string>> = {
  referral: "referrals", transfer: "transfers", report: "reports", approval: "desk", break_glass: "emergency", silent_alert: "desk/alerts",
};

/** What is answered on a page of its own under her case: to be searched for at the foot of a long one, it would be found late. */
const parts: Readonly<Record<string, string>> = {
  "stop.asked": "/voice", "callback.asked": "/voice", "message.left": "/voice", "feedback.given": "/voice", callback: "/voice", stop_request: "/voice",
  "age.disputed": "/age", "age.determined": "/age", follow_up: "/visits", plan_review: "/plan",
};

/** @param kind Of the notice or of the deadline. */
export function placeOf({ subjectKind, subjectId, kind }: { subjectKind: string; subjectId: string; kind: string }): string {
  const page = pages[subjectKind];
  return page ? `/${page}/${subjectId}` : `/cases/${subjectId}${parts[kind.replace(/^clock\./, "")] ?? ""}`;
}
