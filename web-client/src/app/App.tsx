import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { Route, Switch } from "wouter";
import { Problem } from "#api/problems.ts";
import { proof } from "#api/proof.ts";
import { Speech } from "#i18n/i18n.tsx";
import { Waiting } from "#ui/States.tsx";
import { Lock } from "./Lock.tsx";
import { Routes } from "./Routes.tsx";
import { ended } from "./ended.ts";
import { Shell } from "./Shell.tsx";

/** Open to whoever holds a code, signed in or not. */
const Follow = lazy(() => import("#features/follow/Follow.tsx"));
/** Open to everybody: a law is no secret. */
const OpenAge = lazy(() => import("#features/law/OpenAge.tsx"));

const SignInAgain = lazy(() => import("#features/session/SignInAgain.tsx"));

function newCache(): QueryClient {
  const watch = (fault: Error, asksWho: boolean): void => {
    // "Who am I?" answered with 401 is the sign-in page; anything else is a session that ended under open work.
    if (fault instanceof Problem && fault.isSignedOut && !asksWho) {
      ended.set(true);
    }
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: (fault, query) => watch(fault, query.queryKey[0] === "me" && query.state.data === undefined) }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: 10_000,
        retry: (failures, fault) => failures < 2 && fault instanceof Problem && (fault.status === 0 || fault.status >= 502),
      },
      mutations: { networkMode: "always", onError: (fault) => watch(fault, false) },
    },
  });
}

/** Over whatever is open, and under the lock. */
function Proof(): ReactNode {
  const isAsked = proof.useAsked();
  const isEnded = ended.use();
  useEffect(() => {
    if (isAsked && isEnded) {
      proof.settle(false);
    }
  }, [isAsked, isEnded]);
  return isAsked && !isEnded && <Suspense><SignInAgain /></Suspense>;
}

export function App(): ReactNode {
  const [cache] = useState(newCache);
  return (
    <Speech>
      <QueryClientProvider client={cache}>
        <Shell>
          <Suspense fallback={<main id="main" className="main"><Waiting /></main>}>
            <Switch>
              <Route path="/follow"><Follow /></Route>
              <Route path="/open/age"><OpenAge /></Route>
              <Route><Routes /></Route>
            </Switch>
          </Suspense>
        </Shell>
        <Proof />
        <Lock />
      </QueryClientProvider>
    </Speech>
  );
}
