import { env } from "cloudflare:workers";
import { scopeOf } from "#enterprises/scope";
import { appFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { workflowDefinition, workflowFile } from "#protocol/app-file/workflow";
import { compose } from "#workers/compose";
import { publishVersion } from "#workflows/publish-version";
import { saveVersion } from "#workflows/save-version";

/** A workflow that needs nothing: enough to chat with. */
export const GREETER = workflowDefinition.parse({
  name: "greeter",
  title: "Greeter",
  description: "Says hello.",
  entry_agent: "greeter",
  agents: { greeter: { description: "Says hello.", instructions: "SECRET-PROMPT: greet people." } },
});

export function greeterApp(name = "Acme"): AppFiles {
  const greeter = { ...workflowFile.parse(GREETER), entry: true };
  return {
    app: appFile.parse({ name }),
    workflows: { greeter },
    acceptance: { greeter: { cases: [] } },
  };
}

/** Puts an enterprise live with the greeter, as a publish does at its end. */
export async function goLive(enterpriseId: string): Promise<number> {
  const deps = compose(env);
  const scope = scopeOf(enterpriseId);
  const version = await saveVersion(deps, scope, { app: greeterApp(), note: "test", createdBy: "test" });
  await publishVersion(deps.db, scope, version, deps.clock.now());
  return version;
}
