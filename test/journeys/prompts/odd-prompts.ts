/** Prompts that no part of the catalogue was written for, and what the names of their workflows must hold. */
export const ODD_PROMPTS: readonly { prompt: string; names: string }[] = [
  {
    prompt: "An app for beekeepers to log hive inspections, order queens and ask about swarm season",
    names: "hive-inspection queen question",
  },
  {
    prompt: "A community choir where singers sign up for rehearsals, report absences and suggest songs",
    names: "rehearsal absence song",
  },
  {
    prompt:
      "A customs broker: importers submit shipment documents, track clearance and ask for duty estimates",
    names: "shipment-document clearance duty-estimate",
  },
  {
    prompt:
      "A dungeon master assistant: players book game nights, log their characters and vote on the next adventure",
    names: "game-night character adventure",
  },
  {
    prompt: "A funeral home: families arrange a meeting, draft an obituary and order flowers",
    names: "meeting obituary flower",
  },
  {
    prompt:
      "A recycling yard app: people look up what they can drop off, book a drop-off slot and report illegal dumping",
    names: "drop-off-slot illegal-dumping",
  },
  {
    prompt: "Maker space: members book machines, take safety quizzes and report broken tools",
    names: "machine safety-quiz broken-tool",
  },
  {
    prompt: "Help our lighthouse museum volunteers swap shifts",
    names: "shift-offer",
  },
  {
    prompt: "A cheese cave: affineurs log cheese wheels and check humidity",
    names: "cheese-wheel humidity",
  },
  {
    prompt: "A seed library where gardeners borrow seeds and return them after harvest",
    names: "seed-loan",
  },
  {
    prompt: "A wedding DJ: couples send song wishes, book a consultation and get a quote",
    names: "song-wish consultation quote",
  },
  {
    prompt: "Our allotment association needs a waiting list, plot inspections and complaints",
    names: "waiting-list plot-inspection complaint",
  },
  {
    prompt: "A blood donation centre: donors book appointments and fill in a health questionnaire",
    names: "appointment health-questionnaire",
  },
  {
    prompt: "Puppet theatre: reserve seats, ask about age limits, and subscribe to the newsletter",
    names: "seat question newsletter",
  },
  {
    prompt: "A translation bureau where clients submit documents, get quotes and track their translations",
    names: "document quote translation-tracker",
  },
  {
    prompt: "Stables: riders book riding lessons, horse owners request farrier visits and pay livery",
    names: "riding-lesson farrier-visit livery-payment",
  },
  {
    prompt: "A parish archive: researchers look up baptism records and request copies",
    names: "baptism-record copy",
  },
  {
    prompt: "A toy library for parents: borrow toys, extend loans and report missing pieces",
    names: "toy-loan missing-piece",
  },
  {
    prompt: "Ice cream van: where is the van today, what flavours are there, book it for a party",
    names: "van flavour",
  },
  {
    prompt: "A sleep clinic: patients keep a sleep diary, fill in questionnaires and book follow-up calls",
    names: "sleep-diary questionnaire follow-up-call",
  },
  {
    prompt: "A harbour master: boats request berths, report arrivals and pay mooring fees",
    names: "berth arrival mooring-fee",
  },
  {
    prompt: "Marathon organisers: runners register, find lost property and ask about the course",
    names: "registration lost-property question",
  },
  {
    prompt: "Prison visiting: relatives book visits, read the rules and complain",
    names: "visit rulebook complaint",
  },
];
