import type { AppFiles } from "#protocol/app-file/app-files";
import type { WorkflowFile } from "#protocol/app-file/workflow";
import { RESERVED_WORKFLOW_NAMES } from "#protocol/ids";
import { capital, kebab, snake } from "../../brief/words.ts";
import { withCases } from "../cases/cases-of.ts";
import { findWorkflows } from "../find-parts.ts";
import { mergePlanned } from "../merge-planned.ts";
import { entryOf, type Rule, type Unclear } from "../rule.ts";
import { unquoted } from "../split-request.ts";

const MAX_WORKFLOWS = 40;

export const addWorkflow: Rule = {
  example: "add a loyalty workflow",
  read: (text, { files }) => {
    const found =
      /^(?:add|create|build|include) (?:a |an |another |the )?(?:new )?(.+?) (?:workflow|agent|assistant|flow)$/i.exec(
        text,
      ) ??
      /^(?:add|create|build|include) (?:a |an |another )?(?:new )?(?:workflow|agent|assistant|flow) (?:for|to|that (?:lets (?:people|users|customers) )?|where (?:people|users|customers) (?:can )?|so (?:that )?(?:people|users|customers) can) ?(.+)$/i.exec(
        text,
      ) ??
      /^(?:(?:let|allow) (?:people|users|customers|clients|patients|guests|members|them)|(?:people|users|customers|clients|patients|guests|members) (?:should be able to|can also|should also|could also)) (?:to |also )?(.+)$/i.exec(
        text,
      );
    if (!found?.[1]) return null;
    if (Object.keys(files.workflows).length >= MAX_WORKFLOWS)
      return { question: `An app has at most ${MAX_WORKFLOWS} workflows.`, options: [] };
    return mergePlanned(files, unquoted(found[1]));
  },
};

export const removeWorkflow: Rule = {
  example: "remove the quotes workflow",
  read: (text, { files }) => {
    const found =
      /^(?:remove|delete|drop|get rid of) (?:the |my |our )?(.+?)( workflow| agent| assistant| flow)?$/i.exec(
        text,
      );
    if (!found?.[1]) return null;
    const all = findWorkflows(files, unquoted(found[1]));
    if (all.length === 0)
      return found[2] ? which(files, found[1], (it) => `remove the ${it} workflow`) : null;
    const [gone] = all;
    if (!gone || all.length > 1) return which(files, found[1], (it) => `remove the ${it} workflow`, all);
    const others = Object.values(files.workflows).filter((it) => it !== gone);
    if (others.length === 0)
      return { question: `${gone.title} is all that the app does, so it can't go.`, options: [] };
    if (gone.entry && others.length > 1)
      return {
        question: `Chats start at ${gone.title}, so it can't go while there are several others.`,
        options: [],
      };
    return { files: without(files, gone), said: `${gone.title} is gone; the tables and their rows stay.` };
  },
};

export const renameWorkflow: Rule = {
  example: "rename refund-handler to money-back",
  read: (text, { files }) => {
    const found =
      /^(?:rename|call) (?:the )?(.+?)(?: workflow| agent| assistant)? (?:to|into|as) (.+)$/i.exec(text);
    if (!found?.[1] || !found[2]) return null;
    const all = findWorkflows(files, unquoted(found[1]));
    const [workflow] = all;
    if (!workflow || all.length > 1)
      return which(files, found[1], (it) => `rename ${it} to ${unquoted(found[2]!)}`, all);
    const said = unquoted(found[2]);
    const name = kebab(said);
    const title = /^[a-z0-9-]+$/.test(said) ? capital(said.replaceAll("-", " ")) : said.slice(0, 80);
    if (
      !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) ||
      (RESERVED_WORKFLOW_NAMES as readonly string[]).includes(name)
    )
      return { question: `“${said.slice(0, 80)}” can't be the name of a workflow.`, options: [] };
    if (
      name !== workflow.name &&
      (files.workflows[name] || Object.values(files.workflows).some((it) => it.agents[name]))
    )
      return { question: `There is a ${name} already.`, options: [] };
    return {
      files: renamed(files, workflow, name, title),
      said: `${workflow.title} is called ${title} (${name}).`,
    };
  },
};

function which(
  files: AppFiles,
  phrase: string,
  option: (title: string) => string,
  among: readonly WorkflowFile[] = [],
): Unclear {
  const shown = among.length > 1 ? among : Object.values(files.workflows);
  return {
    question: `Which workflow is “${phrase.slice(0, 80)}”?`,
    options: shown.slice(0, 12).map((it) => option(it.title.toLowerCase())),
  };
}

