import { appError } from "#base/app-error";
import type { Scope } from "#enterprises/scope";
import { id } from "#protocol/ids";

const SHA256 = /^[0-9a-f]{64}$/;
const PATH = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** Everything of one enterprise in the file store is under this, and nothing of another. */
export function enterprisePrefix(scope: Scope): string {
  if (!id.safeParse(scope.enterprise_id).success || scope.enterprise_id.startsWith(".")) {
    throw appError("NOT_FOUND");
  }
  return `enterprises/${scope.enterprise_id}/`;
}

/** The folder of one version. */
export function versionPrefix(scope: Scope, version: number): string {
  if (!Number.isSafeInteger(version) || version < 1) throw appError("NOT_FOUND");
  return `${enterprisePrefix(scope)}versions/${version}/`;
}

/** The one way to name a file of a version. `path` is relative: no leading `/`, no `..`, no empty part. */
export function fileKey(scope: Scope, version: number, path: string): string {
  if (!PATH.test(path) || path.includes("..") || path.length > 400) {
    throw appError("BAD_REQUEST", { issues: [{ path, message: "is not a path inside an app" }] });
  }
  return versionPrefix(scope, version) + path;
}

/** The one way to name a file of raw usage: `enterprises/{enterprise_id}/usage/{YYYY-MM}/{part}.ndjson`. */
export function usageFileKey(scope: Scope, month: string, part: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || !/^\d{12,16}$/.test(part)) throw appError("NOT_FOUND");
  return `${enterprisePrefix(scope)}usage/${month}/${part}.ndjson`;
}

/** The one way to name a content of an app's knowledge, by its SHA-256 in hex. */
export function knowledgeFileKey(scope: Scope, sha256: string): string {
  if (!SHA256.test(sha256)) throw appError("NOT_FOUND");
  return `${enterprisePrefix(scope)}knowledge/${sha256}`;
}

/** The one way to name an app's logo. */
export function logoFileKey(scope: Scope, name: string): string {
  if (!id.safeParse(name).success || name.startsWith(".")) throw appError("NOT_FOUND");
  return `${enterprisePrefix(scope)}logo/${name}`;
}

/** Everything that was attached to messages of one chat is under this. */
export function uploadsPrefix(scope: Scope, chatId: string): string {
  if (!id.safeParse(chatId).success || chatId.startsWith(".")) throw appError("NOT_FOUND");
  return `${enterprisePrefix(scope)}chats/${chatId}/uploads/`;
}

/** The one way to name what was attached in a chat. */
export function uploadFileKey(scope: Scope, chatId: string, attachmentId: string): string {
  if (!id.safeParse(attachmentId).success || attachmentId.startsWith(".")) throw appError("NOT_FOUND");
  return uploadsPrefix(scope, chatId) + attachmentId;
}
