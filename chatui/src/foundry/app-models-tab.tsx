import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import type { AppDetail } from "#protocol/api/app";
import { appQuery } from "../api/apps.ts";
import { usableModelsQuery } from "../api/prices.ts";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { APP_FILE, readModels, withFallback, withModel, withProvider } from "./app-models.ts";
import { FallbackModels, ModelLine, WorkflowModels } from "./model-rows.tsx";
import { ModelsHere } from "./models-here.tsx";
import { OwnProviders } from "./own-providers.tsx";
import { StudioBar } from "./studio-bar.tsx";
import { useChangedFiles } from "./use-changed-files.ts";

export function AppModelsTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  return app.data ? <Models key={id} app={app.data} /> : null;
}

/** Which model answers whom, at what price, and who stands in: edits of the app's files, kept as its draft like any other. */
export function Models({ app }: { app: AppDetail }) {
  const work = useChangedFiles(app);
  const usable = useQuery(usableModelsQuery);
  const known = useMemo(() => new Map(usable.data?.map((it) => [it.model, it])), [usable.data]);
  if (work.version === 0)
    return (
      <Page>
        <Empty title="No models yet">They can be chosen once the app has been built.</Empty>
      </Page>
    );
  const failed = work.error ?? usable.error;
  if (failed)
    return (
      <Page>
        <Problem error={failed} />
      </Page>
    );
  if (!work.files || !usable.data) return <PageLoading />;
  const { files } = work;
  const models = readModels(files);
  if (!models)
    return (
      <Page>
        <Empty title="app.yaml can’t be read">Put it right under Workflows, Files first.</Empty>
      </Page>
    );
  const edit = (path: string, change: (text: string) => string) =>
    work.change(path, change(files[path] ?? ""));
  return (
    <>
      <div className="sticky top-0 z-10 bg-paper">
        <StudioBar app={app} work={work} />
      </div>
      <Page>
        <Part title="The app" text="What answers wherever nothing else is said.">
          <div className="space-y-6 rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-5">
            <ModelLine
              app={models}
              known={known}
              title="Whole app"
              model={models.model}
              chain={[models.model]}
              onChange={(model) => edit(APP_FILE, (text) => withModel(text, null, model))}
            />
            <FallbackModels
              app={models}
              known={known}
              onChange={(fallback) => edit(APP_FILE, (text) => withFallback(text, fallback))}
            />
          </div>
        </Part>
        <Part title="Workflows" text="A cheap model for small talk, a strong one where it matters.">
          <ul className="divide-y divide-line rounded-2xl border border-line bg-surface shadow-card">
            {models.workflows.map((workflow) => (
              <WorkflowModels
                key={workflow.path}
                app={models}
                known={known}
                workflow={workflow}
                onChange={({ path, agent }, model) => edit(path, (text) => withModel(text, agent, model))}
              />
            ))}
          </ul>
        </Part>
        <Part
          title="Your own providers"
          text="Models that you pay for by yourself, with a key that stands among this app’s secrets."
        >
          <OwnProviders
            id={app.enterprise_id}
            app={models}
            maySeeSecrets={app.can.includes("secrets.change")}
            onChange={(name, provider) => edit(APP_FILE, (text) => withProvider(text, name, provider))}
          />
        </Part>
        <Part title="On this platform" text="What its operator offers. Each call is charged by these prices.">
          <ModelsHere models={usable.data} />
        </Part>
      </Page>
    </>
  );
}

function Page({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto w-full max-w-4xl space-y-10 px-4 py-8 sm:px-6">
      <div>
        <h2 className="text-xl font-semibold">Models</h2>
        <p className="mt-1 max-w-2xl text-soft">
          Which model answers where, and what it costs. A change is a draft first: its conversations are held
          with the new models before anybody meets them.
        </p>
      </div>
      {children}
    </div>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="space-y-4">
      <div>
        <h3 className="text-lg font-semibold">{title}</h3>
        <p className="text-[0.95rem] text-soft">{text}</p>
      </div>
      {children}
    </section>
  );
}
