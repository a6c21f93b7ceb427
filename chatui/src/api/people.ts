import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { EndUser, InvitedAddress, JoinLink } from "#protocol/api/end-user";
import type { AcceptedInvitation, Invitation, OfferedInvitation } from "#protocol/api/invitation";
import type { Member } from "#protocol/api/member";
import { getJson, sendJson } from "./http.ts";

export type Role = Member["role"];
type Page<T> = { items: T[]; next_cursor: string | null };

const at = (enterpriseId: string, rest: string) => `/api/apps/${enterpriseId}/${rest}`;

export function membersQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["members", enterpriseId],
    queryFn: () => getJson<{ items: Member[] }>(at(enterpriseId, "members")),
  });
}

export function invitationsQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["invitations", enterpriseId],
    queryFn: () => getJson<{ items: Invitation[] }>(at(enterpriseId, "invitations")),
  });
}

export const inviteMember = (enterpriseId: string, email: string, role: Role) =>
  sendJson<Invitation>("POST", at(enterpriseId, "invitations"), { email, role });
export const resendInvitation = (enterpriseId: string, id: string) =>
  sendJson<Invitation>("POST", at(enterpriseId, `invitations/${id}/resend`));
export const revokeInvitation = (enterpriseId: string, id: string) =>
  sendJson("DELETE", at(enterpriseId, `invitations/${id}`));
export const changeMember = (enterpriseId: string, userId: string, role: Role) =>
  sendJson("PATCH", at(enterpriseId, `members/${userId}`), { role });
export const removeMember = (enterpriseId: string, userId: string) =>
  sendJson("DELETE", at(enterpriseId, `members/${userId}`));
/** Error: FRESH_SIGN_IN_NEEDED. */
export const handOver = (enterpriseId: string, userId: string) =>
  sendJson("POST", at(enterpriseId, "owner"), { user_id: userId });

/** What a mailed link invites to. Error: NOT_FOUND, when it is no longer good. */
export const lookAtInvitation = (token: string) =>
  sendJson<OfferedInvitation>("POST", "/api/invitations/look", { token });
/** Errors: ADDRESS_NOT_PROVEN, FORBIDDEN (another account), NOT_FOUND, CONFLICT (a member already). */
export const acceptInvitation = (token: string) =>
  sendJson<AcceptedInvitation>("POST", "/api/invitations/accept", { token });

/** An app's end users, newest first, a page at a time. */
export function usersQuery(enterpriseId: string, search: string) {
  return infiniteQueryOptions({
    queryKey: ["users", enterpriseId, search],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({
        limit: "30",
        ...(search && { search }),
        ...(pageParam && { cursor: pageParam }),
      });
      return getJson<Page<EndUser>>(at(enterpriseId, `users?${query}`));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}

export const changeUser = (
  enterpriseId: string,
  userId: string,
  change: Partial<Pick<EndUser, "roles" | "admitted">>,
) => sendJson<EndUser>("PATCH", at(enterpriseId, `users/${userId}`), change);

export function invitedUsersQuery(enterpriseId: string) {
  return infiniteQueryOptions({
    queryKey: ["invited-users", enterpriseId],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ limit: "50", ...(pageParam && { cursor: pageParam }) });
      return getJson<Page<InvitedAddress>>(at(enterpriseId, `invited-users?${query}`));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}

export const inviteUser = (enterpriseId: string, email: string) =>
  sendJson<InvitedAddress>("POST", at(enterpriseId, "invited-users"), { email });
export const uninviteUser = (enterpriseId: string, email: string) =>
  sendJson("DELETE", at(enterpriseId, `invited-users/${encodeURIComponent(email)}`));

/** A new link by which people join, told once; the one before is void. */
export const makeJoinLink = (enterpriseId: string) =>
  sendJson<JoinLink>("POST", at(enterpriseId, "join-link"));
export const endJoinLink = (enterpriseId: string) => sendJson("DELETE", at(enterpriseId, "join-link"));
/** At an app's own address. Errors: NOT_FOUND, NOT_ADMITTED. */
export const joinApp = (token: string) => sendJson("POST", "/api/join", { token });
