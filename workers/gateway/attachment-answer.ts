import { appError } from "#base/app-error";
import type { Scope } from "#enterprises/scope";
import { uploadFileKey } from "#workflows/file-key";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Env } from "../env.ts";

/**
 * A file that was sent in a chat, for whoever was let into it. It is saved or stands in an image, and is never a page:
 * nothing of a person's file runs or renders on this origin (T58). Errors: NOT_FOUND, UNAVAILABLE.
 */
export async function attachmentAnswer(
  env: Env,
  scope: Scope,
  chatId: string,
  attachmentId: string,
): Promise<Response> {
  const file = await chatSessionFor(env, scope.enterprise_id, chatId).attachment(attachmentId);
  if (!file) throw appError("NOT_FOUND");
  const object = await env.FILES.get(uploadFileKey(scope, chatId, attachmentId));
  if (!object) throw appError("UNAVAILABLE");
  return new Response(object.body, {
    headers: {
      "content-type": file.media_type.startsWith("text/")
        ? `${file.media_type}; charset=utf-8`
        : file.media_type,
      "content-length": String(file.size),
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16)}`)}`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
    },
  });
}
