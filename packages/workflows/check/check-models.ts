import { isOwnModel } from "#ledger/prices/own-model";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Report } from "./finding.ts";

/** Models of providers that the app brings are declared, and one that stands in is another one. */
export function checkAppModels({ app }: AppFiles, report: Report): void {
  checkModel(app, "model", app.model, report);
  for (const [index, name] of (app.fallback ?? []).entries()) {
    checkModel(app, `fallback.${index}`, name, report);
    if (name === app.model) report(`fallback.${index}`, "This is the app's model itself: name another one.");
  }
  for (const [name, provider] of Object.entries(app.providers ?? {}))
    if (provider.kind === "openai-compatible" && provider.base_url === undefined)
      report(
        `providers.${name}.base_url`,
        "Say where it answers: a compatible provider has no address of its own.",
      );
}

/** @param at the place of the model's name in its file */
export function checkModel(
  app: AppFiles["app"],
  at: string,
  model: string | undefined,
  report: Report,
): void {
  if (model === undefined || !isOwnModel(model)) return;
  const provider = model.slice(0, model.indexOf("/"));
  if (!Object.hasOwn(app.providers ?? {}, provider))
    report(at, `There is no provider "${provider}" in the app's \`providers\`.`);
}
