import type { AppFiles } from "#protocol/app-file/app-files";
import { oneOf, type Report } from "./finding.ts";

/** Roles are told apart, one at most is everybody's, and gates name roles that there are. */
export function checkRoles(files: AppFiles, reportIn: (file: string) => Report): void {
  const roles = files.app.roles ?? [];
  const names = roles.map(({ name }) => name);
  const ofApp = reportIn("app.yaml");
  for (const [at, { name, where, default: isDefault }] of roles.entries()) {
    if (names.indexOf(name) !== at) ofApp(`roles.${at}.name`, `Two roles are called "${name}".`);
    if (!isDefault) continue;
    if (where !== "chat") ofApp(`roles.${at}.default`, "Only a role of the chat can be everybody's.");
    if (roles.findIndex((it) => it.default) !== at)
      ofApp(`roles.${at}.default`, "Only one role can be everybody's.");
  }
  for (const [name, workflow] of Object.entries(files.workflows)) {
    const report = reportIn(`workflows/${name}/workflow.yaml`);
    const check = (at: string, gate: readonly string[] | undefined) => {
      for (const role of gate ?? [])
        if (!names.includes(role)) report(at, `The app has no role "${role}"; ${oneOf(names)}.`);
    };
    check("roles", workflow.roles);
    for (const [agent, it] of Object.entries(workflow.agents)) {
      check(`agents.${agent}.roles`, it.roles);
      if (it.roles && agent === workflow.entry_agent)
        report(
          `agents.${agent}.roles`,
          "A workflow's first agent can't be for some roles only: give the workflow `roles`.",
        );
    }
    for (const [tool, it] of Object.entries(workflow.tools)) check(`tools.${tool}.roles`, it.roles);
  }
  for (const [name, { cases }] of Object.entries(files.acceptance))
    for (const [at, it] of cases.entries())
      for (const role of it.roles ?? [])
        if (!names.includes(role))
          reportIn(`workflows/${name}/acceptance.yaml`)(
            `cases.${at}.roles`,
            `The app has no role "${role}"; ${oneOf(names)}.`,
          );
}
