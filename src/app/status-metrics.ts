import { plainText } from "../core/text/plain-text.ts";
import type { MonitorStatus, Status } from "./status.ts";

/** One series: its labels, and its number. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * What is remembered as OpenMetrics text. All are gauges, which Prometheus's older text format has as well: the textfile
 * collector of its node exporter reads no other. What is not known (never checked, never notified) has no series.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function statusMetrics(status: Status): string {
  return `${families(status).flatMap(familyLines).join("\n")}\n# EOF\n`;
}

function families({
  monitors,
  broken_files,
  without_file,
  sending,
  incidents,
  broken_state,
}: Status): readonly Family[] {
  const each = (numberOf: (monitor: MonitorStatus) => number | null): readonly Sample[] =>
    monitors.flatMap((monitor): readonly Sample[] => {
      const value = numberOf(monitor);
      return value === null ? [] : [[{ monitor: monitor.id }, value]];
    });
  const total = (value: number): readonly Sample[] => [[{}, value]];
  const family = (name: string, help: string, samples: readonly Sample[]) => ({
    name: `partwatch_${name}`,
    help,
    samples,
  });
  return [
    family(
      "monitor_info",
      "A list, by its id; always 1.",
      monitors.map(({ id, name, file }) => [{ monitor: id, name: plainText(name), file }, 1]),
    ),
    family(
      "monitor_active",
      "1: the list is checked by its schedule; 0: it is inactive.",
      each(({ active }) => Number(active)),
    ),
    family(
      "parts_short",
      "Parts that were short at the last complete check.",
      each(({ short }) => short),
    ),
    family(
      "parts_critical",
      "Parts that were critical then.",
      each(({ critical }) => critical),
    ),
    family(
      "parts_to_build",
      "Parts that were to be built then.",
      each(({ to_build }) => to_build),
    ),
    family(
      "coverage_ratio",
      "How much of what is wanted was covered then, from 0 to 1.",
      each(({ coverage }) => (coverage === null ? null : coverage / 100)),
    ),
    family(
      "last_check_failed",
      "1: the last check failed.",
      each(({ last_run }) => (last_run === null ? null : Number(last_run.outcome === "failed"))),
    ),
    family(
      "last_check_timestamp_seconds",
      "When the last check ended, complete or not.",
      each(({ last_run }) => seconds(last_run?.finished_at)),
    ),
    family(
      "last_complete_check_timestamp_seconds",
      "When the last complete check ended.",
      each(({ last_success_at }) => seconds(last_success_at)),
    ),
    family(
      "last_notification_timestamp_seconds",
      "When somebody was last notified.",
      each(({ notified_at }) => seconds(notified_at)),
    ),
    family(
      "next_check_timestamp_seconds",
      "When the list is due next.",
      each(({ next_run }) => seconds(next_run)),
    ),
    family(
      "check_overdue",
      "1: a check has been due for so long that its schedule does not seem to run.",
      each(({ overdue_since }) => Number(overdue_since !== null)),
    ),
    family(
      "incident_since_timestamp_seconds",
      "Since when something that checks need is broken.",
      Object.entries(incidents).flatMap(([key, incident]): readonly Sample[] => {
        const since = incident.over === undefined ? seconds(incident.since) : null;
        return since === null ? [] : [[{ incident: plainText(key) }, since]];
      }),
    ),
    family("broken_files", "Files of lists that cannot be used.", total(broken_files.length)),
    family("lists_without_file", "Lists that are remembered, and whose files are gone.", total(without_file.length)),
    family(
      "messages_sending",
      "Messages that were being sent when the state was last written.",
      total(sending.filter(({ fate }) => fate === null).length),
    ),
    family(
      "messages_unknown",
      "Messages of which nobody knows whether they arrived.",
      total(sending.filter(({ fate }) => fate === "unknown").length),
    ),
    family("broken_state_files", "Files of the state branch that cannot be read.", total(broken_state.length)),
  ];
}

/** Seconds since 1970; null where there is no such instant. */
function seconds(instant: string | null | undefined): number | null {
  const milliseconds = Date.parse(instant ?? "");
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}

function familyLines({ name, help, samples }: Family): readonly string[] {
  if (samples.length === 0) return [];
  const unit = /_(seconds|ratio)$/.exec(name)?.[1];
  return [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}`),
  ];
}

function labelText(labels: Sample[0]): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}
