import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { AppDetail } from "#protocol/api/app";
import { type AppChanges, appQuery, changeApp } from "../api/apps.ts";
import { Field } from "../ui/field.tsx";
import {
  LIMIT_NAMES,
  type LimitName,
  type LimitProblems,
  limitsChange,
  typedLimits,
} from "./limits-change.ts";
import { SaveRow } from "./save-row.tsx";
import { TimeZoneField } from "./time-zone-field.tsx";

const LABELS: Record<LimitName, string> = {
  turn_nano: "One turn",
  chat_nano: "One chat",
  user_day_nano: "One person, a day",
  user_month_nano: "One person, a month",
  workflow_month_nano: "One workflow, a month",
  app_month_nano: "The whole app, a month",
};

/** What may be spent, in dollars, and by which days and months. */
export function AppLimitsForm({ app }: { app: AppDetail }) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState(() => typedLimits(app.limits));
  const [timeZone, setTimeZone] = useState(app.time_zone);
  const [problems, setProblems] = useState<LimitProblems>({});
  const saving = useMutation({
    mutationFn: (changes: AppChanges) => changeApp(app.enterprise_id, changes),
    onSuccess(changed) {
      queries.setQueryData(appQuery(app.enterprise_id).queryKey, changed);
      setTyped(typedLimits(changed.limits));
    },
  });
  const change = changeOf(app, typed, timeZone);

  function type(name: LimitName, text: string) {
    saving.reset();
    setTyped((before) => ({ ...before, [name]: text }));
    setProblems(({ [name]: _mended, ...others }) => others);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    setProblems(change.problems);
    if (Object.keys(change.problems).length === 0) saving.mutate(change.changes);
  }
  return (
    <form onSubmit={submit} className="space-y-5" noValidate>
      <div className="grid gap-5 sm:grid-cols-2">
        {LIMIT_NAMES.map((name) => (
          <Field
            key={name}
            label={LABELS[name]}
            unit="$"
            inputMode="decimal"
            autoComplete="off"
            placeholder="no limit"
            value={typed[name]}
            error={problems[name]}
            onChange={(event) => type(name, event.target.value)}
          />
        ))}
      </div>
      <TimeZoneField
        value={timeZone}
        onChange={(zone) => {
          saving.reset();
          setTimeZone(zone);
        }}
      />
      <SaveRow saving={saving} label="Save limits" disabled={change.isNone} />
    </form>
  );
}

/** What differs from how the app is now. */
function changeOf(app: AppDetail, typed: Parameters<typeof limitsChange>[1], timeZone: string) {
  const { changes: limits, problems } = limitsChange(app.limits, typed);
  const changes: AppChanges = {
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
    ...(timeZone === app.time_zone ? {} : { time_zone: timeZone }),
  };
  const isNone = Object.keys(changes).length === 0 && Object.keys(problems).length === 0;
  return { changes, problems, isNone };
}
