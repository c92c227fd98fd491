import { Fragment, type ReactNode } from "react";
import { useHelplines } from "#api/reference.ts";

/** What others may find: no name, nothing that tells what it is for. The helplines of the whole country stand below. */
export function Paper({ children }: { children: ReactNode }): ReactNode {
  const { data = [] } = useHelplines();
  const numbers = [...new Set(data.filter(({ provinceCode }) => !provinceCode).map(({ number }) => number))];
  return (
    <div className="slip">
      {children}
      <p>{numbers.map((number, index) => <Fragment key={number}>{index > 0 && " · "}<bdi dir="ltr">{number}</bdi></Fragment>)}</p>
    </div>
  );
}
