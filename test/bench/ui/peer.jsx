import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport } from "ai";
import { useState } from "react";
import { createRoot } from "react-dom/client";

const earlier = await (await fetch("/earlier")).json();

/** The page of the AI SDK's own guide: `useChat`, each message's text as it is. */
function Page() {
  const [input, setInput] = useState("");
  const { messages, sendMessage } = useChat({
    messages: earlier,
    transport: new DefaultChatTransport({ api: "/say" }),
  });
  return (
    <div style={{ maxWidth: 768, margin: "auto" }}>
      {messages.map((message) => (
        <div key={message.id} data-role={message.role} style={{ whiteSpace: "pre-wrap" }}>
          {message.parts.map((part, n) => (part.type === "text" ? <div key={n}>{part.text}</div> : null))}
        </div>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void sendMessage({ text: input });
          setInput("");
        }}
      >
        <input data-testid="composer" value={input} onChange={(event) => setInput(event.target.value)} />
      </form>
    </div>
  );
}

createRoot(document.getElementById("root")).render(<Page />);
