// What action.yml names. Old runners start it on an older Node, which would only complain of some syntax.
if (Number(process.versions.node.split(".")[0]) >= 24) import("./dashboard-action.mjs");
else {
  const fix = "update the runner to version 2.327.1 or newer, which brings Node 24";
  console.log(
    `::error title=Partwatch::Partwatch needs Node 24, and this runner has Node ${process.versions.node}: ${fix}.`,
  );
  process.exitCode = 1;
}
