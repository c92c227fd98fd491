export const evidence: Record<"paper" | "examined" | "said", string>;
