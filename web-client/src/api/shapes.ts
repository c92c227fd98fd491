import type { components } from "./generated.ts";

type Schemas = components["schemas"];

export type Me = Schemas["MeView"];
export type Ref = Schemas["Ref"];
export type District = Schemas["District"];
export type Province = Schemas["Province"];
export type Helpline = Schemas["Helpline"];
export type TaxonomyCode = Schemas["TaxonomyCode"];
export type VictimView = Schemas["VictimView"];
export type VictimRow = Schemas["VictimRow"];
export type VictimDraft = Schemas["VictimDraft"];
export type NeedDraft = Schemas["NeedDraft"];
export type NeedView = Schemas["NeedView"];
export type BasisDraft = Schemas["BasisDraft"];
export type BasisView = Schemas["BasisView"];
export type ReferralDraft = Schemas["ReferralDraft"];
export type ReferralRow = Schemas["ReferralRow"];
export type ReferralView = Schemas["ReferralView"];
export type AllowedAction = Schemas["AllowedAction"];
export type ActionBody = Schemas["ActionBody"];
export type MatchView = Schemas["MatchView"];
export type PreviewView = Schemas["PreviewView"];
export type EntryView = Schemas["EntryView"];
