import { MozaiksCoreApp } from "mozaiks-react";
import { createRoot } from "react-dom/client";

const { VITE_MOZAIKS_APP, VITE_MOZAIKS_ENTERPRISE } = import.meta.env;

function App() {
  return (
    <main style={{ maxWidth: 720, margin: "2rem auto", height: "80vh" }}>
      <h1>My shop</h1>
      <MozaiksCoreApp
        platform={VITE_MOZAIKS_APP}
        enterprise_id={VITE_MOZAIKS_ENTERPRISE}
        workflows={[]}
        branding={{ colors: { primary: "#7c3aed" } }}
        onEvent={(event) => console.log(event.type)}
      />
    </main>
  );
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
