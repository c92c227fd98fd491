/** Whose place it would be: what an acceptance nearly always says. */
export function populationOf({ sex, ageBand }: { sex: string; ageBand: string }): string {
  const adult = ageBand === "age_18_plus";
  switch (sex) {
    case "female": return adult ? "women" : "girls";
    case "male": return adult ? "men" : "boys";
    case "transgender": return "transgender_persons";
    default: return "any";
  }
}