/** A name that stands for another workflow or agent, wherever one may. */
function withNames(files: AppFiles, change: (name: string) => string | null): AppFiles {
  const list = (names: readonly string[]) => [...new Set(names.map(change).filter((it) => it !== null))];
  const workflows = Object.entries(files.workflows).map(([key, workflow]) => {
    const agents = Object.entries(workflow.agents).map(([name, agent]) => [
      change(name) ?? name,
      {
        ...agent,
        handoffs: list(agent.handoffs),
        ...(agent.asks ? { asks: list(agent.asks) } : {}),
        ...(agent.panel ? { panel: list(agent.panel) } : {}),
        ...(agent.next ? { next: agent.next.map((it) => ({ ...it, to: change(it.to) ?? "end" })) } : {}),
      },
    ]);
    const named = {
      name: change(workflow.name) ?? key,
      entry_agent: change(workflow.entry_agent) ?? workflow.entry_agent,
    };
    return [named.name, { ...workflow, ...named, agents: Object.fromEntries(agents) }];
  });
  return { ...files, workflows: Object.fromEntries(workflows) };
}

function renamed(files: AppFiles, workflow: WorkflowFile, name: string, title: string): AppFiles {
  const before = workflow.name;
  const change = (it: string) => (it === before ? name : it);
  const [from, to] = [`_${snake(before)}`, `_${snake(name)}`];
  // Its agent has its name and its title where it has only one.
  const own = workflow.agents[before];
  const titled: WorkflowFile = {
    ...workflow,
    title,
    agents:
      own?.title === workflow.title ? { ...workflow.agents, [before]: { ...own, title } } : workflow.agents,
  };
  const next = withNames({ ...files, workflows: { ...files.workflows, [before]: titled } }, change);
  const tool = (it: string) =>
    /^(?:hand_off_to|ask)_/.test(it) && it.endsWith(from) ? it.slice(0, -from.length) + to : it;
  const tested = withCases(next, (test) => ({
    ...test,
    ...(test.workflow === undefined ? {} : { workflow: change(test.workflow) }),
    steps: test.steps.map((step) => ({
      ...step,
      expect: {
        ...step.expect,
        tools: step.expect.tools.map(tool),
        not_tools: step.expect.not_tools.map(tool),
        ...(step.expect.calls
          ? { calls: step.expect.calls.map((it) => ({ ...it, tool: tool(it.tool) })) }
          : {}),
        ...(step.expect.workflow === undefined ? {} : { workflow: change(step.expect.workflow) }),
        ...(step.expect.agent === undefined ? {} : { agent: change(step.expect.agent) }),
        ...(step.expect.agents === undefined ? {} : { agents: step.expect.agents.map(change) }),
      },
    })),
  }));
  const acceptance = Object.entries(tested.acceptance).map(([key, it]) => [change(key), it]);
  return { ...tested, acceptance: Object.fromEntries(acceptance) };
}

function without(files: AppFiles, gone: WorkflowFile): AppFiles {
  const { [gone.name]: _, ...workflows } = files.workflows;
  const { [gone.name]: _cases, ...acceptance } = files.acceptance;
  const names = new Set([gone.name, ...Object.keys(gone.agents)]);
  const left = withNames({ ...files, workflows, acceptance }, (it) => (names.has(it) ? null : it));
  const start = entryOf(left);
  const withEntry =
    start && !start.entry
      ? { ...left, workflows: { ...left.workflows, [start.name]: { ...start, entry: true } } }
      : left;
  const tools = new Set(Object.values(withEntry.workflows).flatMap((it) => Object.keys(it.tools)));
  const isThere = (tool: string) => tools.has(tool) || /^(?:hand_off_to|ask)_|^remember$/.test(tool);
  const tested = withCases(withEntry, (test) => {
    const isAbout = test.steps.some(
      ({ expect }) =>
        (expect.agent !== undefined && names.has(expect.agent)) ||
        expect.agents?.some((it) => names.has(it)) ||
        (expect.workflow !== undefined && names.has(expect.workflow)) ||
        expect.calls?.some((it) => !isThere(it.tool)) ||
        expect.tools.some((it) => !isThere(it)),
    );
    if (isAbout || (test.workflow !== undefined && names.has(test.workflow))) return null;
    return {
      ...test,
      steps: test.steps.map((it) => ({
        ...it,
        expect: { ...it.expect, not_tools: it.expect.not_tools.filter(isThere) },
      })),
    };
  });
  // What it suggested is suggested nowhere else.
  const own = new Set(gone.ui?.suggestions ?? []);
  const shown = Object.entries(tested.workflows).map(([name, it]) => {
    const suggestions = it.ui?.suggestions.filter((text) => !own.has(text));
    return [name, it.ui && suggestions ? { ...it, ui: { ...it.ui, suggestions } } : it];
  });
  return { ...tested, workflows: Object.fromEntries(shown) };
}
