import type { components } from "#api/generated.ts";

type Body = components["schemas"]["Item"];
type Goal = components["schemas"]["PlanGoal"];

export const emptyGoal = (): Goal => ({ category: "other_service", text: "", state: "planned" });

/** Steps without words were never meant. */
export const tidied = (body: Body): Body => (body.goals
  ? { ...body, goals: body.goals.map((goal) => ({ ...goal, actions: (goal.actions ?? []).filter(({ text }) => text.trim()) })) }
  : body);
