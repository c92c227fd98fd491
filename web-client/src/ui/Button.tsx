import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "wouter";

type Kind = "primary" | "secondary" | "danger" | "plain";

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { kind?: Kind; busy?: boolean };

/** Never disabled: a press while busy does nothing, so focus stays where it was. */
export function Button({ kind = "secondary", busy = false, type = "button", onClick, ...rest }: Props): ReactNode {
  return (
    <button
      {...rest} type={type} className={`button ${kind}`} aria-busy={busy}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    />
  );
}

export function ButtonLink({ kind = "secondary", href, children }: { kind?: Kind; href: string; children: ReactNode }): ReactNode {
  return <Link className={`button ${kind}`} href={href}>{children}</Link>;
}
