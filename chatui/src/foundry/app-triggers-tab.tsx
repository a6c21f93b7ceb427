import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { CalendarClock, Webhook } from "lucide-react";
import type { ReactNode } from "react";
import type { TriggerList } from "#protocol/api/trigger";
import { appQuery } from "../api/apps.ts";
import { newHookSecret, triggersQuery } from "../api/triggers.ts";
import { humanise } from "../chat/humanise.ts";
import { moment } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** What starts the app's workflows by itself. */
export function AppTriggersTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  const triggers = useQuery(triggersQuery(id));
  if (triggers.isPending) return <PageLoading />;
  const { schedules = [], hooks = [] } = triggers.data ?? {};
  const can = app.data?.can ?? [];
  return (
    <div className="mx-auto w-full max-w-5xl space-y-8 px-4 py-8 sm:px-6">
      <div>
        <h2 className="text-xl font-semibold">Triggers</h2>
        <p className="mt-1 text-soft">
          Schedules and hooks start a workflow without anybody writing. They stand in the live version’s
          workflows: say in a change what should start when.
        </p>
      </div>
      {triggers.isError && <Problem error={triggers.error} retry={() => void triggers.refetch()} />}
      {triggers.data && schedules.length + hooks.length === 0 && (
        <Empty title="Nothing starts by itself">
          Ask for it in a change, like “every Monday at 9 send me a summary”.
        </Empty>
      )}
      <ul className="space-y-3">
        {schedules.map((it) => (
          <Trigger key={`${it.workflow_name}/${it.name}`} icon={CalendarClock} it={it}>
            <Fact name="When">
              <code className="font-mono text-sm">{it.cron}</code> ({it.time_zone})
            </Fact>
            <Fact name="Next">{it.next_at ? moment(it.next_at) : "never"}</Fact>
            <Last id={id} it={it} mayRead={can.includes("chats.read")} />
            {it.last_error && <p className="text-sm text-bad">{it.last_error}</p>}
          </Trigger>
        ))}
        {hooks.map((it) => (
          <Trigger key={`${it.workflow_name}/${it.name}`} icon={Webhook} it={it}>
            <Fact name="Address">
              <code className="font-mono text-sm break-all">{it.url}</code>
            </Fact>
            <Last id={id} it={it} mayRead={can.includes("chats.read")} />
            {can.includes("secrets.change") && <HookSecret id={id} it={it} />}
          </Trigger>
        ))}
      </ul>
    </div>
  );
}

type AnyTrigger = TriggerList["schedules"][number] | TriggerList["hooks"][number];
type TriggerProps = { icon: typeof Webhook; it: AnyTrigger; children: ReactNode };

function Trigger({ icon: Icon, it, children }: TriggerProps) {
  return (
    <li className="space-y-2 rounded-2xl border border-line bg-surface p-5">
      <p className="flex flex-wrap items-center gap-2.5 font-semibold">
        <Icon className="size-5 text-accent-ink" aria-hidden="true" />
        {humanise(it.name)}
        <Badge>{humanise(it.workflow_name)}</Badge>
        {"has_secret" in it && !it.has_secret && <Badge tone="warn">needs a secret</Badge>}
      </p>
      {children}
    </li>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p className="text-[0.95rem]">
      <span className="text-soft">{name}: </span>
      {children}
    </p>
  );
}

function Last({ id, it, mayRead }: { id: string; it: AnyTrigger; mayRead: boolean }) {
  if (!it.last_at) return <Fact name="Last">not yet</Fact>;
  return (
    <Fact name="Last">
      {moment(it.last_at)}{" "}
      {mayRead && it.last_chat_id && (
        <Link
          to="/apps/$id/conversations"
          params={{ id }}
          search={{ chat: it.last_chat_id }}
          className="text-accent-ink underline underline-offset-4"
        >
          what came of it
        </Link>
      )}
    </Fact>
  );
}

function HookSecret({ id, it }: { id: string; it: TriggerList["hooks"][number] }) {
  const queries = useQueryClient();
  const making = useMutation({
    mutationFn: () => newHookSecret(id, it.workflow_name, it.name),
    onSuccess: () => queries.invalidateQueries({ queryKey: triggersQuery(id).queryKey }),
  });
  if (making.data)
    return (
      <ShownOnce
        title={`The signing secret of ${humanise(it.name)}`}
        value={making.data.secret}
        onDone={() => making.reset()}
      />
    );
  return (
    <div className="space-y-2 pt-1">
      {making.isError && <Problem error={making.error} />}
      <Button look="secondary" size="small" busy={making.isPending} onClick={() => making.mutate()}>
        {it.has_secret ? "New secret (the one before is void at once)" : "Make a secret"}
      </Button>
    </div>
  );
}
