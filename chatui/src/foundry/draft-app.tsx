import { Link } from "@tanstack/react-router";
import type { App } from "#protocol/api/app";
import { buttonLook } from "../ui/button.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { lastBuild } from "./last-build.ts";
import { PromptBox } from "./prompt-box.tsx";
import { useRebuild } from "./use-rebuild.ts";

/** An app nobody can chat with yet: to its build, or to a prompt for another one. */
export function DraftApp({ app }: { app: App }) {
  const rebuild = useRebuild(app.enterprise_id);
  const buildId = lastBuild(app.enterprise_id);
  return (
    <div className="mx-auto w-full max-w-3xl space-y-8 px-4 py-10 sm:px-6">
      <Empty title={app.status === "draft" ? "Not live yet" : "Not published at the moment"}>
        <p>You can chat with it here as soon as it is live.</p>
        {buildId && (
          <Link
            to="/apps/$id/build/$buildId"
            params={{ id: app.enterprise_id, buildId }}
            className={`${buttonLook("secondary", "small")} mt-4`}
          >
            Go to its build
          </Link>
        )}
      </Empty>
      <section aria-labelledby="rebuild" className="space-y-4">
        <h2 id="rebuild" className="text-xl font-semibold">
          Build it from a prompt
        </h2>
        {rebuild.isError && <Problem error={rebuild.error} />}
        <PromptBox
          label="What should this app do?"
          examples={false}
          busy={rebuild.isPending}
          onBuild={(prompt) => rebuild.mutate(prompt)}
        />
      </section>
    </div>
  );
}
