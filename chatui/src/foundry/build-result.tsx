import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, ExternalLink, MessageCircle, X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Build } from "#protocol/api/build";
import { appQuery } from "../api/apps.ts";
import { money } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { buttonLook } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { scrollWithin } from "../ui/scroll-within.ts";
import { PromptBox } from "./prompt-box.tsx";
import { PublishOverRed } from "./publish-over-red.tsx";
import { Tiles } from "./test-tiles.tsx";
import { useRebuild } from "./use-rebuild.ts";

type Props = {
  build: Build;
  /** The app is live beside it, and a box to say what should change is there. */
  beside?: boolean;
};

/** How a build ended, and where to go from there. Nothing while it goes on. */
export function BuildResult({ build, beside = false }: Props) {
  const app = useQuery(appQuery(build.enterprise_id));
  if (build.status === "live") return <Live build={build} />;
  if (build.status === "failed")
    return (
      <div className="space-y-6">
        <Problem error={build.error?.message ?? "The build did not work out. It costs nothing."} />
        <Acceptance build={build} />
        {build.error?.code === "ACCEPTANCE_FAILED" && app.data?.can.includes("app.override") && (
          <PublishOverRed build={build} />
        )}
        {!beside && <Again build={build} />}
      </div>
    );
  if (build.status === "cancelled")
    return (
      <div className="space-y-6">
        <p>The build was stopped. It costs nothing.</p>
        {!beside && <Again build={build} />}
      </div>
    );
  return null;
}

function Live({ build }: { build: Build }) {
  const app = useQuery(appQuery(build.enterprise_id));
  const section = useRef<HTMLElement>(null);
  const url = app.data?.url;
  // Its address makes the box taller once it is known.
  useEffect(() => {
    if (url) scrollWithin(section.current, "end");
  }, [url]);
  return (
    <section
      ref={section}
      aria-labelledby="live"
      data-testid="live"
      className="animate-rise rounded-2xl border border-accent/40 bg-accent-wash p-6"
    >
      <h2 id="live" className="text-2xl font-semibold">
        {build.edit ? "Your change is live" : "Your app is live"}
      </h2>
      {app.data && <p className="mt-1 break-all text-soft">{new URL(app.data.url, location.href).host}</p>}
      <div className="mt-5 flex flex-wrap gap-3">
        <Link
          to="/apps/$id/chat"
          params={{ id: build.enterprise_id }}
          className={buttonLook("primary", "large")}
          data-testid="chat-link"
        >
          <MessageCircle className="size-5" aria-hidden="true" />
          Chat with it
        </Link>
        {app.data && (
          <a href={app.data.url} target="_blank" rel="noopener" className={buttonLook("secondary", "large")}>
            Open its address
            <ExternalLink className="size-4" aria-hidden="true" />
          </a>
        )}
      </div>
      {build.measured && (
        <p className="mt-4 text-soft">
          In its test conversations a message and its answer cost {money(build.measured.turn_nano)}.
        </p>
      )}
      {build.published_over && (
        <p className="mt-4">
          <Badge tone="warn">published over red</Badge>{" "}
          <span className="text-soft">{build.published_over.reason}</span>
        </p>
      )}
      <Acceptance build={build} />
    </section>
  );
}

const MOST_SHOWN_OPEN = 3;

function Acceptance({ build }: { build: Build }) {
  const { acceptance } = build;
  if (!acceptance || acceptance.cases.length === 0) return null;
  return (
    <>
      <Tiles cases={acceptance.cases} />
      <details className="mt-3" open={acceptance.failed > 0 && acceptance.failed <= MOST_SHOWN_OPEN}>
        <summary className="font-medium">
          {acceptance.passed} of {acceptance.passed + acceptance.failed} test conversations passed
        </summary>
        <ul className="mt-3 space-y-2">
          {acceptance.cases.map((result) => (
            <li key={`${result.workflow}/${result.name}`} className="flex items-start gap-2">
              {result.passed ? (
                <Check className="mt-1 size-4 shrink-0 text-good" aria-label="passed" />
              ) : (
                <X className="mt-1 size-4 shrink-0 text-bad" aria-label="failed" />
              )}
              <span>
                {result.name} <span className="font-mono text-[0.8rem] text-soft">{result.workflow}</span>
                {result.failure && <span className="block text-sm text-bad">{result.failure}</span>}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** The prompt again, to change its words and build once more. */
function Again({ build }: { build: Build }) {
  const isEdit = build.base_version !== undefined;
  const app = useQuery({ ...appQuery(build.enterprise_id), enabled: isEdit });
  const rebuild = useRebuild(build.enterprise_id, isEdit ? (app.data?.live_version ?? undefined) : undefined);
  return (
    <section aria-labelledby="again" className="space-y-3">
      <h2 id="again" className="text-lg font-semibold">
        {isEdit ? "Say it in other words" : "Change the prompt and build again"}
      </h2>
      {rebuild.isError && <Problem error={rebuild.error} />}
      <PromptBox
        label={isEdit ? "What should change?" : "What do you want to build?"}
        initial={build.prompt}
        examples={false}
        busy={rebuild.isPending || app.isLoading}
        {...(isEdit ? { action: "Change it" } : {})}
        onBuild={(prompt) => rebuild.mutate(prompt)}
      />
    </section>
  );
}
