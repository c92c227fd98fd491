import type { ReactNode } from "react";
import { Link } from "wouter";
import { useText } from "#i18n/i18n.tsx";

type Fact = { label: string; value: ReactNode; changeHref?: string | undefined };

/** Questions and their answers; each Change says which question it changes. */
export function CheckAnswers({ facts, bare = false }: { facts: readonly Fact[]; bare?: boolean }): ReactNode {
  const t = useText();
  return (
    <dl className={bare ? "facts" : "facts card"}>
      {facts.map(({ label, value, changeHref }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {changeHref && (
            <dd className="change">
              <Link href={changeHref}>{t("ui.change")}<span className="visually-hidden"> {label}</span></Link>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

type Task = { label: string; href: string; state?: "todo" | "started" | "done" };

export function TaskList({ tasks }: { tasks: readonly Task[] }): ReactNode {
  const t = useText();
  const words = { todo: t("ui.task_todo"), started: t("ui.task_started"), done: t("ui.task_done") };
  return (
    <ul className="facts card">
      {tasks.map(({ label, href, state }) => (
        <li key={label} className="spread">
          <Link href={href}>{label}</Link>
          {state && <span className={`chip ${state === "done" ? "done" : state === "started" ? "waiting" : "closed"}`}>{words[state]}</span>}
        </li>
      ))}
    </ul>
  );
}

type Moment = { key: string; at: string; when: string; what: ReactNode; who?: ReactNode };

/** Newest first. */
export function Timeline({ moments }: { moments: readonly Moment[] }): ReactNode {
  return (
    <ol className="timeline">
      {moments.map(({ key, at, when, what, who }) => (
        <li key={key}>
          <div>{what}</div>
          <div className="quiet small">{who}{who && " · "}<time dateTime={at}>{when}</time></div>
        </li>
      ))}
    </ol>
  );
}
