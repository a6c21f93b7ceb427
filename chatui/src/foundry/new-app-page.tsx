import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { startApp } from "../api/apps.ts";
import { Problem } from "../ui/notice.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { useTitle } from "../ui/use-title.ts";
import { forgetPrompt, type KeptPrompt, keepPrompt, keptPrompt } from "./kept-prompt.ts";
import { PromptBox } from "./prompt-box.tsx";
import { SignedIn } from "./signed-in.tsx";

/** Starts the build of the kept prompt, or asks for one. */
export function NewAppPage() {
  useTitle("New app · Mozaiks");
  return <SignedIn>{() => <NewApp />}</SignedIn>;
}

function NewApp() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [kept, setKept] = useState<KeptPrompt | null>(keptPrompt);
  const [error, setError] = useState<unknown>(null);
  const [refused, setRefused] = useState("");
  const sentKey = useRef<string | null>(null);

  const send = useCallback(
    async ({ prompt, key, plan }: KeptPrompt) => {
      if (sentKey.current === key) return;
      sentKey.current = key;
      setError(null);
      try {
        const app = await startApp(prompt, key, plan);
        forgetPrompt();
        void queries.invalidateQueries({ queryKey: ["apps"] });
        void queries.invalidateQueries({ queryKey: ["me"] });
        await navigate({
          to: app.build_id ? "/apps/$id/build/$buildId" : "/apps/$id",
          params: { id: app.enterprise_id, buildId: app.build_id ?? "" },
          replace: true,
        });
      } catch (failure) {
        forgetPrompt();
        setRefused(prompt);
        setError(failure);
        setKept(null);
        sentKey.current = null;
      }
    },
    [navigate, queries],
  );

  useEffect(() => {
    if (kept) void send(kept);
  }, [kept, send]);

  return (
    <div className="mx-auto w-full max-w-3xl px-4 py-12 sm:px-6 sm:py-20">
      <h1 className="text-3xl font-semibold sm:text-4xl">
        {kept ? "Reading your prompt…" : "What do you want to build?"}
      </h1>
      {kept ? (
        <div role="status" className="mt-6 flex items-start gap-3 text-lg text-soft">
          <Spinner className="mt-1.5 shrink-0" />
          <p className="line-clamp-6">{kept.prompt}</p>
        </div>
      ) : (
        <div className="mt-7 space-y-5">
          {error !== null && <Problem error={error} />}
          <PromptBox
            label="What do you want to build?"
            initial={refused}
            onBuild={(prompt) => setKept(keepPrompt(prompt))}
          />
        </div>
      )}
    </div>
  );
}
