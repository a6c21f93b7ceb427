import { modelName } from "#protocol/app-file/model";
import { brandingOf, COLOURS } from "../../branding-of.ts";
import { findWorkflows } from "../find-parts.ts";
import { type Context, entryOf, type Rule, type Unclear, withWorkflow } from "../rule.ts";
import { unquoted } from "../split-request.ts";

const COLOUR_NAMES = Object.keys(COLOURS).join("|");
const HEX = "#(?:[0-9a-f]{6}|[0-9a-f]{3})\\b";

export const colour: Rule = {
  example: "make it blue",
  read: (text, { files }) => {
    const found = new RegExp(
      `^(?:make|paint|turn|colou?r|use|set|change|switch)\\b(?:(?! to \\b).){0,40}?(?: to | in | as | )(?:a |the )?(?:(?:nice|bright|dark|light|deep) )?(${HEX}|${COLOUR_NAMES})(?: as (?:the |an? |our |my )?(?:(main|primary|brand|accent) )?colou?r| theme| colou?r| instead| everywhere)?$`,
      "i",
    ).exec(text);
    const said = found?.[1]?.toLowerCase();
    if (!said) return null;
    const short = /^#(.)(.)(.)$/.exec(said);
    const value = short
      ? `#${short
          .slice(1)
          .map((it) => it + it)
          .join("")}`
      : (COLOURS[said] ?? said);
    const key = /\baccent\b/i.test(text) ? "accent_color" : "primary_color";
    const app = { ...files.app, branding: { ...files.app.branding, [key]: value } };
    const which = key === "accent_color" ? "The accent colour" : "The main colour";
    return { files: { ...files, app }, said: `${which} is ${COLOURS[said] ? `${said} (${value})` : value}.` };
  },
};

export const theme: Rule = {
  example: "use the dark theme",
  read: (text, { files }) => {
    const found =
      /^(?:(?:make|use|set|change|switch|turn)\b(?: it| the app| the theme| everything)?(?: on| to)?(?: the| a)? ?)?(dark|light|auto|automatic)(?: (?:mode|theme|look|design))?(?: on)?(?: please)?$/i.exec(
        text,
      );
    if (!found?.[1]) return null;
    const said = found[1].toLowerCase();
    const value = said === "dark" || said === "light" ? said : "auto";
    const app = {
      ...files.app,
      branding: { ...files.app.branding, theme: value as "dark" | "light" | "auto" },
    };
    return {
      files: { ...files, app },
      said: `The app looks ${value === "auto" ? "as each device does" : value}.`,
    };
  },
};

export const appName: Rule = {
  example: "rename the app to Parcel Pals",
  read: (text, { files }) => {
    const found =
      /^(?:rename|call|name) (?:the |my |our |this )?app(?:lication)?(?: to| as|:)? (.+)$/i.exec(text) ??
      /^(?:change|set) (?:the )?(?:app'?s? name|name of (?:the|my|our) app|app name)(?: to|:) (.+)$/i.exec(
        text,
      ) ??
      /^(?:rename it to|call it|name it) (.+)$/i.exec(text);
    if (!found?.[1]) return null;
    const name = unquoted(found[1]).replace(/\s+/g, " ").slice(0, 80).trim();
    if (!name) return null;
    const { branding, name: before } = files.app;
    // Initials that were made of the old name are made of the new one.
    const isDerived = branding.logo_text === brandingOf(before, "").logo_text;
    const look = isDerived ? { ...branding, logo_text: brandingOf(name, "").logo_text } : branding;
    return {
      files: { ...files, app: { ...files.app, name, branding: look } },
      said: `The app is called ${name}.`,
    };
  },
};

export const description: Rule = {
  example: "change the description to 'Help with your parcels'",
  read: (text, { files }) => {
    const found =
      /^(?:change|set|make) (?:the )?(?:app'?s? description|description(?: of (?:the|my|our) app)?)(?: to|:| say) (.+)$/is.exec(
        text,
      );
    if (!found?.[1]) return null;
    const said = unquoted(found[1]).slice(0, 2_000);
    return {
      files: { ...files, app: { ...files.app, description: said } },
      said: `The app is described as “${said}”.`,
    };
  },
};

export const welcome: Rule = {
  example: "change the welcome message to 'Hi! How can we help?'",
  read: (text, { files }) => {
    const found =
      /^(?:change|set|make|update) (?:the )?(?:welcome|greeting)(?: message| text)?(?: (?:of|for|in) (?:the )?(.+?))?(?: to say| to be| to| say| be|:) (.+)$/is.exec(
        text,
      ) ??
      /^(?:(?:welcome|greet) (?:people|users|customers|everybody|everyone|visitors|them))()(?: with| by saying|:) (.+)$/is.exec(
        text,
      );
    if (!found?.[2]) return null;
    const workflow = workflowOr(files, found[1] ?? "");
    if ("question" in workflow) return workflow;
    const said = unquoted(found[2]).slice(0, 500);
    const next = withWorkflow(files, {
      ...workflow,
      ui: { suggestions: [], ...workflow.ui, welcome: said },
    });
    // An app's own welcome stands before its workflow's.
    const { branding } = files.app;
    const app =
      workflow.entry && branding.welcome !== undefined
        ? { ...next.app, branding: { ...branding, welcome: said } }
        : next.app;
    return { files: { ...next, app }, said: `${workflow.title} welcomes people with “${said}”.` };
  },
};

