// Whether a tag may be released: it is the version of package.json, and CHANGELOG.md has a section for it. Prints that section,
// which becomes the text of the release. Plain JavaScript, for whatever Node is there. Usage: node scripts/release-check.cjs v1.2.3
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const read = (file) => readFileSync(join(__dirname, "..", file), "utf8");
const [tag = ""] = process.argv.slice(2);
const { version } = JSON.parse(read("package.json"));
const sections = read("CHANGELOG.md").split(/^## /m).slice(1);
const section = sections.find((text) => /^\S+/.exec(text)?.[0] === version);
const problems = [
  ...(tag === `v${version}` ? [] : [`The tag is "${tag}", and package.json says ${version}: they must agree.`]),
  ...(section === undefined
    ? [`CHANGELOG.md has no section "## ${version}": give "Unreleased" that name, and a date.`]
    : []),
];
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(section.split("\n").slice(1).join("\n").trim());
