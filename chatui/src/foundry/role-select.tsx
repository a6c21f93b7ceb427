import type { Role } from "../api/people.ts";
import { INPUT_LOOK } from "../ui/field.tsx";
import { ROLE_NAMES, ROLE_WORDS } from "./role-words.ts";

type Props = {
  label: string;
  value: Role;
  /** Whether owner may be chosen. */
  owners: boolean;
  disabled?: boolean;
  onChange: (role: Role) => void;
};

/** One of the roles of members. */
export function RoleSelect({ label, value, owners, disabled, onChange }: Props) {
  const names = ROLE_NAMES.filter((name) => owners || name !== "owner" || value === "owner");
  return (
    <select
      aria-label={label}
      className={`${INPUT_LOOK} h-9 !w-auto`}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Role)}
    >
      {names.map((name) => (
        <option key={name} value={name}>
          {ROLE_WORDS[name].title}
        </option>
      ))}
    </select>
  );
}
