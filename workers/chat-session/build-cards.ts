import type { BuildState } from "#generator/build-state";
import type { Question } from "#protocol/api/question";

export const BUILD_TOOL = "build_app";

const shared = { interaction_type: "ui_tool" as const, awaiting_response: true };

/** What is open in a prompt. The answer is `{question id: value or values}`; `{}` skips all. */
export function questionsCard({ build_id, questions = [] }: BuildState, tool_call_id: string) {
  return {
    ...shared,
    tool_call_id,
    tool_name: "ask_questions",
    component_type: "questions",
    display: "inline" as const,
    payload: {
      build_id,
      title: "A few questions first",
      message: "Answer what you like. What you skip, I decide, and say so in the plan.",
      questions,
      response_schema: {
        type: "object",
        properties: Object.fromEntries(questions.map((it) => [it.id, answerSchema(it)])),
      },
    },
  };
}

function answerSchema({ text, options, multiple, free_text }: Question): Record<string, unknown> {
  const one = { type: "string", ...(free_text ? {} : { enum: options.map(({ value }) => value) }) };
  return { title: text, ...(multiple ? { type: "array", items: one } : one) };
}

export function planCard({ build_id, plan, plan_hash, planned_by }: BuildState, tool_call_id: string) {
  return {
    ...shared,
    tool_call_id,
    tool_name: BUILD_TOOL,
    component_type: "plan",
    display: "artifact" as const,
    payload: {
      build_id,
      plan,
      plan_hash,
      planned_by,
      response_schema: {
        type: "object",
        properties: {
          approved: { type: "boolean" },
          plan_hash: { type: "string" },
          plan: { type: "object" },
        },
        required: ["approved"],
      },
    },
  };
}

/** What an edit changes, for a yes or a no. */
export function editCard({ build_id, edit, base_version, plan_hash }: BuildState, tool_call_id: string) {
  return {
    ...shared,
    tool_call_id,
    tool_name: BUILD_TOOL,
    component_type: "edit",
    display: "inline" as const,
    payload: {
      build_id,
      base_version,
      edit,
      plan_hash,
      response_schema: {
        type: "object",
        properties: { approved: { type: "boolean" }, plan_hash: { type: "string" } },
        required: ["approved"],
      },
    },
  };
}

/** A build that is green, and goes live by a yes. */
export function publishCard({ build_id, plan, edit, acceptance }: BuildState, tool_call_id: string) {
  return {
    ...shared,
    tool_call_id,
    tool_name: "publish_app",
    component_type: "confirmation",
    display: "inline" as const,
    payload: {
      build_id,
      title: `Publish ${plan?.name ?? (edit ? "this change" : "this app")}?`,
      message: `All ${acceptance?.passed ?? 0} of its conversations passed. Nothing is live before you say so.`,
      response_schema: {
        type: "object",
        properties: { approved: { type: "boolean" } },
        required: ["approved"],
      },
    },
  };
}
