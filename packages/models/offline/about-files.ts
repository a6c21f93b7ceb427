import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import type { Reply } from "./reply.ts";

/** An answer to a message with pictures or PDFs says first that this model can't see them. */
export function aboutFiles(answer: Reply, prompt: LanguageModelV4Prompt): Reply {
  const last = prompt.at(-1);
  const files = last?.role === "user" ? last.content.filter(({ type }) => type === "file") : [];
  if (files.length === 0) return answer;
  const what = files.some((it) => it.type === "file" && it.mediaType === "application/pdf")
    ? "look into files like this"
    : "see pictures";
  const said = `I can't ${what}: I'm the offline model and read text only.`;
  return { ...answer, text: answer.text ? `${said} ${answer.text}` : said };
}