const MAX_SUGGESTIONS = 6;

export const addSuggestion: Rule = {
  example: "add 'Where is my parcel?' as a suggestion",
  read: (text, { files }) => {
    const found =
      /^add (.+?) (?:as|to) (?:a |an |another |the )?(?:new )?suggest(?:ion|ions|ed question)(?: (?:to|of|for|in) (?:the )?(.+))?$/i.exec(
        text,
      ) ??
      /^(?:add|put) (?:a |another |the )?(?:new )?suggestion(?:\s*:)? (["“'‘].+["”'’])(?: (?:to|of|for|in) (?:the )?(.+))?$/i.exec(
        text,
      ) ??
      /^(?:add (?:a |another |the )?suggestion(?:\s*:)?|suggest) (.+)()$/i.exec(text);
    if (!found?.[1]) return null;
    const workflow = workflowOr(files, found[2] ?? "");
    if ("question" in workflow) return workflow;
    const said = unquoted(found[1]).slice(0, 120);
    const { suggestions = [], ...ui } = workflow.ui ?? {};
    if (suggestions.includes(said)) return { files, said: `“${said}” is suggested already.` };
    if (suggestions.length >= MAX_SUGGESTIONS)
      return {
        question: `There is room for ${MAX_SUGGESTIONS} suggestions. Which one should go?`,
        options: suggestions.map((it) => `remove the suggestion “${it}”`),
      };
    return {
      files: withWorkflow(files, { ...workflow, ui: { ...ui, suggestions: [...suggestions, said] } }),
      said: `${workflow.title} suggests “${said}”.`,
    };
  },
};

export const removeSuggestion: Rule = {
  example: "remove the suggestion 'Show me my orders'",
  read: (text, { files }) => {
    const found =
      /^(?:remove|delete|drop) (?:the )?suggestion(?:\s*:)? (.+)$/i.exec(text) ??
      /^(?:remove|delete|drop) (.+) from (?:the )?suggestions$/i.exec(text);
    if (!found?.[1]) return null;
    const said = unquoted(found[1]).toLowerCase();
    let next = files;
    for (const workflow of Object.values(files.workflows)) {
      const all = workflow.ui?.suggestions ?? [];
      const kept = all.filter((it) => it.toLowerCase() !== said);
      if (kept.length < all.length)
        next = withWorkflow(next, { ...workflow, ui: { ...workflow.ui, suggestions: kept } });
    }
    if (next === files)
      return {
        question: "There is no such suggestion.",
        options: (entryOf(files)?.ui?.suggestions ?? []).map((it) => `remove the suggestion “${it}”`),
      };
    return { files: next, said: `“${unquoted(found[1])}” is not suggested any more.` };
  },
};

export const model: Rule = {
  example: "change the model to offline/mozaiks-1",
  read: (text, { files }) => {
    const found =
      /^(?:change|set|switch) (?:the )?model(?: of (?:the )?(.+?))? to (.+)$/i.exec(text) ??
      /^use (?:the )?model()(?: )(\S+)$/i.exec(text) ??
      /^use ()([a-z][a-z0-9-]*\/\S+)(?: as the model)?$/i.exec(text);
    if (!found?.[2]) return null;
    const name = unquoted(found[2]);
    if (!modelName.safeParse(name).success)
      return {
        question: `“${name.slice(0, 80)}” is no name of a model: it must look like provider/model.`,
        options: [],
      };
    const of = found[1] ?? "";
    if (/^(app|it|everything)?$/i.test(of))
      return {
        files: { ...files, app: { ...files.app, model: name } },
        said: `The app uses the model ${name}.`,
      };
    const workflow = workflowOr(files, of);
    if ("question" in workflow) return workflow;
    return {
      files: withWorkflow(files, { ...workflow, model: name }),
      said: `${workflow.title} uses the model ${name}.`,
    };
  },
};

/** The workflow that was named; the entry where none was. */
function workflowOr(
  files: Context["files"],
  phrase: string,
): ReturnType<typeof findWorkflows>[number] | Unclear {
  const entry = entryOf(files);
  if ((phrase === "" || /^(?:app|chat)$/i.test(phrase)) && entry) return entry;
  const found = findWorkflows(files, phrase);
  if (found.length === 1 && found[0]) return found[0];
  return {
    question: `Which workflow is “${phrase.slice(0, 80)}”?`,
    options: Object.values(files.workflows).map((it) => it.title),
  };
}
