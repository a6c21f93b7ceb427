import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { membersQuery, usersQuery } from "../api/people.ts";

/** Names of the team and of those who came last, by account; of others a page says their id. */
export function usePeopleNames(enterpriseId: string): Map<string, string> {
  const members = useQuery(membersQuery(enterpriseId)).data?.items ?? [];
  const users = useInfiniteQuery(usersQuery(enterpriseId, "")).data?.pages[0]?.items ?? [];
  return new Map(
    [...users, ...members].flatMap(({ user_id, name, email }): [string, string][] => {
      const called = name.trim() || email;
      return called ? [[user_id, called]] : [];
    }),
  );
}
