import { Component, type ReactNode } from "react";
import { Failure } from "#ui/States.tsx";
import { useText } from "#i18n/i18n.tsx";

/** A screen that broke, or whose code could not be fetched, says so and can be opened again. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactNode {
  const t = useText();
  return <main id="main" className="main"><Failure sentence={t("app.broken")} onRetry={() => location.reload()} /></main>;
}
