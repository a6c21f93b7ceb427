import type { ComponentProps, ReactNode } from "react";
import { Field } from "../ui/field.tsx";

type Props = Omit<ComponentProps<typeof Field>, "onSubmit"> & { onSubmit: () => void; children: ReactNode };

/** A form of one field with its button beside it. */
export function FieldRow({ onSubmit, children, ...field }: Props) {
  return (
    <form
      className="flex flex-wrap items-end gap-x-3 gap-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className="min-w-0 flex-1 basis-56">
        <Field {...field} />
      </div>
      {children}
    </form>
  );
}
