import type { AppFiles } from "#protocol/app-file/app-files";
import type { Tool } from "#protocol/app-file/tool";
import { canonical } from "../failing.ts";

/** Every tool of a name, whatever the workflow. */
export function toolsNamed(files: AppFiles, name: string): Tool[] {
  return Object.values(files.workflows).flatMap(({ tools }) => {
    const tool = Object.hasOwn(tools, name) ? tools[name] : undefined;
    return tool ? [tool] : [];
  });
}

/** Whether all tools of that name have the same of it as this one. */
export function sameInAll(files: AppFiles, tool: Tool, name: string, of: (tool: Tool) => unknown): boolean {
  const others = toolsNamed(files, name);
  return others.length > 0 && others.every((it) => canonical(of(it)) === canonical(of(tool)));
}

/**
 * Whether a tool works in another way in one version than in the other, so that what was recorded of it may not be
 * what it would do. What it is called and how it is described is for models, and shows in what they do.
 */
export function isToolChanged(before: AppFiles, after: AppFiles, name: string): boolean {
  const working = (files: AppFiles) =>
    canonical(toolsNamed(files, name).map(({ title: _title, description: _description, ...rest }) => rest));
  return working(before) !== working(after);
}
