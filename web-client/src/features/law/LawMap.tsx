import type { ReactNode } from "react";
import shapes from "@reference/provinces.geojson?raw";
import { useAreaName } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";
import type { LawRow } from "./law.ts";
import "./law.css";

type Ring = [number, number][];
type Feature = { properties: { code: string }; geometry: { type: "Polygon"; coordinates: Ring[] } | { type: "MultiPolygon"; coordinates: Ring[][] } };

const features = (JSON.parse(shapes) as { features: Feature[] }).features;

// A degree of longitude is shorter than one of latitude at 30° north; good enough for a map as wide as a hand.
const [west, north, across] = [60.5, 37.5, 0.866];
const at = ([lon, lat]: [number, number]): string => `${((lon - west) * across * 10).toFixed(1)} ${((north - lat) * 10).toFixed(1)}`;
const rings = ({ geometry }: Feature): Ring[] => geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
const drawn = features.map((feature) => ({
  code: feature.properties.code,
  path: rings(feature).map((ring) => `M${ring.map(at).join("L")}Z`).join(""),
  label: middle(rings(feature).toSorted((one, other) => other.length - one.length)[0] ?? []),
}));

/** Two that lie too close for their numbers to stand in the middle. */
const aside: Readonly<Record<string, number>> = { "PK-IS": -2, "PK-JK": 8 };

function middle(ring: Ring): { x: number; y: number } {
  const sum = ring.reduce(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
  const count = ring.length || 1;
  return { x: ((sum[0] ?? 0) / count - west) * across * 10, y: (north - (sum[1] ?? 0) / count) * 10 };
}

/** Each province in the shade of its age, with the number on it: the shade says nothing that the number does not. */
export function LawMap({ rows, title }: { rows: readonly LawRow[]; title: string }): ReactNode {
  const t = useText();
  const area = useAreaName();
  return (
    <figure className="law-map">
      <svg viewBox="0 0 148 140" role="img" aria-label={title}>
        {drawn.map(({ code, path }) => {
          const row = rows.find(({ province }) => province === code);
          return (
            <path key={code} d={path} data-limit={row?.limit ?? "none"} data-doubt={row && row.status !== "in_force" ? "" : undefined}>
              <title>{`${area(code)}: ${row?.limit ? t("law.under", { limit: row.limit }) : t("law.none")}`}</title>
            </path>
          );
        })}
        {drawn.map(({ code, label }) => {
          const row = rows.find(({ province }) => province === code);
          return <text key={code} x={label.x + (aside[code] ?? 0)} y={label.y} aria-hidden="true">{row?.limit ?? "–"}{row && row.status !== "in_force" && row.limit ? "?" : ""}</text>;
        })}
      </svg>
      <figcaption className="quiet small">{t("law.boundaries")}</figcaption>
    </figure>
  );
}
