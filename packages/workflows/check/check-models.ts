import { addressProblem } from "#models/providers/own-address";
import type { AppFiles } from "#protocol/app-file/app-files";
import { oneOf, own, type Report } from "./finding.ts";

/** Every model is of a provider there is, and none stands in for itself. */
export function checkModels(
  files: AppFiles,
  reportIn: (file: string) => Report,
  knowsProvider: (name: string) => boolean | null,
): void {
  const { app } = files;
  const report = reportIn("app.yaml");
  const names = Object.keys(app.providers ?? {});
  for (const [name, { base_url }] of Object.entries(app.providers ?? {})) {
    const problem = base_url === undefined ? null : addressProblem(base_url);
    if (problem) report(`providers.${name}.base_url`, `The address ${problem}.`);
  }
  const check = (at: string, model: string | undefined, say: Report) => {
    const problem = model === undefined ? null : modelProblem(model);
    if (problem) say(at, problem);
  };
  const modelProblem = (model: string): string | null => {
    const [provider = "", name = "", ...rest] = model.split("/");
    if (provider !== "own")
      return knowsProvider(provider) === false ? `There is no provider of models "${provider}" here.` : null;
    if (!own(app.providers ?? {}, name)) return `There is no own provider "${name}"; ${oneOf(names)}.`;
    return rest.join("") === "" ? `Say which model of "${name}", like "own/${name}/model-1".` : null;
  };
  check("model", app.model, report);
  for (const [index, model] of (app.fallback ?? []).entries()) {
    check(`fallback.${index}`, model, report);
    if (model === app.model) report(`fallback.${index}`, `"${model}" can't stand in for itself.`);
    else if ((app.fallback ?? []).indexOf(model) < index)
      report(`fallback.${index}`, `"${model}" stands here already.`);
  }
  for (const [name, workflow] of Object.entries(files.workflows)) {
    const say = reportIn(`workflows/${name}/workflow.yaml`);
    check("model", workflow.model, say);
    for (const [agent, { model }] of Object.entries(workflow.agents))
      check(`agents.${agent}.model`, model, say);
  }
}
