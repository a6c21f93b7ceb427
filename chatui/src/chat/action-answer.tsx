import { Button } from "../ui/button.tsx";

type Props = { actions: string[]; busy: boolean; onAnswer: (response: { action: string }) => void };

/** The buttons of a card: one click answers. */
export function ActionAnswer({ actions, busy, onAnswer }: Props) {
  return (
    <div className="flex flex-wrap gap-2">
      {actions.map((action, index) => (
        <Button
          key={action}
          look={index === 0 ? "primary" : "secondary"}
          disabled={busy}
          onClick={() => onAnswer({ action })}
        >
          {action}
        </Button>
      ))}
    </div>
  );
}
