import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AppDetail } from "#protocol/api/app";
import { appQuery } from "../api/apps.ts";
import { endJoinLink, makeJoinLink } from "../api/people.ts";
import { moment } from "../ui/amounts.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** The link by which people join: made, made anew, ended. */
export function JoinLinkBox({ app }: { app: AppDetail }) {
  const queries = useQueryClient();
  const [url, setUrl] = useState<string | null>(null);
  const again = () => void queries.invalidateQueries({ queryKey: appQuery(app.enterprise_id).queryKey });
  const making = useMutation({
    mutationFn: () => makeJoinLink(app.enterprise_id),
    onSuccess: (link) => {
      setUrl(link.url);
      again();
    },
  });
  const ending = useMutation({
    mutationFn: () => endJoinLink(app.enterprise_id),
    onSuccess: () => {
      setUrl(null);
      again();
    },
  });
  const has = app.join_link_made_at;
  const error = making.error ?? ending.error;
  return (
    <div className="space-y-3">
      <p>
        <span className="font-medium">A link to join by</span>
        <span className="block text-sm text-soft">
          {has
            ? `There is one since ${moment(has)}. Whoever has it may make an account and come in.`
            : "Whoever opens it may make an account and come in."}
        </span>
      </p>
      {url && <ShownOnce title="The link" value={url} onDone={() => setUrl(null)} />}
      <div className="flex flex-wrap gap-3">
        <Button look="secondary" busy={making.isPending} onClick={() => making.mutate()}>
          {has ? "New link (ends the old one)" : "Make a link"}
        </Button>
        {has && (
          <Button look="ghost" busy={ending.isPending} onClick={() => ending.mutate()}>
            End the link
          </Button>
        )}
      </div>
      {error && <Problem error={error} />}
    </div>
  );
}
