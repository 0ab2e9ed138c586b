/** Which way the arrows run: core ← protocol ← { evcc, secc, drivers, pki } ← reports ← { steps, cli }; requirements is data for all. */
const rooms = {
  core: [],
  requirements: [],
  protocol: ["core"],
  evcc: ["core", "protocol"],
  secc: ["core", "protocol"],
  drivers: ["core", "protocol"],
  pki: ["core", "protocol"],
  reports: ["core", "protocol", "evcc", "secc", "drivers", "pki"],
};
const anyone = ["requirements"];
const pure = ["core", "protocol", "evcc", "secc"];
const scripted = "^scripts/foreign\\.ts$";

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `${room}-imports-only-${allowed.join("-") || "itself"}`,
      severity: "error",
      from: { path: `^${room}/`, pathNot: "\\.(test|contract|fuzz)\\.ts$" },
      to: {
        path: "^(core|protocol|evcc|secc|drivers|pki|reports|requirements|steps|cli|scripts)/",
        pathNot: `^(${[room, ...allowed, ...anyone].join("|")})/`,
      },
    })),
    {
      name: "tests-stay-below-their-room",
      comment: "A test may use the drivers and the foreign data, but no room above its own.",
      severity: "error",
      from: { path: "^(core|protocol|evcc|secc|drivers|pki)/.*\\.(test|contract|fuzz)\\.ts$" },
      to: { path: "^(reports|steps|cli|scripts)/", pathNot: scripted },
    },
    {
      name: "peers-are-pure",
      comment: "Machines, protocol and core use no clock, timer, socket, file or random source of the platform.",
      severity: "error",
      from: { path: `^(${pure.join("|")})/`, pathNot: "\\.(test|contract|fuzz)\\.ts$|^secc/api/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|buffer)$" },
    },
    {
      name: "crypto-in-protocol-only",
      severity: "error",
      from: { path: "^(core|evcc|secc)/", pathNot: "\\.test\\.ts$|^secc/api/" },
      to: { path: "^(node:)?crypto$" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|reports/out)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".js", ".json"] },
  },
};
