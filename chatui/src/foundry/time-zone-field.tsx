import { type ReactNode, useId, useMemo } from "react";
import { Button } from "../ui/button.tsx";
import { INPUT_LOOK } from "../ui/field.tsx";
import { ownTimeZone, zonesByRegion } from "./time-zones.ts";

type Props = { value: string; onChange: (zone: string) => void };

/** Where the app's days and months begin. */
export function TimeZoneField({ value, onChange }: Props) {
  const id = useId();
  const regions = useMemo(() => zonesByRegion(value), [value]);
  const own = ownTimeZone();
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-medium">
        Time zone
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <select
          id={id}
          className={`${INPUT_LOOK} h-11 min-w-0 flex-1 basis-56`}
          value={value}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
        >
          {regions.map(({ region, zones }) => (
            <Region key={region} name={region}>
              {zones.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
            </Region>
          ))}
        </select>
        {own !== value && (
          <Button look="ghost" onClick={() => onChange(own)}>
            Use mine
          </Button>
        )}
      </div>
      <p id={`${id}-note`} className="text-sm text-soft">
        Days and months begin at midnight there. A change holds from the next day and the next month on.
      </p>
    </div>
  );
}

function Region({ name, children }: { name: string; children: ReactNode }) {
  return name === "" ? children : <optgroup label={name}>{children}</optgroup>;
}
