import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/shell.css";
import "./ui/controls.css";
import "./ui/forced.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { beginSession } from "./api/session.ts";
import { App } from "./app/App.tsx";
import { speakPreferred } from "./i18n/i18n.tsx";

beginSession();
await speakPreferred();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(<StrictMode><App /></StrictMode>);
}
