import type { Attachment } from "#protocol/attachment";
import { failure, readFailure } from "./failure.ts";
import type { Client } from "./http.ts";

export type ChatPlace = { enterpriseId: string; chatId: string };

/** Where a file that was sent in a chat is saved from. */
export function attachmentUrl({ enterpriseId, chatId }: ChatPlace, attachmentId: string): string {
  return `/api/chats/${[enterpriseId, chatId, "attachments", attachmentId].map(encodeURIComponent).join("/")}`;
}

/** The same for a member of the team, of a chat of the app's people. */
export function teamAttachmentUrl({ enterpriseId, chatId }: ChatPlace, attachmentId: string): string {
  const [app, chat, file] = [enterpriseId, chatId, attachmentId].map(encodeURIComponent);
  return `/api/apps/${app}/chats/${chat}/attachments/${file}`;
}

/** Sends a file for a message to come. `onProgress`: the part of it that is gone, 0 to 1. Errors: ApiFailure. */
export function sendAttachment(
  file: File,
  { enterpriseId, chatId }: ChatPlace,
  onProgress: (part: number) => void,
  signal: AbortSignal,
  { base, token }: Client = { base: "" },
): Promise<Attachment> {
  const form = new FormData();
  form.set("enterprise_id", enterpriseId);
  form.set("chat_id", chatId);
  form.set("file", file);
  // Of what browsers have, only this tells how far a body is.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("POST", `${base}/api/chat/upload`);
    request.responseType = "json";
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    request.onload = () => {
      // The server checks what it answers by the same schema, whose library a page does without.
      const sent = request.response as Attachment | null;
      if (request.status === 201 && sent?.attachment_id) resolve(sent);
      else reject(readFailure(request.status, request.response));
    };
    request.onerror = () => reject(failure(0, "OFFLINE", "There is no connection right now.", true));
    signal.addEventListener("abort", () => request.abort());
    const send = (bearer: string | null | undefined) => {
      if (bearer) request.setRequestHeader("authorization", `Bearer ${bearer}`);
      request.send(form);
    };
    if (token) token().then(send, reject);
    else send(null);
  });
}
