import { type ReactNode, useSyncExternalStore } from "react";
import { Link } from "wouter";

const desktop = "(min-width: 60rem)";

function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(desktop);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(desktop).matches,
  );
}

export type Column<Row> = {
  key: string;
  heading: string;
  cell: (row: Row) => ReactNode;
  /** Where the card shows it: in the line of chips, or as quiet text under the link. Left out: only the table has it. */
  card?: "chip" | "text";
  sorted?: boolean;
  /** Short enough to stay on one line of the table. */
  whole?: boolean;
};

type Props<Row> = {
  caption: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  href: (row: Row) => string;
  linkText: (row: Row) => ReactNode;
  linkHeading: string;
  columns: readonly Column<Row>[];
};

/** The same rows as cards under a thumb or as a table under a mouse; one link a row. */
export function WorkList<Row>(props: Props<Row>): ReactNode {
  return useWide() ? <WorkTable {...props} /> : <WorkCards {...props} />;
}

function WorkCards<Row>({ caption, rows, rowKey, href, linkText, columns }: Props<Row>): ReactNode {
  const shown = (row: Row, place: "chip" | "text"): ReactNode[] =>
    columns.filter((column) => column.card === place)
      .map((column) => [column.key, column.cell(row)] as const)
      .filter(([, cell]) => cell)
      .map(([key, cell]) => <span key={key}>{cell}</span>);
  return (
    <ul className="cards" aria-label={caption}>
      {rows.map((row) => (
        <li key={rowKey(row)} className="card work-card">
          <div className="row">{shown(row, "chip")}</div>
          <Link href={href(row)}>{linkText(row)}</Link>
          <div className="row quiet small">{shown(row, "text")}</div>
        </li>
      ))}
    </ul>
  );
}

function WorkTable<Row>({ caption, rows, rowKey, href, linkText, linkHeading, columns }: Props<Row>): ReactNode {
  const [first, ...others] = columns;
  return (
    <div className="table-wrap" role="group" aria-label={caption} tabIndex={0}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {first && <th scope="col" aria-sort={first.sorted ? "ascending" : undefined}>{first.heading}</th>}
            <th scope="col">{linkHeading}</th>
            {others.map((column) => <th key={column.key} scope="col" aria-sort={column.sorted ? "ascending" : undefined}>{column.heading}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {first && <td className="whole">{first.cell(row)}</td>}
              <td className="link"><Link href={href(row)}>{linkText(row)}</Link></td>
              {others.map((column) => <td key={column.key} className={column.whole ? "whole" : undefined}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
