/** A hand-written workflow whose tools reach an API of parcels: one reads, one stops a parcel, one reads elsewhere. */
export const PARCELS = {
  name: "parcel-desk",
  title: "Parcel desk",
  description: "Says where parcels are and stops them.",
  entry_agent: "clerk",
  allow_hosts: ["api.parcels.example", "localhost:8787"],
  agents: {
    clerk: {
      description: "Tracks and stops parcels.",
      instructions: "Help people track a parcel by its parcel number, or stop it.",
      tools: ["track_parcel", "stop_parcel", "audit_platform"],
    },
  },
  tools: {
    track_parcel: {
      kind: "http",
      description: "Track a parcel by its parcel number to see where it is.",
      url: "https://api.parcels.example/parcels/{parcel_number}",
      parameters: { parcel_number: { type: "integer", title: "Parcel number" } },
      required: ["parcel_number"],
      example_result: { place: "Example town" },
    },
    stop_parcel: {
      kind: "http",
      description: "Stop a parcel: use it when the person wants to stop a parcel.",
      method: "POST",
      url: "https://api.parcels.example/stops",
      parameters: { parcel_number: { type: "integer", title: "Parcel number" } },
      required: ["parcel_number"],
    },
    audit_platform: {
      kind: "http",
      description: "Audit the platform: use it when the person wants an audit.",
      url: "https://localhost:8787/api/health",
    },
  },
  acceptance: [
    {
      name: "It tracks a parcel",
      steps: [{ say: "Track parcel 4711", expect: { tools: ["track_parcel"], includes: ["Example town"] } }],
    },
  ],
};
