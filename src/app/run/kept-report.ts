// A run keeps the reports of all its lists to its end: log, summary, outputs and the last commit have them again. The rows,
// with all their reasons, are a hundred times as much as everything else; packed, they take a twentieth.
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { Report } from "../../core/generated/report.ts";
import type { StateFiles } from "../../core/notification/state.ts";
import type { Checked } from "./check.ts";

/** The same check; its rows are unpacked whenever somebody asks for them. */
export function keptCheck(checked: Checked): Checked {
  const report = keptReport(checked.report);
  return { ...checked, report, facts: checked.facts === checked.report ? report : keptReport(checked.facts) };
}

/** The same state, with the reports that were sent last. */
export function keptState(state: StateFiles): StateFiles {
  const reports = Object.entries(state.reports).map(([id, report]) => [id, keptReport(report)] as const);
  return { ...state, reports: Object.fromEntries(reports) };
}

/** The same report, for everybody who reads it: equal, with its fields in the same order. */
export function keptReport(report: Report): Report {
  const packed = packedRows(report.lines);
  const kept = { ...report };
  Object.defineProperty(kept, "lines", { enumerable: true, get: () => unpackedRows(packed) });
  return kept;
}

/** Reports are JSON: they stand in files, too. */
function packedRows(rows: Report["lines"]): Uint8Array {
  // A copy: what zlib gives is the beginning of a buffer that is much larger.
  return Uint8Array.from(zstdCompressSync(JSON.stringify(rows)));
}

/** Who reads rows reads them several times in a row. */
let last: { readonly packed: Uint8Array; readonly rows: Report["lines"] } | undefined;

function unpackedRows(packed: Uint8Array): Report["lines"] {
  if (last?.packed === packed) return last.rows;
  const rows: Report["lines"] = JSON.parse(zstdDecompressSync(packed).toString("utf8"));
  last = { packed, rows };
  return rows;
}
