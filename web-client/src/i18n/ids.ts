// Types only: nothing of a feature is loaded through here.
export type TextId =
  | keyof typeof import("../api/text.json")
  | keyof typeof import("../app/text.json")
  | keyof typeof import("../ui/text.json")
  | keyof typeof import("../parts/text.json")
  | keyof typeof import("../features/clocks/text.json")
  | keyof typeof import("../features/desk/text.json")
  | keyof typeof import("../features/follow/text.json")
  | keyof typeof import("../features/groups/text.json")
  | keyof typeof import("../features/notices/text.json")
  | keyof typeof import("../features/places/text.json")
  | keyof typeof import("../features/reports/text.json")
  | keyof typeof import("../features/session/text.json")
  | keyof typeof import("../features/referrals/text.json")
  | keyof typeof import("../features/transfers/text.json")
  | keyof typeof import("../features/victims/text.json")
  | keyof typeof import("../features/refer/text.json");
